/**
 * The lines of a letter and the list of what is wrong with them.
 *
 * **Accessibility criteria**
 * - Each control MUST have a visible label, its hint and its error tied to it.
 * - A letter with errors MUST put the focus once on the list of them, and each entry MUST lead to its control.
 */

import { numbers } from "../numbers";
import { button, make } from "../part";
import { desk, type Fault, type Line, type Room } from "./desk";

/** Of the core: `ticket::TOPICS`, `MAX_NAME`, `MAX_CONTACT`, `MAX_TEXT`. */
const TOPICS = ["form", "account", "payment", "status", "other"];
const MOST = { name: 200, contact: 254, text: 4_000 };

type Control = HTMLSelectElement | HTMLInputElement | HTMLTextAreaElement;

export interface Lines {
  place: Record<Line, HTMLElement>;
  summary: HTMLElement;
  /** Shows what is wrong and takes the focus there; `title` says what has happened. */
  wrong: (title: string, faults: Fault[]) => void;
  /** Nothing is wrong any more. */
  right: () => void;
  /** Whether the text may go: numbers in it have been shown to the person. */
  pass: () => boolean;
}

/** What is wrong, in the language of the panel: the core and the server speak Russian, and their sentences have a twin in other words. */
const faultWords = ({ words }: Room, { pointer, code, message }: Fault): string => (words.lang === "ru" && message) || words.say(`fault.${pointer}.${code}`) || message;

export function lines(room: Room, typed: () => void): Lines {
  const { words, config } = room;
  const errors = {} as Record<string, HTMLElement>;
  const controls = {} as Record<string, HTMLElement>;

  function line(name: Line, control: Control): HTMLElement {
    const id = `pdk-${name}`;
    // A letter without its text is about an error that has a code.
    const may = config.optional?.includes(name) && (name !== "text" || !!room.given.code);
    const hint = [words.say(`${name}.hint`), may && words.say(`${name}.may`)].filter(Boolean).join(" ");
    control.id = id;
    control.required = !may;
    control.value = desk.draft[name];
    control.setAttribute("aria-describedby", hint ? `${id}-hint` : "");
    control.addEventListener(name === "topic" ? "change" : "input", () => {
      desk.draft[name] = control.value;
      if (name === "text") typed();
    });
    controls[name] = control;
    errors[name] = make("p", { class: "error", id: `${id}-error` });
    return make("div", { class: "field" }, make("label", { for: id }, may ? words.say(name === "topic" ? "may.topic" : "may", { line: words.say(name) }) : words.say(name)), hint && make("p", { class: "hint", id: `${id}-hint` }, hint), control, errors[name]);
  }

  const option = (value: string, text: string) => make("option", { value }, text);
  const text = (name: "name" | "contact", autocomplete: string) => line(name, make("input", { type: "text", autocomplete, maxlength: MOST[name] }));
  const written = make("textarea", { rows: 5, maxlength: MOST.text });
  const place: Record<Line, HTMLElement> = {
    topic: line("topic", make("select", {}, option("", words.say("topic.empty")), ...TOPICS.map((it) => option(it, words.say(`topic.${it}`))))),
    name: text("name", "name"),
    contact: text("contact", "on"),
    text: line("text", written),
  };
  const held = numbers(room, written, desk.left);
  place.text.append(held.place);
  const summary = make("div", { class: "summary", role: "alert", "aria-labelledby": "pdk-errors", tabindex: -1, hidden: true });

  function right(): void {
    summary.hidden = true;
    for (const [name, control] of Object.entries(controls)) {
      const hint = words.say(`${name}.hint`);
      errors[name].textContent = "";
      control.removeAttribute("aria-invalid");
      if (hint) control.setAttribute("aria-describedby", `pdk-${name}-hint`);
      else control.removeAttribute("aria-describedby");
    }
  }

  function wrong(title: string, faults: Fault[]): void {
    right();
    const entry = (fault: Fault) => {
      const name = fault.pointer.slice(1);
      const told = faultWords(room, fault);
      const control = controls[name];
      if (control) {
        errors[name].textContent = told;
        control.setAttribute("aria-invalid", "true");
        const hint = words.say(`${name}.hint`) ? ` pdk-${name}-hint` : "";
        control.setAttribute("aria-describedby", `pdk-${name}-error${hint}`);
      }
      // A link to a part of the page would change the address of the page.
      const to = control ?? summary.parentElement?.querySelector<HTMLElement>(`#pdk-${CSS.escape(name)}`);
      to?.setAttribute("aria-invalid", "true");
      return make("li", {}, to ? button("link", told, () => to.focus()) : told);
    };
    summary.replaceChildren(make("p", { id: "pdk-errors" }, title), make("ul", {}, ...faults.map(entry)));
    summary.hidden = false;
    summary.focus();
  }

  right();
  return { place, summary, wrong, right, pass: held.pass };
}
