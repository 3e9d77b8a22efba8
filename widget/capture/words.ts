/** Which words of a page a picture may have at all, and what was typed on it. What of the words is covered, the core says. */

/** An allow-list: the page's own words that stand around values. Descriptions of fields come by `describing`. */
const WORDS = "label,legend,h1,h2,h3,th,summary,button,[role=alert],[data-podskazka-public]";

export const CONTROLS = "input,select,textarea,[contenteditable]:not([contenteditable='false']),[role=textbox],[role=combobox]";

/** Marked by the page for us, or for another recorder. */
export const HIDDEN = [
  "[data-podskazka-mask],[data-podskazka-ignore],[data-podskazka-capture=never],[data-private]",
  ".sentry-mask,.sentry-block,.rr-mask,.rr-block,.ph-no-capture,.ph-mask,.fs-mask,.fs-exclude,.ym-hide-content,.ym-disable-keys",
  "[data-sentry-mask],[data-sentry-block],[data-openreplay-masked],[data-openreplay-obscured],[data-openreplay-hidden]",
  "[data-dd-privacy]:not([data-dd-privacy=allow]),[data-hj-suppress]",
].join();

export const OURS = ".pdk-launcher,.pdk-said,podskazka-panel";

/** A value shows in them: how it reads, how it could be mended. Or they are no words at all. */
const NEVER = `${CONTROLS},${HIDDEN},${OURS},output,option,script,style,.pdk-hint,.pdk-fix,.pdk-hidden`;

/** Words that are drawn as one text: those of a block, in the order of the page. */
export interface Piece {
  block: Element;
  nodes: Text[];
}

/** Hints and errors, by what names them. */
function describing(): Element[] {
  const named = document.querySelectorAll("[aria-describedby],[aria-errormessage]");
  const ids = [...named].flatMap((it) => ["aria-describedby", "aria-errormessage"].flatMap((name) => (it.getAttribute(name) ?? "").split(/\s+/)));
  return [...new Set(ids)].flatMap((id) => document.getElementById(id) ?? []);
}

function blockOf(node: Text): Element | null {
  let it = node.parentElement;
  while (it && getComputedStyle(it).display.startsWith("inline")) {
    if (it.localName === "button") break;
    it = it.parentElement;
  }
  return it;
}

/** All the words that may be shown. */
export function pieces(): Piece[] {
  const out = new Map<Element, Text[]>();
  const seen = new Set<Node>();
  for (const element of [...document.body.querySelectorAll(WORDS), ...describing()]) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      if (seen.has(node) || !node.data.trim() || node.parentElement?.closest(NEVER)) continue;
      seen.add(node);
      const block = blockOf(node);
      if (block) out.set(block, [...(out.get(block) ?? []), node]);
    }
  }
  return [...out].map(([block, nodes]) => ({ block, nodes }));
}

/** Everything typed on the page, one value a line: what the page says again is covered. It goes no further than the core. */
export function typed(): string {
  const values = [...document.querySelectorAll<HTMLElement>(CONTROLS)].map((it) => {
    if (it instanceof HTMLInputElement) return /^(checkbox|radio|button|submit|reset|image|file)$/.test(it.type) ? "" : it.value;
    if (it instanceof HTMLTextAreaElement) return it.value;
    return it instanceof HTMLSelectElement ? "" : (it.textContent ?? "");
  });
  return values.filter(Boolean).join("\n");
}
