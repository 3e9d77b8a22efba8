/** The words of a page that a plain drawing writes, by blocks. */

import { APART, CONTROLS, DATA, HIDDEN, OURS, WORDS, describing, roots } from "./page";

const NEVER = `${CONTROLS},${HIDDEN},${OURS},${DATA},script,style`;

/** Words that are drawn as one text: those of a block, in the order of the page. */
export interface Piece {
  block: Element;
  nodes: Text[];
}

function blockOf(node: Text): Element | null {
  let it = node.parentElement;
  while (it && getComputedStyle(it).display.startsWith("inline") && !it.matches(APART)) {
    it = it.parentElement;
  }
  return it;
}

export function pieces(): Piece[] {
  const out = new Map<Element, Text[]>();
  const seen = new Set<Node>();
  const all = roots();
  for (const element of [...all.flatMap((root) => [...root.querySelectorAll(WORDS)]), ...describing(all)]) {
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
