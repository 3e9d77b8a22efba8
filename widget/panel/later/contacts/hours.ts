/**
 * Часы работы службы: is it open now, and until when or from when. The schedule is the site's own data. Time comes in as minutes of
 * UTC, so that the answer does not depend on the clock or the zone of whoever asks. Cases: `cases.json`.
 */

const DAY = 24 * 60;

/** Minutes since midnight of the service: 8:00–20:00 is 480 and 1200. */
export interface Span {
  from: number;
  until: number;
}

export interface Hours {
  /** Minutes that the clock of the service is ahead of UTC: 180 in Moscow, which knows no summer time. */
  zone: number;
  /** Monday first; without a span it is a day off. */
  week: (Span | undefined)[];
  /** Takes the place of the day of the week on a holiday. */
  holiday?: Span;
  /** `11-04`: month and day of the holidays of every year. */
  holidays: string[];
  /** Single days, `2026-11-03`, whatever the week and the holidays say of them: an eve, a moved day off, repairs. */
  days?: Record<string, Span | undefined>;
}

/** Minutes are those of the service's own clock. */
export type State =
  | { open: true; until: number }
  /** Opens in `days` days (0 is today) on `weekday` (0 is Monday) at `at`. */
  | { open: false; days: number; weekday: number; at: number }
  /** Not within two weeks: the schedule is empty. */
  | undefined;

/** `08:00-20:00`; anything else is a day off. */
export function span(text: unknown): Span | undefined {
  const [, ...parts] = /^(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)$/.exec(`${text}`) ?? [];
  const [a, b, c, d] = parts.map(Number);
  return parts.length ? { from: a * 60 + b, until: c * 60 + d } : undefined;
}

/** `485` as `8:05`. */
export function clock(minute: number): string {
  const of = ((minute % DAY) + DAY) % DAY;
  return `${Math.floor(of / 60)}:${`${of % 60}`.padStart(2, "0")}`;
}

/** The state at `now`, in minutes since 1970 UTC. */
export function at(hours: Hours, now: number): State {
  const here = now + hours.zone;
  const today = Math.floor(here / DAY);
  const minute = here - today * DAY;
  for (let days = 0; days < 14; days++) {
    const date = new Date((today + days) * DAY * 60_000);
    const weekday = (date.getUTCDay() + 6) % 7;
    const day = date.toISOString().slice(0, 10);
    const usual = hours.holidays.includes(day.slice(5)) ? hours.holiday : hours.week[weekday];
    const it = hours.days && day in hours.days ? hours.days[day] : usual;
    if (!it) continue;
    if (!days && minute >= it.from && minute < it.until) return { open: true, until: it.until };
    if (days || minute < it.from) return { open: false, days, weekday, at: it.from };
  }
  return undefined;
}
