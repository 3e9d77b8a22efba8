/**
 * The trees of the page: its document, open shadow roots, documents of frames of the same origin. Each has listeners of its
 * own (submit, reset and some focus events stay inside a shadow tree), an eye on what is added and removed, and our looks once there are any.
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

/** Our looks, for the trees that are here and those that come. */
export function dress(text) {
  css = text;
  for (const [root, tree] of trees) {
    tree.undress?.();
    tree.undress = putOn(root);
  }
}

function putOn(root) {
  if (!css) return;
  try {
    const sheet = new (root.ownerDocument ?? root).defaultView.CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return () => (root.adoptedStyleSheets = root.adoptedStyleSheets.filter((it) => it !== sheet));
  } catch {
    // The words stand without their looks.
  }
}

/** `events` (name and whether it is caught on the way down), `onEvent`, `onChange`, and what `begin`s once there are trees. */
export const equip = (it) => (given = it);

export function listen() {
  watch(document);
  given.begin();
}

export const roots = () => trees.keys();

export function watch(root) {
  const view = (root?.ownerDocument ?? root)?.defaultView;
  // A frame that has a copy of its own is looked after by it.
  if (!view || trees.has(root) || (view !== window && view.Podskazka)) return;
  const { events, onEvent, onChange } = given;
  for (const name in events) root.addEventListener(name, onEvent, events[name]);
  const observer = new MutationObserver(onChange);
  observer.observe(root, WATCHED);
  const undo = () => {
    observer.disconnect();
    for (const name in events) root.removeEventListener(name, onEvent, events[name]);
  };
  trees.set(root, { undo, undress: putOn(root) });
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

/** The document of a frame; `undefined` where its origin keeps it closed, or where it only takes the answer to a form and nobody sees it. */
export function inside(frame) {
  try {
    if (frame.clientHeight || ![...document.forms].some((it) => it.target && it.target === frame.name)) return frame.contentDocument;
  } catch {
    // Another origin.
  }
}

/** Let go of the trees that have left the page, or of all. */
export function leave(all) {
  for (const [root, { undo, undress }] of trees) {
    if (!all && (root.host?.isConnected ?? root.defaultView)) continue;
    undo();
    undress?.();
    trees.delete(root);
  }
}
