/**
 * Changes a picture before it goes: highlight, hide, arrow, crop. By mouse, finger and keyboard; every tool works on the
 * fields of the page without a stroke drawn.
 *
 * **Accessibility criteria**
 * - Nothing MUST need a drag: a field can be pressed, or chosen in the list; a frame can be moved by keys or by a press.
 * - What was done MUST be said; Esc MUST not lose it unasked.
 * - The focus MUST go to the title and back to what opened it.
 */

import type { Taken } from "../capture";
import { file } from "../draw";
import { Board } from "./board";
import { fields, type Place } from "./fields";
import { LOOK } from "./look";
import { Steps, type Tool } from "./marks";
import { WORDS } from "./words";

export { WORDS } from "./words";

const TOOLS: Tool[] = ["mark", "hide", "arrow", "crop"];

/** Named parts of a view, without a template: the policy of a page may forbid markup from text. */
function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  about: Record<string, string> = {},
  ...inner: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(about)) it.setAttribute(key, value);
  it.append(...inner);
  return it;
}

/** Longest side of a picture of one's own, in pixels: a page of paper is read well, and a phone can hold it. */
const LONGEST = 3_000;
/** Bytes of a file of one's own: `ticket::MAX_FILE`. */
const MOST_OWN = 10 * 1024 * 1024;

async function opened(picture: Blob, own: boolean): Promise<ImageBitmap> {
  const it = await createImageBitmap(picture);
  const scale = LONGEST / Math.max(it.width, it.height);
  if (!own || scale >= 1) return it;
  const small = await createImageBitmap(it, { resizeWidth: Math.round(it.width * scale), resizeHeight: Math.round(it.height * scale), resizeQuality: "high" });
  it.close();
  return small;
}

/**
 * `panel`: the open dialog that it goes over. `taken`: where the page stood; without it this is a picture of the person's own, which
 * knows no fields. `null`: the picture stays as it is; `undefined`: it could not be made anew.
 */
export async function edit(picture: Taken, panel: HTMLDialogElement, taken?: Place): Promise<Blob | null | undefined> {
  const bitmap = await opened(picture, !taken);
  const root = panel.getRootNode() as ShadowRoot;
  const lang = (root.host as HTMLElement).lang || "ru";
  const all = WORDS[lang] ?? WORDS.ru;
  const say = taken ? all : { ...all, ...all.file };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  const steps = new Steps();
  const found = taken ? fields(bitmap.width, bitmap.height, taken, picture) : [];
  const wrong = found.findIndex((it) => it.wrong);

  const said = make("p", { class: "said hint", role: "status" });
  const tell = (text: string) => {
    said.textContent = text;
  };
  const button = (kind: string, text: string, press: () => void) => {
    const it = make("button", { type: "button", class: kind }, text);
    it.addEventListener("click", press);
    return it;
  };

  const title = make("h2", { id: "pdk-edit", tabindex: "-1" }, say.title);
  let tool: Tool = "mark";
  const tools = TOOLS.map((name) => {
    const it = button("quiet", say[name], () => choose(name));
    it.setAttribute("aria-pressed", `${name === tool}`);
    return it;
  });
  function choose(name: Tool): void {
    tool = name;
    tools.forEach((it, at) => it.setAttribute("aria-pressed", `${TOOLS[at] === name}`));
    board.tool = name;
  }

  const board = new Board(bitmap, steps, found, say, after);

  // The list: arrows choose, Enter puts the tool in hand on the field, H and C hide it and crop to it.
  let at = Math.max(0, wrong);
  const options = found.map(({ name, wrong }, i) => {
    const it = make("li", { role: "option", id: `pdk-edit-${i}` }, name, ...(wrong ? [" — ", make("span", {}, say.wrong)] : []));
    it.addEventListener("click", () => select(i));
    return it;
  });
  const list = make("ul", { role: "listbox", tabindex: "0", "aria-labelledby": "pdk-edit-fields" }, ...options);
  function select(to: number): void {
    at = Math.max(0, Math.min(options.length - 1, to));
    options.forEach((it, i) => it.setAttribute("aria-selected", `${i === at}`));
    list.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView?.({ block: "nearest" });
    board.point(found[at]);
  }
  list.addEventListener("keydown", (event) => {
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: options.length - 1 };
    const does: Record<string, Tool> = { Enter: tool, NumpadEnter: tool, Space: tool, KeyH: "hide", KeyC: "crop" };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) select(moves[event.key]);
    else if (event.code in does) board.put(does[event.code], found[at]);
    else return;
    event.preventDefault();
  });

  const back = button("quiet", say.back, () => after(steps.back() ? say.taken : ""));
  const again = button("quiet", say.again, () => after(steps.again() ? say.returned : ""));
  const reset = button("quiet", say.reset, () => {
    steps.done = [];
    steps.undone = [];
    after(say.asWas);
  });
  function after(text: string): void {
    tell(text);
    refresh();
  }
  function refresh(): void {
    // Not `disabled`: the focus would be lost with the last step taken back.
    back.setAttribute("aria-disabled", `${!steps.done.length}`);
    again.setAttribute("aria-disabled", `${!steps.undone.length}`);
    reset.setAttribute("aria-disabled", `${!steps.done.length}`);
    board.draw();
  }

  const side = make("div");
  if (found.length) {
    if (wrong >= 0) {
      const note = make("div", { class: "note" }, make("p", {}, say.suggest.replace("{}", () => found[wrong].name)));
      note.append(button("quiet", say.mark, () => {
        board.put("mark", found[wrong]);
        list.focus();
        note.remove();
      }));
      side.append(note);
    }
    const apply = button("quiet", say.apply, () => board.put(tool, found[at]));
    side.append(make("h3", { id: "pdk-edit-fields" }, say.fields), list, apply);
    select(at);
  }
  side.append(make("div", { class: "choice end" }, ...board.controls(button)));

  const dialog = make(
    "dialog",
    { class: "edit", "aria-labelledby": "pdk-edit", "data-look": panel.dataset.look ?? "" },
    make(
      "div",
      { class: "head" },
      title,
      make("p", { class: "hint" }, say.how),
      make("div", { class: "choice", role: "group", "aria-label": say.tools }, ...tools),
      make("div", { class: "choice" }, back, again, reset, make("span", { class: "gap" }), button("quiet", say.leave, () => leave()), button("main", say.done, () => done())),
      said,
    ),
    make("div", { class: "work" }, board.view, side),
  );

  let finish: (it: Blob | null | undefined) => void;
  const result = new Promise<Blob | null | undefined>((it) => (finish = it));
  let warned = false;
  function leave(): void {
    finish(null);
    dialog.close();
  }
  async function done(): Promise<void> {
    // A file that cannot be made leaves the picture as it was, and says nothing false.
    const { places } = picture;
    finish(steps.done.length ? await file(board.result(), taken ? undefined : MOST_OWN).then((it) => Object.assign(it, { places }), () => undefined) : null);
    dialog.close();
  }
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (board.drop()) return;
    if (warned || !steps.done.length) return leave();
    warned = true;
    tell(say.once);
  });
  dialog.addEventListener("close", (event) => {
    event.stopPropagation();
    finish(null);
  });
  dialog.addEventListener("keydown", (event) => {
    // Nothing of it is for the panel below.
    event.stopPropagation();
    if (event.key !== "Escape") warned = false;
    if (event.key === "Tab") turn(event);
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ") {
      event.preventDefault();
      (event.shiftKey ? again : back).click();
    }
  });

  /** A modal dialog lets Tab out into the browser, where the focus would be lost: after the last comes the first. */
  function turn(event: KeyboardEvent): void {
    const all = dialog.querySelectorAll<HTMLElement>('button,[tabindex="0"]');
    const order = [...all].filter((it) => it.getClientRects().length);
    const [edge, other] = event.shiftKey ? [order[0], order.at(-1)] : [order.at(-1), order[0]];
    const now = root.activeElement;
    if (now !== edge && !(event.shiftKey && now === title)) return;
    event.preventDefault();
    other?.focus();
  }

  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  root.append(dialog);
  dialog.showModal();
  title.focus();
  refresh();
  const changed = await result;
  bitmap.close();
  dialog.remove();
  root.adoptedStyleSheets = root.adoptedStyleSheets.filter((it) => it !== sheet);
  return changed;
}
