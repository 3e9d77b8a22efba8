/**
 * Files of a letter: chosen, dragged, pasted or photographed; looked at before they go by the rules of the core.
 *
 * **Accessibility criteria**
 * - Everything MUST work by the button alone; dragging and pasting are further ways.
 * - What became of a choice MUST be announced and, where a file was not taken, stand as text with what to do.
 * - Removing a file MUST put the focus on the next file, or on the button.
 */

import { button, make } from "../part";
import { desk, type Held, type Room } from "./desk";

/** Of the core: `ticket::MAX_UPLOADS`, `ticket::MAX_FILE`, `form::files::HEAD`; the server takes these types. */
const MOST = 10;
const MOST_BYTES = 10 * 1024 * 1024;
const HEAD = 4_100;
const TYPES = ["png", "jpg", "webp", "pdf", "txt"];
/** What the editor opens. */
const PICTURES = /\.(png|jpe?g|webp)$/i;
const ACCEPT = ".png,.jpg,.jpeg,.webp,.pdf,.txt";

interface Assist {
  checkFiles: (label: string, files: object[], rules: object, words: string) => { code: string; text: string } | undefined;
}

/** Bytes as a person reads them. */
export const size = ({ words }: Room, bytes: number): string =>
  bytes < 1e6 ? words.say("kb", { n: Math.max(1, Math.round(bytes / 1e3)) }) : words.say("mb", { n: Math.round(bytes / 1e5) / 10 });

/** The first trouble with a file, in words; nothing where it is fine, or where the rules cannot be had: then the server judges. */
async function trouble(room: Room, files: Held[], most: number, label: string): Promise<string | undefined> {
  const { given, words, config } = room;
  const look = async ({ file, name, size }: Held) => {
    const head = await file.slice(0, HEAD).arrayBuffer().catch(() => undefined);
    return { name, size, head: head ? new Uint8Array(head) : null };
  };
  try {
    const [assist, own, more] = await Promise.all([given.load<Assist>("assist"), given.load<string>(`words.${words.lang}.txt`), given.load<string>(`form.${words.lang}.txt`)]);
    const rules = { types: TYPES, maxSize: config.max_file_bytes ?? MOST_BYTES, maxCount: most, required: false };
    return assist.checkFiles(label, await Promise.all(files.map(look)), rules, `${own}\n${more}`)?.text;
  } catch {
    return;
  }
}

export interface Files {
  place: HTMLElement;
  /** The form takes what is dropped on it and pasted into it. */
  listen: (form: HTMLElement) => void;
  draw: () => void;
}

export function files(room: Room): Files {
  const { given, words, panel, config } = room;
  // The picture of the page is a file as well.
  const most = () => (config.max_files ?? MOST) - 1;
  const bad = make("div", { id: "pdk-files-error" });
  const list = make("ul", { class: "plain", "aria-label": words.say("files") });
  const pick = make("input", { type: "file", multiple: true, accept: ACCEPT, hidden: true, "aria-label": words.say("files.add"), change: () => void chosen(pick) });
  const shoot = make("input", { type: "file", accept: "image/*", capture: "environment", hidden: true, "aria-label": words.say("files.camera"), change: () => void chosen(shoot) });
  const ask = button("quiet", words.say("files.add"), () => pick.click(), { id: "pdk-files", "aria-describedby": "pdk-files-hint pdk-files-error" });
  // A mouse means a computer: its camera is no help with a paper.
  const touch = matchMedia("(pointer: coarse)").matches;
  const camera = touch && button("quiet", words.say("files.camera"), () => shoot.click());

  async function chosen(input: HTMLInputElement): Promise<void> {
    const all = [...(input.files ?? [])];
    // The same file may be chosen again after it was removed.
    input.value = "";
    await add(all.map((file) => ({ file, name: file.name })));
  }

  async function add(more: Held[]): Promise<void> {
    if (!more.length) return;
    for (const it of more) it.size = it.file.size;
    const told: string[] = [];
    let taken = 0;
    for (const it of more) {
      const fault = (await trouble(room, [it], 1, it.name)) ?? (desk.files.length < most() ? undefined : await trouble(room, [...desk.files, it], most(), it.name));
      if (fault) told.push(fault);
      else if (desk.files.length < most()) {
        desk.files.push(it);
        taken++;
      }
    }
    bad.replaceChildren(...told.map((text) => make("p", { class: "error" }, text)));
    draw();
    panel.say([...told, ...(taken ? [words.say("files.added", { n: desk.files.length })] : [])].join(" "));
  }

  /** Marks and hides in a picture of the person's own; what goes then is made anew, without the place where it was taken. */
  async function edit(at: number): Promise<void> {
    const it = desk.files[at];
    bad.replaceChildren();
    const fail = (key: string) => {
      bad.replaceChildren(make("p", { class: "error" }, words.say(key, { name: it.name })));
      panel.say(words.say(key, { name: it.name }));
    };
    try {
      const { edit } = await given.load<{ edit: (picture: Blob, dialog: Element | null) => Promise<Blob | null | undefined> }>("editor.js");
      const changed = await edit(it.file, place.closest("dialog"));
      if (changed === undefined) return fail("files.unchanged");
      if (!changed) return;
      const name = `${it.name.replace(PICTURES, "")}.${changed.type.slice("image/".length)}`;
      desk.files.splice(at, 1, { file: changed, name, size: changed.size });
      draw();
      list.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus();
      panel.say(words.say("files.edited", { name }));
    } catch {
      fail("no.editor");
    }
  }

  function remove(at: number): void {
    const [gone] = desk.files.splice(at, 1);
    bad.replaceChildren();
    draw();
    (list.children[Math.min(at, desk.files.length - 1)]?.querySelector<HTMLElement>("button:last-child") ?? ask).focus();
    panel.say(words.say("files.removed", { name: gone.name }));
  }

  function draw(): void {
    list.replaceChildren(
      ...desk.files.map(({ file, name }, at) =>
        make(
          "li",
          { class: "held" },
          make("span", {}, `${name} · ${size(room, file.size)}`),
          PICTURES.test(name) && button("quiet", words.say("files.edit"), () => void edit(at), { "data-at": at, "aria-label": `${words.say("files.edit")} ${name}` }),
          button("quiet", words.say("files.remove"), () => remove(at), { "aria-label": `${words.say("files.remove")} ${name}` }),
        ),
      ),
    );
    list.hidden = !desk.files.length;
  }

  function listen(form: HTMLElement): void {
    const carries = (it: DataTransfer | null) => !!it?.types.includes("Files");
    const over = (on: boolean) => place.classList.toggle("over", on);
    form.addEventListener("dragover", (event) => {
      if (!carries(event.dataTransfer)) return;
      event.preventDefault();
      over(true);
    });
    form.addEventListener("dragleave", (event) => over(form.contains(event.relatedTarget as Node | null)));
    form.addEventListener("drop", (event) => {
      if (!carries(event.dataTransfer)) return;
      event.preventDefault();
      over(false);
      void add([...(event.dataTransfer?.files ?? [])].map((file) => ({ file, name: file.name })));
    });
    form.addEventListener("paste", (event) => {
      const all = [...(event.clipboardData?.files ?? [])];
      if (!all.length) return;
      // A browser calls every pasted picture `image.png`.
      const name = (file: File) => (file.name === "image.png" ? `${words.say("files.pasted")}.png` : file.name);
      if (!event.clipboardData?.types.includes("text/plain")) event.preventDefault();
      void add(all.map((file) => ({ file, name: name(file) })));
    });
  }

  const hint = words.say(touch ? "files.hint.touch" : "files.hint", { n: most(), size: Math.round((config.max_file_bytes ?? MOST_BYTES) / 1024 / 1024) });
  const place = make(
    "div",
    { class: "field files", role: "group", "aria-labelledby": "pdk-files-name" },
    make("p", { class: "label", id: "pdk-files-name" }, words.say("files")),
    make("p", { class: "hint", id: "pdk-files-hint" }, hint),
    list,
    bad,
    make("p", { class: "choice" }, ask, camera, pick, shoot),
  );
  draw();
  return { place, listen, draw };
}
