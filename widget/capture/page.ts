/** What of a page is ours, private, a control, or words that may be read. The core covers what is personal in the words. */

/** An allow-list: the page's own words that stand around values. Descriptions of fields come by `describing`. */
export const WORDS =
  "label,legend,h1,h2,h3,h4,h5,h6,th,caption,summary,button,nav,[role=alert],[role=tab],[role=heading],[data-error-code],[data-podskazka-public]";
export const PUBLIC = "[data-podskazka-public]";

export const CONTROLS =
  "input,select,textarea,[contenteditable]:not([contenteditable='false' i]),[role=textbox],[role=combobox],[role=searchbox],[role=spinbutton],[role=slider],[role=listbox]";

/** Choices that a page draws by itself. */
export const CHOICES = "[role=radio],[role=checkbox],[role=option],[aria-checked],[aria-pressed]";

/** Classes, attributes and rules of a page by which a choice that was made looks otherwise. */
export const CHOSEN = /checked|selected|filled|chosen|pressed|(^|[-_]|is)(active|state\b|(on|off|current)$)/i;

/** Attributes by which a rule asks for a choice, and states that tell one. */
export const STATES = /^(\[(aria-|data-)?(checked|selected|pressed|current|value|state)|:(hover|active|default|indeterminate)$)/;
const TICKS = "[type=checkbox i],[type=radio i],[type=range i],[role=slider]";
/** How far around a tick its own box may reach. */
const AROUND = 3;

/**
 * What stands around the ticks of the page and within their labels, with the classes that it may keep: those that tell no choice by
 * their name, and that every one of several like boxes has.
 */
export function ticked(all: (Document | ShadowRoot)[]): Map<Element, string> {
  const out = new Map<Element, string>();
  const groups = new Map<Element | null, Set<Element>>();
  const add = (box: Element) => groups.set(box.parentElement, (groups.get(box.parentElement) ?? new Set()).add(box));
  const own = (it: Element) => [it, ...it.querySelectorAll("*")];
  for (const root of all) {
    for (const it of root.querySelectorAll<HTMLInputElement>(TICKS)) {
      let box: Element = it;
      for (let i = 0, up = it.parentElement; up && i < AROUND; i++, up = up.parentElement) {
        const others = [...up.querySelectorAll<HTMLInputElement>(`${CONTROLS},button,a`)].filter((other) => other.type !== "hidden");
        if (!others[1] && up !== document.body) box = up;
        else if (i < 2) out.set(up, told(up, () => true));
      }
      for (const around of [box, ...(it.labels ?? [])]) add(around);
    }
  }
  for (const group of groups.values()) {
    const each = [...group].map((box) => new Set(own(box).flatMap((it) => [...it.classList])));
    for (const it of [...group].flatMap(own)) out.set(it, told(it, (name) => each.every((names) => names.has(name))));
  }
  return out;
}
const told = (it: Element, kept: (name: string) => boolean) => [...it.classList].filter((name) => kept(name) && !CHOSEN.test(name)).join(" ");

/** Is this class the mark of the chosen one? Others like it are seen beside it, and have it not. */
export function marks(it: Element, name: string): boolean {
  if (!CHOSEN.test(name)) return false;
  const near = it.parentElement?.parentElement ?? it.parentElement;
  return [...(near?.querySelectorAll(it.localName) ?? [])].some((like) => !like.classList.contains(name) && !like.contains(it) && !it.contains(like) && !!like.getClientRects().length);
}

/** Marked by the page for us, or for another recorder. */
export const HIDDEN = [
  "[data-podskazka-mask],[data-podskazka-ignore],[data-podskazka-capture=never],[data-private]",
  ".sentry-mask,.sentry-block,.rr-mask,.rr-block,.ph-no-capture,.ph-mask,.fs-mask,.fs-exclude,.ym-hide-content,.ym-disable-keys",
  "[data-sentry-mask],[data-sentry-block],[data-openreplay-masked],[data-openreplay-obscured],[data-openreplay-hidden]",
  "[data-dd-privacy]:not([data-dd-privacy=allow]),[data-hj-suppress],[data-bugdrop-mask]",
].join();

export const OURS = ".pdk-launcher,.pdk-said,.pdk-echo,.pdk-chip,podskazka-panel,[data-podskazka-panel]";
/** Among words, yet data: results, choices, buttons that show what was chosen, and what our own hints show of a value. */
export const DATA =
  "option,output,samp,kbd,var,rt,.pdk-hint,.pdk-fix,[aria-haspopup=listbox],.dropdown-toggle,button[class*=chip i],:is(label,button) [class*=value i]";
/** A button that takes away what it stands beside, or on. */
export const AWAY = /[×✕✖✗⨯]/;

/** Headings that say again what was chosen. */
export const HEADS = "h1,h2,h3,h4,h5,h6,th,caption,summary,[role=heading]";

/** What may be chosen on the page: all of it, since what is covered shall not tell what was. */
export function offered(all: (Document | ShadowRoot)[]): string[] {
  const out: (string | null)[] = [];
  for (const root of all) {
    for (const it of root.querySelectorAll<HTMLInputElement>(`option,${TICKS},${CHOICES}`)) for (const named of it.labels ?? [it]) out.push(named.textContent);
  }
  return out.map((it) => it!.replace(/\s+/g, " ").trim()).filter((it) => it.length > 3);
}

/** Words of their own, whatever stands beside them. */
export const APART = "a,button,label,th,td,li,dt,dd,summary,option,legend,[role=tab]";

/** Kinds of input in which nobody types. */
export const NOT_TYPED = /^(checkbox|radio|button|submit|reset|image|file|hidden|range|color)$/;

/** The document and every open shadow tree in it. */
export function roots(): (Document | ShadowRoot)[] {
  const out: (Document | ShadowRoot)[] = [document];
  for (const root of out) {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot && !element.matches(OURS)) out.push(element.shadowRoot);
    }
  }
  return out;
}

/** Everything typed on the page, one value a line: what the page says again is covered. It goes no further than the core. The `title` of a
 * field, which may hold anything, is written beside it by an error of the page's own rules. */
export function typed(all: (Document | ShadowRoot)[]): string {
  const values: string[] = [];
  for (const root of all) {
    for (const it of root.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (it.closest(OURS)) continue;
      values.push(it.title);
      for (const { name } of (it as HTMLInputElement).files ?? []) values.push(name);
      if (it instanceof HTMLInputElement) values.push(NOT_TYPED.test(it.type) ? "" : it.value);
      else if (it instanceof HTMLTextAreaElement) values.push(it.value);
      else if (!(it instanceof HTMLSelectElement)) values.push(it.textContent ?? "");
    }
  }
  return values.filter((it) => it).join("\n");
}

/** Hints and errors, by what names them. */
export function describing(all: (Document | ShadowRoot)[]): Set<Element> {
  const out = new Set<Element>();
  for (const root of all) {
    for (const it of root.querySelectorAll("[aria-describedby],[aria-errormessage]")) {
      const ids = `${it.getAttribute("aria-describedby") ?? ""} ${it.getAttribute("aria-errormessage") ?? ""}`;
      for (const id of ids.split(/\s+/)) {
        const named = id && root.getElementById(id);
        if (named) out.add(named);
      }
    }
  }
  return out;
}
