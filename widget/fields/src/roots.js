/**
 * The trees of the page: its document, open shadow roots, documents of frames of the same origin. Each has listeners of its
 * own (submit, reset and some focus events stay inside a shadow tree), our looks, and an eye on what is added and removed.
 */

const WATCHED = {
  childList: true,
  subtree: true,
  attributeFilter: [
    "name", "type", "required", "aria-required", "data-podskazka", "data-podskazka-form", "hidden", "disabled", "open", "class", "style",
  ],
};

/** Tree and what takes our things off it. */
const trees = new Map();
let css, given;

/** Our looks. */
export const dress = (text) => (css = text);
/** `events` (name and whether it is caught on the way down), `onEvent`, `onChange`. */
export const equip = (it) => (given = it);

export const roots = () => trees.keys();

export function watch(root) {
  const view = (root?.ownerDocument ?? root)?.defaultView;
  // A frame that has a copy of its own is looked after by it.
  if (!view || trees.has(root) || (view !== window && view.Podskazka)) return;
  const { events, onEvent, onChange } = given;
  let sheet;
  try {
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    // The words stand without their looks.
  }
  for (const name in events) root.addEventListener(name, onEvent, events[name]);
  const observer = new MutationObserver(onChange);
  observer.observe(root, WATCHED);
  trees.set(root, () => {
    observer.disconnect();
    for (const name in events) root.removeEventListener(name, onEvent, events[name]);
    if (sheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((it) => it !== sheet);
  });
  look(root);
}

/** Watch the trees inside a node; true where there was a new one. */
export function look(node) {
  const before = trees.size;
  for (const el of [node, ...node.querySelectorAll("*")]) {
    // Our own panel has its own checks.
    if (el.shadowRoot && !el.localName.startsWith("podskazka-")) watch(el.shadowRoot);
    else if (el.localName === "iframe") watch(inside(el));
  }
  return trees.size > before;
}

/** The document of a frame; `undefined` where its origin keeps it closed. */
export function inside(frame) {
  try {
    return frame.contentDocument;
  } catch {
    // Another origin.
  }
}

/** Let go of the trees that have left the page, or of all. */
export function leave(all) {
  for (const [root, undo] of trees) {
    if (!all && (root.host?.isConnected ?? root.defaultView)) continue;
    undo();
    trees.delete(root);
  }
}
