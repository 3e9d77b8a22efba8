/**
 * Files before they are sent: type by content, size, number, name, emptiness. The rules and the words are the core's (`assist`);
 * here the first bytes are read, and never more.
 *
 * What a field takes: its own `accept` and `multiple`, `data-podskazka-max-size` (bytes) and `data-podskazka-max-files`; the `files` of its
 * schema go before them.
 */

import { ADD, TOLD } from "../src/whats.js";

/** Bytes of the start that tell a type: `HEAD` of the core. */
const HEAD = 4100;

export async function start({ announce, attribute, config, fields, hear, part, tell }) {
  const language = config.lang ?? "ru";
  const [assist, more] = await Promise.all([config.load("assist"), config.load(`form.${language}.txt`)]);
  const common = `${config.words}\n${more}`;
  const bound = new Map();

  /** Types of `accept` by the core's names. */
  function types(el) {
    const known = { jpeg: "jpg", "image/*": "jpg png gif webp heic tiff", "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png" };
    const list = (attribute(el, "accept") ?? "").split(",").map((it) => it.trim().toLowerCase().replace(/^\./, "")).filter(Boolean);
    return [...new Set(list.flatMap((it) => (known[it] ?? it).split(" ")))];
  }

  async function read(file) {
    try {
      return { name: file.name, size: file.size, head: new Uint8Array(await file.slice(0, HEAD).arrayBuffer()) };
    } catch {
      return { name: file.name, size: file.size, head: null };
    }
  }

  async function check(field) {
    const { el } = field;
    const number = (name) => Number(attribute(el, name)) || undefined;
    const own = { types: types(el), maxSize: number("data-podskazka-max-size"), maxCount: number("data-podskazka-max-files") ?? (el.multiple ? undefined : 1) };
    const rules = { ...own, ...field.files, required: false };
    const files = [...el.files];
    const chosen = await Promise.all(files.map(read));
    const trouble = assist.checkFiles(field.label, chosen, rules, `${field.words || ""}\n${common}`);
    // Nobody may have come into a field: the looks of «Почему?» stand in the list of errors.
    if (trouble) await part();
    // Another choice has been made meanwhile, or the field is gone.
    if (!fields[field.id] || files.length !== el.files.length || files.some((it, at) => it !== el.files[at])) return;
    field.toldCode = trouble?.code ?? "";
    field.toldText = trouble?.text ?? "";
    tell(TOLD, field.form, field);
    // The focus is on the button, or on the way back from the system's own window: nothing else would read it.
    if (field.error) announce(field.form.number, field.words);
  }

  function bind(field) {
    if (field.el.type !== "file" || bound.has(field)) return;
    const run = () => check(field);
    field.el.addEventListener("change", run);
    bound.set(field, run);
    if (field.el.files.length) run();
  }

  const heard = (what, form, field) => what === ADD && bind(field);
  hear.add(heard);
  Object.values(fields).forEach(bind);
  return {
    end() {
      hear.delete(heard);
      for (const [{ el }, run] of bound) el.removeEventListener("change", run);
      bound.clear();
    },
  };
}
