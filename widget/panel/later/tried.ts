/**
 * «Что вы уже пробовали» in a letter: the steps that `widget/fields/later/trail.js` remembers, covered by the core, as they are shown and
 * as they go. Loaded with the letter; without it a letter goes without them.
 */

import type { Room } from "./letter/desk";
import { typed } from "./letter/typed";
import { make } from "./part";

/** Of the core: `ticket::MAX_AGO`, `MAX_COUNT`, `MAX_QUESTION`. */
const MOST = { ago: 86_400, count: 9_999, question: 300 };

type Did = "submit" | "refused" | "override" | "fix" | "undo" | "question" | "article" | "helped" | "not_helped";
/** `wire::TriedStep`. */
interface Step {
  did: Did;
  ago: number;
  times?: number;
  field?: string;
  codes?: string[];
  article?: string;
  text?: string;
}

export const WORDS: Record<string, Record<Did | "title" | "hint" | "since", string>> = {
  ru: {
    title: "Что вы уже пробовали",
    hint: "По порядку. Того, что вы ввели в поля, здесь нет.",
    since: "Первая ошибка",
    submit: "Форма не отправилась",
    refused: "Портал не принял форму",
    override: "«Всё равно отправить»",
    fix: "Нажато исправление",
    undo: "Исправление отменено",
    question: "Вопрос",
    article: "Открыта статья",
    helped: "Статья помогла",
    not_helped: "Статья не помогла",
  },
  en: {
    title: "What you have tried",
    hint: "In order. Nothing that you typed into fields is here.",
    since: "First error",
    submit: "The form was not sent",
    refused: "The portal did not take the form",
    override: "“Send anyway”",
    fix: "A fix was pressed",
    undo: "A fix was undone",
    question: "Question",
    article: "An article was opened",
    helped: "The article helped",
    not_helped: "The article did not help",
  },
};

/** `wire::Tried`. */
export interface Tried {
  since_error?: number;
  steps: Step[];
}

/** Switched off by the person: it stays so while the page is there. */
let off = false;

/** Puts what was tried before the facts of the browser, and into the room as it goes; nothing where the server does not take it. */
export function tried(room: Room, list: HTMLElement): void {
  const { core, config, given } = room;
  const detail: { form: string; errors: object; tried?: { since?: number; steps: Step[] } } = { form: "", errors: {} };
  document.dispatchEvent(new CustomEvent("podskazka:gather", { detail }));
  if (!config.tried || !detail.tried?.steps.length) return;
  const { since } = detail.tried;
  const values = typed();
  const covered = (text: string) => [...core.cover(`w${text.replace(/[\s\0-\x1f]+/g, " ")}`, values)].slice(0, MOST.question).join("");
  const steps = detail.tried.steps.map((step) => ({
    ...step,
    ago: Math.min(step.ago, MOST.ago),
    times: step.times! > 1 ? Math.min(step.times!, MOST.count) : undefined,
    field: step.field && covered(step.field),
    codes: step.codes?.map(covered),
    article: /^[\w\-.]{1,100}$/.test(step.article ?? "") ? step.article : undefined,
    text: step.text && covered(step.text),
  }));
  const words = WORDS[given.lang] ?? WORDS.ru;
  // The time of the clock: a browser knows «ago» in few languages.
  const when = (ago: number) => new Date(Date.now() - 1000 * ago).toLocaleTimeString(given.lang, { timeStyle: "short" });
  const label = (name?: string) => given.snapshot.fields.find((it) => it.name === name)?.label || name;
  const row = ({ did, ago, times, field, codes, article, text }: Step) => {
    const said = [words[did], label(field), text, article, codes?.join(", ")].filter(Boolean).join(": ");
    return make("li", {}, `${said}${times ? ` ×${times}` : ""} · ${when(ago)}`);
  };
  const since_error = since === undefined ? since : Math.min(since, MOST.ago);
  const first = since_error !== undefined && make("p", {}, `${words.since}: ${when(since_error)}`);
  const inside = make("div", {}, make("p", { class: "hint" }, words.hint), make("ol", {}, ...steps.map(row)), first);
  const box = make("input", { type: "checkbox", id: "pdk-part-tried", checked: !off, change: () => turn(!box.checked) });
  const turn = (to: boolean) => {
    inside.hidden = off = to;
    room.tried = off ? undefined : { since_error, steps };
  };
  turn(off);
  const choice = make("p", { class: "check" }, box, make("label", { for: box.id }, words.title));
  list.querySelector("#pdk-part-browser")?.closest("li")?.before(make("li", {}, choice, inside));
}
