/**
 * A block pasted into one field («Иванов Иван Иванович, 05.03.1990, 4509 123456»): what would go where is shown first, then one
 * press distributes it over the empty fields of the form. Nothing leaves the page; what stands in a field is not overwritten.
 *
 * **Accessibility criteria**: the preview MUST be a group with a name and native buttons, it MUST be announced, and it MUST NOT take
 * the focus.
 */

export const WORDS = {
  ru: { name: "Вставка по полям", ask: "Похоже, это сразу несколько полей:", put: "Разложить по полям", no: "Оставить как есть", rest: "Без поля" },
  en: { name: "Paste into fields", ask: "This looks like several fields at once:", put: "Distribute over the fields", no: "Leave as it is", rest: "No field for" },
};

export async function start({ announce, button, config, make, put, today, write }) {
  const say = WORDS[config.lang] ?? WORDS.ru;
  const assist = await config.load("assist");
  let box;

  /** Offer to distribute a text that was pasted into a field; it stands there meanwhile. */
  function offer(field, text, before) {
    const { form } = field;
    if (!form.el) return;
    const open = form.fields.filter((it) => it.kind && !it.never && (it === field || !it.el.value) && /^(text|tel|email|search|textarea)$/.test(it.el.type));
    // The field of the paste chooses first.
    open.sort((a, b) => +(b === field) - +(a === field));
    const pieces = assist.splitBlock(text, open.map(({ id, kind }) => ({ id, kind })), today());
    if (pieces.length < 2) return;
    close();
    box = make("div", "pdk-warn", "", { role: "group", "aria-label": say.name });
    put(box, "span", "pdk-text", say.ask);
    const list = put(box, "ul");
    let rest = text;
    // In the order of the form; then what would be lost.
    for (const { id, label } of form.fields) {
      const piece = pieces.find((it) => it.id === id);
      if (!piece) continue;
      put(list, "li", "", `${label}: ${piece.text}`);
      rest = rest.replace(piece.text, ";");
    }
    // The name of a piece («ФИО:») is nothing to lose.
    const lost = rest.split(/[;,\s]*[;,\t\n]\s*/).filter((it) => /[\p{L}\d](?!.*:$)/u.test(it)).join(", ");
    if (lost) put(list, "li", "", `${say.rest}: ${lost}`);
    button(box, "pdk-fix", say.put, () => {
      close();
      // The field of the paste last: it has the focus in the end.
      const own = pieces.find((it) => it.id === field.id);
      for (const piece of pieces) if (piece !== own) write(piece.id, piece.text);
      write(field.id, own ? own.text : before);
    });
    button(box, "pdk-fix", say.no, () => {
      close();
      field.el.focus();
    });
    (field.el.closest("label") ?? field.el).after(box);
    announce(form.number, `${say.ask} ${pieces.map((it) => it.text).join(", ")}`);
  }

  function close() {
    box?.remove();
    box = undefined;
  }
  return { offer, end: close };
}
