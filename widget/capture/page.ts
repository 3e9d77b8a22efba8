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
export const CHOSEN = /checked|selected|chosen|pressed|active|state|(^|[-_])(on|off|current)$/i;

/** What stands around the ticks of the page; `true` for their labels, which may hold an icon for the choice. */
export function ticked(all: (Document | ShadowRoot)[]): Map<Element | null | undefined, boolean> {
  const out = new Map<Element | null | undefined, boolean>();
  for (const root of all) {
    for (const it of root.querySelectorAll<HTMLInputElement>("[type=checkbox i],[type=radio i]")) {
      const near = it.parentElement;
      for (const around of [near, near?.parentElement]) if (!out.has(around)) out.set(around, false);
      for (const label of it.labels ?? []) out.set(label, true);
    }
  }
  return out;
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
  "output,option,samp,kbd,var,.pdk-hint,.pdk-fix,[aria-haspopup=listbox],.dropdown-toggle,button[class*=chip i],:is(label,button) [class*=value i]";
/** A button that takes away what it stands beside, or on. */
export const AWAY = /[×✕✖✗⨯]/;

/** Headings that say again what was chosen. */
export const HEADS = "h1,h2,h3,h4,h5,h6,th,caption,summary,[role=heading]";

/** What may be chosen on the page: all of it, since what is covered shall not tell what was. */
export function offered(all: (Document | ShadowRoot)[]): string[] {
  const out: (string | null)[] = [];
  for (const root of all) {
    for (const it of root.querySelectorAll("option")) out.push(it.label);
    for (const it of root.querySelectorAll<HTMLInputElement>("[type=radio i],[type=checkbox i]")) for (const label of it.labels ?? []) out.push(label.textContent);
    for (const it of root.querySelectorAll(CHOICES)) out.push(it.textContent);
  }
  return out.map((it) => it!.replace(/\s+/g, " ").trim()).filter((it) => it.length > 3);
}

/** Words of their own, whatever stands beside them. */
export const APART = "a,button,label,th,td,li,dt,dd,summary,option,legend,[role=tab]";

const NOT_TYPED = /^(checkbox|radio|button|submit|reset|image|file|hidden|range|color)$/;

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
  return values.filter(Boolean).join("\n");
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
