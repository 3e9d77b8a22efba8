/**
 * Hotline, hours with «сейчас открыто», mail and points of service: the site's own data, `contacts.json`.
 *
 * **Accessibility criteria**
 * - A phone number MUST be a link that calls, named by what it is.
 * - Open or closed MUST be said in words, never by colour alone.
 * - Points of service of several regions MUST stand under headings, and a labelled native list MUST choose one of the regions by
 *   keyboard; how many are left MUST be announced.
 */

import { at, clock, span, type Hours } from "./contacts/hours";
import { dress, make, panel as panelOf, Words, type Given, type Panel, type Show } from "./part";

type Row = Record<string, unknown>;
interface Contacts extends Row {
  /** The data show the form only: nobody answers there. */
  example?: boolean;
  phones?: Row[];
  offices?: Row[];
  week?: string[];
  holidays?: string[];
  /** `2026-11-03`: hours of that day alone, empty where it is off. */
  days?: Record<string, unknown>;
  /** `name`: «по московскому времени». */
  zone?: { minutes?: number; name?: string };
}

const CSS = `
.week { display: grid; grid-template-columns: auto 1fr; gap: .125em 1em; }
.week dt { font-weight: 400; }
.week dd { margin: 0; }
.open { color: var(--good); font-weight: 600; }
.shut { color: var(--bad); font-weight: 600; }
.contact h3:first-child { margin-top: 0; }`;

const text = (it: unknown) => (typeof it === "string" ? it : "");
const list = <T>(it: T[] | undefined): T[] => (Array.isArray(it) ? it : []);
const line = (it: unknown, of: Record<string, unknown> = {}) => !!text(it) && make("p", of, text(it));

/** Open or closed in words, on the clock of the service and, where it is another one, of the person. */
function state(words: Words, hours: Hours, now: number): HTMLElement {
  const ahead = -new Date().getTimezoneOffset() - hours.zone;
  const times = (minute: number) => ({ at: clock(minute), here: ahead ? words.say("here", { at: clock(minute + ahead) }) : "" });
  const is = at(hours, now);
  if (!is) return make("p", { class: "shut" }, words.say("shut"));
  if (is.open) return make("p", { class: "open" }, words.say("open", times(is.until)));
  const day = words.say("on_days").split("|")[is.weekday];
  return make("p", { class: "shut" }, words.say(is.days ? "opens" : "opens_today", { day, ...times(is.at) }));
}

function hoursOf(words: Words, it: Contacts): HTMLElement {
  const week = list(it.week);
  const zone = Number(it.zone?.minutes) || 0;
  const own = Object.fromEntries(Object.entries(it.days ?? {}).map(([day, of]) => [day, span(of)]));
  const hours = { zone, week: week.map(span), holiday: span(it.holiday), holidays: list(it.holidays), days: own };
  const now = Math.floor(Date.now() / 60_000);
  const days = words.say("days").split("|");
  const rows = [...days.keys()].flatMap((day) => {
    const of = text(day < 7 ? week[day] : it.holiday);
    return [make("dt", {}, days[day]), make("dd", {}, of.replace("-", "–") || words.say("day_off"))];
  });
  return make(
    "section",
    { "aria-labelledby": "pdk-hours" },
    make("h3", { id: "pdk-hours" }, words.say("hours")),
    state(words, hours, now),
    make("p", { class: "hint" }, words.say("zone", { zone: text(it.zone?.name), now: clock(now + zone) })),
    make("dl", { class: "week" }, ...rows),
  );
}

/** The region that was chosen last, as long as the page stands. */
let chosen = "";

/** Points of service by region, in the order of the file; those of one region need neither heading nor choice. */
function officesOf(words: Words, offices: Row[], panel: Panel): HTMLElement {
  const regions = [...new Set(offices.map((it) => text(it.region)))];
  const several = regions.length > 1;
  if (!regions.includes(chosen)) chosen = "";
  const card = (it: Row) =>
    make("li", { class: "ticket" }, make("strong", {}, text(it.name)), make("span", {}, text(it.address)), make("span", { class: "hint" }, text(it.hours)));
  const rows = make("div");
  const show = () => {
    const shown = regions.filter((it) => !chosen || it === chosen);
    const of = (region: string) => offices.filter((it) => text(it.region) === region);
    rows.replaceChildren(...shown.flatMap((it) => [!!it && make("h4", {}, it), make("ul", { class: "plain" }, ...of(it).map(card))]).filter((it) => !!it));
    return shown.flatMap(of).length;
  };
  const change = ({ target }: Event) => {
    chosen = (target as HTMLSelectElement).value;
    panel.say(words.say("found", { region: chosen || words.say("everywhere"), count: show() }));
  };
  const option = (value: string, name: string) => make("option", { value, selected: value === chosen }, name);
  const choice = () =>
    make(
      "div",
      { class: "field" },
      make("label", { for: "pdk-region" }, words.say("region")),
      make("select", { id: "pdk-region", change }, option("", words.say("everywhere")), ...regions.filter(Boolean).map((it) => option(it, it))),
    );
  show();
  return make("section", { "aria-labelledby": "pdk-offices" }, make("h3", { id: "pdk-offices" }, words.say("offices")), several && choice(), rows);
}

/** What the document holds; what is missing in it is not shown. */
export function draw(words: Words, it: Contacts, panel: Panel): (HTMLElement | false)[] {
  const phones = list(it.phones).map((phone) => {
    const number = text(phone.number);
    const call = make("a", { class: "number", href: `tel:${number.replace(/[^\d+]/g, "")}` }, number);
    return make("div", { class: "contact" }, make("h3", {}, text(phone.name)), make("p", {}, call), line(phone.note, { class: "hint" }));
  });
  const mail = text(it.mail);
  return [
    !!it.example && make("p", { class: "note" }, words.say("example")),
    ...phones,
    !!list(it.week).length && hoursOf(words, it),
    !!mail && make("h3", {}, words.say("mail")),
    !!mail && make("p", {}, make("a", { href: `mailto:${mail}` }, mail)),
    !!list(it.offices).length && officesOf(words, list(it.offices), panel),
  ];
}

/** The site's own file, kept from the first time on: a phone is needed most when nothing can be loaded any more. */
let kept: Promise<Contacts> | undefined;
async function load({ base }: Given): Promise<Contacts> {
  const answer = await fetch(`${base}contacts.json`);
  if (!answer.ok) throw answer.status;
  return answer.json();
}
export const prepare = (given: Given): Promise<Contacts> =>
  (kept ??= load(given).catch((error) => {
    kept = undefined;
    throw error;
  }));

export const show: Show = (place, given, act) => {
  const undress = dress(place, CSS);
  let gone = false;
  (async () => {
    const words = new Words(await given.load<string>(`contacts.${given.lang}.txt`), given.lang);
    const say = (key: string) => [make("p", {}, words.say(key))];
    const rows = await prepare(given).then(
      (it) => draw(words, it, panelOf(act)).filter((row) => !!row),
      () => say("none"),
    );
    if (!gone) place.replaceChildren(...(rows.length ? rows : say("empty")));
  })().catch(() => act("failed"));
  return () => {
    gone = true;
    undress();
    place.replaceChildren();
  };
};
