/** Tickets of this browser: number and token (read by widget/panel/src/dom.rs too), what each is about, how far each has been read, what was put off. */

import type { Given } from "../part";

const TICKETS = "podskazka.tickets";
const SEEN = "podskazka.seen";
/** As many as the server gives at once. */
const MOST = 50;

/** What a ticket is about; no value of a field. */
export interface About {
  code?: string;
  field?: string;
  form?: string;
}

export interface Own {
  number: string;
  about?: About;
  /** Without one, the portal's word for its citizen opens it. */
  token?: string;
}

interface Seen {
  /** Number of the last step that was read. */
  seq: number;
  /** The question about the service was put off for good. */
  skip?: boolean;
}

function read<T>(name: string, none: T): T {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? "null") as T) ?? none;
  } catch {
    return none;
  }
}

function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // No storage here: it is known until the page is left.
  }
}

/** Whether something waits in the outbox (outbox/store.ts). */
export const waits = (): boolean => {
  try {
    return !!localStorage["podskazka.waits"];
  } catch {
    return false;
  }
};

export const own = (): Own[] => read<Own[]>(TICKETS, []).filter((it) => typeof it?.number === "string");

/** Further tickets, the newest first; a token that is here already stays. */
export function remember(more: Own[]): void {
  const all = own();
  const fresh = more.filter((it) => !all.some((old) => old.number === it.number));
  keep(TICKETS, [...fresh, ...all].slice(0, MOST));
}

const marks = () => read<Record<string, Seen>>(SEEN, {});
export const seen = (number: string): Seen => marks()[number] ?? { seq: 0 };
export const see = (number: string, more: Partial<Seen>) => {
  const known = new Set([...own().map((it) => it.number), number]);
  const kept = Object.entries(marks()).filter(([it]) => known.has(it));
  keep(SEEN, { ...Object.fromEntries(kept), [number]: { ...seen(number), ...more } });
};

/** Takes the tickets of a link out of the address, so that nobody reads them over a shoulder or in the history. */
export function fromLink(): string | undefined {
  const found = /^#podskazka=(PS-[0-9A-Z-]{8,12})\.([\w-]{43})$/.exec(location.hash);
  if (!found) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  remember([{ number: found[1], token: found[2] }]);
  return found[1];
}

/** A link that opens the ticket on another device; the token stands where no server gets it. */
export const link = (given: Given, { number, token }: Own): string =>
  `${new URL("ticket.html", given.base).href}#podskazka=${number}.${token}`;
