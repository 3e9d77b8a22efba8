/**
 * Hotline, hours with «сейчас открыто», mail and points of service: the site's own data, `contacts.json`.
 *
 * **Accessibility criteria**
 * - A phone number MUST be a link that calls, named by what it is.
 * - Open or closed MUST be said in words, never by colour alone.
 */

import { at, clock, span, type Hours } from "./contacts/hours";
import { dress, make, Words, type Given, type Show } from "./part";

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

/** What the document holds; what is missing in it is not shown. */
export function draw(words: Words, it: Contacts): (HTMLElement | false)[] {
  const phones = list(it.phones).map((phone) => {
    const number = text(phone.number);
    const call = make("a", { class: "number", href: `tel:${number.replace(/[^\d+]/g, "")}` }, number);
    return make("div", { class: "contact" }, make("h3", {}, text(phone.name)), make("p", {}, call), line(phone.note, { class: "hint" }));
  });
  const offices = list(it.offices).map((office) =>
    make(
      "li",
      { class: "ticket" },
      make("strong", {}, [office.region, office.name].map(text).filter(Boolean).join(". ")),
      make("span", {}, text(office.address)),
      make("span", { class: "hint" }, text(office.hours)),
    ),
  );
  const mail = text(it.mail);
  return [
    !!it.example && make("p", { class: "note" }, words.say("example")),
    ...phones,
    !!list(it.week).length && hoursOf(words, it),
    !!mail && make("h3", {}, words.say("mail")),
    !!mail && make("p", {}, make("a", { href: `mailto:${mail}` }, mail)),
    !!offices.length && make("h3", {}, words.say("offices")),
    !!offices.length && make("ul", { class: "plain" }, ...offices),
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
      (it) => draw(words, it).filter((row) => !!row),
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
