/**
 * The access check, «Не работает портал?»: measures for at most three seconds and says what is in the way, what to do, and the
 * code for the support.
 *
 * **Accessibility criteria**
 * - The progress MUST be a `progress` with its numbers in words beside it; its end MUST be announced, its steps not.
 * - The one button that stops and starts MUST stay where it is, so that the focus does.
 * - Each result MUST be a list item with name, sentence and remedy as text; its level MUST be said by its heading, not by colour.
 */

import { device } from "./access/device";
import { judgeBy, type Judge, type Verdict } from "./access/judge";
import type { Measure } from "./access/measure";
import { network } from "./access/network";
import { button, dress, make, panel as panelOf, Words, type Given, type Show } from "./part";

/** Milliseconds after which whatever is missing counts as not measured. */
const WHOLE = 2_900;
/** The order in which people read what is wrong: `PROBES` of the core, with one name for the three engines. */
const ORDER =
  "online server service endpoints link loss speed names tls clock secure blocker proxy browser features cookies storage room live crypto wasm account signature zoom contrast".split(
    " ",
  );
const LEVELS = [
  ["bad", "faults"],
  ["fair", "faults"],
  ["note", "notes"],
  ["unknown", "unknowns"],
  ["good", "goods"],
] as const;

/** What follows from a cause is not shown beside it: one thing to mend, not seven. The letter has all of them. */
const FOLLOWS: Record<string, string[]> = {
  online: ["server", "endpoints", "link", "loss", "speed", "live"],
  server: ["link", "loss", "speed", "live"],
};

const CSS = `
progress { width: 100%; height: 1em; accent-color: var(--main); }
.probe { padding: .75em 1em; border-inline-start: 4px solid var(--line); margin-bottom: .75em; background: var(--tint); }
.probe.bad { border-color: var(--bad); }
.probe.fair { border-color: var(--edge); }
.probe p { margin: .25em 0; }
.probe code { user-select: all; }`;

export interface Result extends Verdict {
  name: string;
  measure: Measure;
}

const UNKNOWN: Verdict = { level: "unknown", step: "unknown", article: "" };

/** Measures everything; `each` hears of every probe as it ends. Those that are late are unknown. */
export async function check(given: Given, judge: Judge, signal: AbortSignal, each: (done: number, all: number) => void): Promise<Result[]> {
  const whole = new AbortController();
  const end = () => whole.abort();
  const timer = setTimeout(end, WHOLE);
  signal.addEventListener("abort", end, { once: true });
  const over = new Promise<Measure>((done) => whole.signal.addEventListener("abort", () => done({ value: NaN }), { once: true }));
  const probes = { ...device(given, whole.signal), ...network(given, whole.signal) };
  const names = ORDER.filter((name) => name in probes);
  let done = 0;
  each(0, names.length);
  const results = await Promise.all(
    names.map(async (name): Promise<Result> => {
      // Whatever is late gets a last turn: what it stopped at may still say something.
      const late = over.then(() => new Promise<Measure>((done) => setTimeout(() => done({ value: NaN }), 50)));
      const measure = await Promise.race([probes[name], late]).catch(() => ({ value: NaN }) as Measure);
      if (!signal.aborted) each(++done, names.length);
      return { name, measure, ...(judge(measure.probe ?? name, measure.value) ?? UNKNOWN) };
    }),
  );
  clearTimeout(timer);
  end();
  return results;
}

/** «5 минут»: the clock's fault in the largest unit that fits. */
function span(words: Words, seconds: number): string {
  const size = Math.abs(seconds);
  const units: [string, number][] = [["days", 86_400], ["hours", 3_600], ["minutes", 60], ["seconds", 1]];
  const [unit, length] = units.find((it) => size >= it[1] * 2) ?? units[3];
  return words.say(`unit.${unit}`, { n: Math.round(size / length) });
}

/** One result as a list item. */
function row(words: Words, it: Result, open: (article: string) => void): HTMLElement {
  const { name, step, measure } = it;
  const found = name === "clock" ? span(words, measure.value) : (measure.found ?? "");
  const of = { found, n: measure.n ?? measure.value };
  const key = `${name}.${step}`;
  return make(
    "li",
    { class: `probe ${it.level}` },
    make("strong", {}, words.say(`${name}.name`)),
    make("p", {}, words.say(key, of)),
    words.has(`${key}.fix`) && make("p", {}, words.say(`${key}.fix`, of)),
    make("p", { class: "hint" }, words.say("code", { code: `access.${key}` })),
    it.article && button("link", words.say("article"), () => open(it.article), { "aria-label": `${words.say("article")}: ${words.say(`${name}.name`)}` }),
  );
}

/** The results by how bad they are; what is good or unknown only by name. */
export function report(words: Words, results: Result[], open: (article: string) => void): HTMLElement[] {
  const groups = new Map<string, Result[]>();
  for (const [level, title] of LEVELS) groups.set(title, [...(groups.get(title) ?? []), ...results.filter((it) => it.level === level)]);
  const sections: HTMLElement[] = [];
  for (const [title, list] of groups) {
    if (!list.length) continue;
    const full = title === "faults" || title === "notes";
    const rows = list.map((it) => (full ? row(words, it, open) : make("li", {}, words.say(`${it.name}.name`))));
    const body = make("ul", { class: full ? "plain" : "" }, ...rows);
    sections.push(
      title === "goods"
        ? make("details", {}, make("summary", {}, `${words.say(title)} · ${list.length}`), body)
        : make("section", {}, make("h3", {}, words.say(title)), body),
    );
  }
  return sections;
}

/** Without what only follows from something else that is broken. */
export function causes(results: Result[]): Result[] {
  const broken = new Set(results.filter((it) => it.level === "bad").map((it) => it.name));
  const follows = new Set([...broken].flatMap((name) => FOLLOWS[name] ?? []));
  return results.filter((it) => it.level === "good" || !follows.has(it.name));
}

/** For the letter: code and number of everything that is not good. */
export const lines = (results: Result[]): string[] =>
  results
    .filter((it) => it.level !== "good")
    .map(({ name, step, measure }) => `access.${name}.${step}${isFinite(measure.value) ? ` ${Math.round(measure.value * 10) / 10}` : ""}`);

export const show: Show = (place, given, act) => {
  const panel = panelOf(act);
  const undress = dress(place, CSS);
  let run: AbortController | undefined;
  let gone = false;

  (async () => {
    const [text, table] = await Promise.all([given.load<string>(`access.${given.lang}.txt`), given.load<string>("access.txt")]);
    if (gone) return;
    const words = new Words(text, given.lang);
    const judge = judgeBy(table);
    const bar = make("progress", { max: 1, value: 0, "aria-label": words.say("running") });
    const count = make("p", { class: "hint" });
    const turn = button("quiet", "", () => (run ? run.abort() : void start()));
    const head = make("h3", { tabindex: -1 });
    const found = make("div");
    const write = button("main", words.say("attach"), () => panel.attach(lines(results)));
    const last = make("p", { class: "end" }, write);
    place.replaceChildren(make("p", { class: "hint" }, words.say("intro")), bar, count, make("p", {}, turn), head, found, last);
    let results: Result[] = [];

    async function start(): Promise<void> {
      const mine = (run = new AbortController());
      let at = { n: 0, all: 0 };
      bar.hidden = false;
      head.hidden = last.hidden = true;
      head.textContent = "";
      found.replaceChildren();
      turn.textContent = words.say("stop");
      panel.say(words.say("running"));
      results = await check(given, judge, mine.signal, (n, all) => {
        at = { n, all };
        bar.max = all;
        bar.value = n;
        count.textContent = words.say("progress", at);
      });
      if (gone) return;
      run = undefined;
      turn.textContent = words.say("start");
      bar.hidden = true;
      const shown = causes(results);
      const faults = shown.filter((it) => it.level === "bad" || it.level === "fair").length;
      const stopped = mine.signal.aborted;
      count.textContent = stopped ? words.say("stopped", at) : "";
      head.hidden = last.hidden = stopped;
      head.textContent = stopped ? "" : words.say(faults ? "found" : "fine", { n: faults });
      if (!stopped) found.replaceChildren(...report(words, shown, (article) => panel.go("article", article)));
      panel.say(head.textContent || count.textContent);
    }
    await start();
  })().catch(() => act("failed"));

  return () => {
    gone = true;
    run?.abort();
    undress();
    place.replaceChildren();
  };
};
