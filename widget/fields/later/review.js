/**
 * The answers once more before a form goes for good (WCAG 3.3.4): `data-podskazka-review` on the form. A submit that has passed every
 * check shows them as a list with a way back to each; a second press sends them. What was typed stays in the form the whole time.
 *
 * **Accessibility criteria**: the heading MUST take the focus once; each «Изменить» MUST say in its name what it changes and MUST put
 * the focus there; a secret MUST NOT be shown.
 */

import { ADD, DROP } from "../src/whats.js";
import { reacher } from "./reach.js";

export const WORDS = {
  ru: {
    head: "Проверьте, что вы ввели", change: "Изменить", what: "поле «{}»", send: "Всё верно, отправить", back: "Вернуться к форме",
    none: "не заполнено", secret: "введено", yes: "да", no: "нет",
  },
  en: {
    head: "Check your answers", change: "Change", what: "field “{}”", send: "All correct, send", back: "Back to the form",
    none: "not filled in", secret: "filled in", yes: "yes", no: "no",
  },
};
const LOOKS = `
.pdk-review dt { font-weight: bold; margin-block-start: .75rem; }
.pdk-review dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.pdk-review h2:focus { outline: none; }`;

export function start(kit) {
  const { attribute, button, config, drawn, forms, hear, make, put } = kit;
  const say = WORDS[config.lang] ?? WORDS.ru;
  const goTo = reacher(kit);
  const bound = new Map();

  /** What a person has answered, in words. */
  function answer(field) {
    const { el, group, never, text } = field;
    const words = (it) => (it.labels?.[0]?.textContent ?? it.value).trim();
    if (group.length && !field.parts) return group.filter((it) => it.checked).map(words)[0] ?? say.none;
    if (el.type === "checkbox") return el.checked ? say.yes : say.no;
    if (el.type === "file") return [...el.files].map((it) => it.name).join("\n") || say.none;
    if (el.localName === "select") return [...el.selectedOptions].map((it) => it.text).join("\n") || say.none;
    return text ? (never ? say.secret : text) : say.none;
  }

  function bind(form) {
    const { el } = form;
    if (!el?.hasAttribute("data-podskazka-review") || bound.has(form)) return;
    let box, sheet, sent;
    const display = ["display", el.style.getPropertyValue("display"), el.style.getPropertyPriority("display")];
    const styled = attribute(el, "style") !== null;

    function close() {
      if (!box) return;
      const root = el.getRootNode();
      box.remove();
      box = undefined;
      root.adoptedStyleSheets = [...(root.adoptedStyleSheets ?? [])].filter((it) => it !== sheet);
      el.style.setProperty(...display);
      // WebKit takes away only an attribute that has been read since the style was changed.
      if (!styled && !el.getAttribute("style")) el.removeAttribute("style");
    }

    function open(submitter) {
      const bypass = form.bypass;
      const root = el.getRootNode();
      box = make("section", "pdk-review", "", { "aria-labelledby": `pdk-r-${form.number}` });
      const head = put(box, "h2", "", say.head, { id: `pdk-r-${form.number}`, tabindex: "-1" });
      const list = put(box, "dl");
      for (const field of form.fields) {
        if (field.el.disabled || !(field.group.length ? field.group : [field.el]).some((it) => drawn(it) || [...(it.labels ?? [])].some(drawn))) continue;
        put(list, "dt", "", field.label);
        put(list, "dd", "", answer(field));
        const change = button(put(list, "dd"), "pdk-fix", say.change, () => {
          close();
          goTo(field.el);
        });
        put(change, "span", "pdk-hidden", ` ${say.what.replace("{}", () => field.label)}`);
      }
      button(box, "pdk-fix", say.send, () => {
        close();
        sent = true;
        form.bypass = bypass;
        try {
          el.requestSubmit(submitter?.form === el ? submitter : null);
        } finally {
          sent = form.bypass = false;
        }
      });
      button(box, "pdk-fix", say.back, () => {
        close();
        goTo((form.fields[0] ?? { el }).el);
      });
      try {
        sheet = new el.ownerDocument.defaultView.CSSStyleSheet();
        sheet.replaceSync(LOOKS);
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      } catch {
        // The list stands without its looks.
      }
      el.before(box);
      el.style.setProperty("display", "none", "important");
      head.focus();
      box.scrollIntoView({ block: "start", behavior: "instant" });
    }

    function onSubmit(event) {
      if (sent || event.target !== el || event.submitter?.formNoValidate) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!box) open(event.submitter);
    }
    // The checks listen above the form: a submit that they stop never gets here.
    el.addEventListener("submit", onSubmit, true);
    bound.set(form, () => {
      close();
      el.removeEventListener("submit", onSubmit, true);
    });
  }

  function release(form) {
    bound.get(form)?.();
    bound.delete(form);
  }
  const heard = (what, form) => (what === ADD ? bind(form) : what === DROP && release(form));
  hear.add(heard);
  forms.forEach(bind);
  return {
    end() {
      hear.delete(heard);
      [...bound.keys()].forEach(release);
    },
  };
}
