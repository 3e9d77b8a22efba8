/**
 * What becomes of questions and articles, as counters: an article was opened, helped or not, was followed by a letter; a question had an
 * answer, a doubtful one, none, by the form of the page. No text, no person. Only where the page has `data-podskazka-stats="/v1/stats"` on a form, as for its
 * fields; silent under Do Not Track, Global Privacy Control, or with `localStorage["podskazka.stats"] = "off"`.
 */

import type { PodskazkaEvents } from "podskazka";

import type { Given } from "../part";

/** The form of the wire under which articles are counted: `src/wire/stats.rs`. */
const FORM = "faq";
type Kind = "opened" | "helped" | "not_helped" | "ticket" | "shown";

function refused(): boolean {
  try {
    const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
    return doNotTrack === "1" || !!globalPrivacyControl || localStorage["podskazka.stats"] === "off";
  } catch {
    return true;
  }
}

/** Questions by the form of the page, articles by themselves. */
function row(key: string, count: number, form: string | undefined) {
  const [kind, code] = key.split(" ");
  return { kind, code, count, field: code.startsWith("question.") ? form : undefined };
}

export function learn(dialog: HTMLDialogElement, given: Given): { look: () => void; end: () => void } {
  const rows = new Map<string, number>();
  /** Articles whose reader has voted: a changed mind is one vote. */
  const voted = new Map<string, Kind>();
  let view = "";
  /** The article read last, until a letter has gone. */
  let article = "";
  /** How the question in the box was answered. */
  let asked = "";

  const count = (kind: Kind, code: string, by = 1) => {
    const key = `${kind} ${code}`;
    rows.set(key, (rows.get(key) ?? 0) + by);
  };

  /** What stands under the box, before a press takes it away. */
  function read(): void {
    const found = dialog.querySelector('[aria-labelledby="pdk-found"]');
    if (found) asked = !found.querySelector(".card") ? "nothing" : found.querySelector(".note") ? "doubtful" : "answered";
    else if (view === "help") asked = "";
  }

  /** A question counts once it is left. */
  function left(): void {
    if (asked) count("shown", `question.${asked}`);
    asked = "";
  }

  function look(): void {
    const now = dialog.open ? (dialog.dataset.view ?? "") : "closed";
    if (now === view) return;
    // The dialog is shut over what it has shown.
    if (now === "closed") read();
    view = now;
    if (now !== "help") left();
    const [what, id] = now.split("/");
    if (what === "article" && id) count("opened", `article.${(article = id)}`);
    if (now === "closed") send();
  }

  /** A letter has gone after all. */
  function submitted(): void {
    if (article) count("ticket", `article.${article}`);
    article = "";
  }

  function rated({ detail }: CustomEvent<PodskazkaEvents["rated"]>): void {
    // A ticket was rated: `number` and `score` are no articles.
    if (detail.score) return;
    for (const [id, said] of Object.entries(detail)) {
      const kind: Kind = said === "helped" ? "helped" : "not_helped";
      const before = voted.get(id);
      if (before === kind) continue;
      if (before) count(before, `article.${id}`, -1);
      voted.set(id, kind);
      count(kind, `article.${id}`);
    }
  }

  function send(): void {
    left();
    const place = document.querySelector<HTMLElement>("[data-podskazka-stats]")?.dataset;
    const to = place?.podskazkaStats;
    const asked = place?.podskazkaForm ?? "";
    // A name that the server would not take costs no counter.
    const field = /^[\w.:[\]-]{1,100}$/.test(asked) && !/\d{5}/.test(asked) ? asked : undefined;
    const list = [...rows].filter(([, times]) => times > 0).slice(0, 200);
    rows.clear();
    if (!to || !list.length || refused()) return;
    const body = JSON.stringify({ form: FORM, rows: list.map(([key, count]) => row(key, count, field)) });
    const headers = { "Content-Type": "application/json", ...(given.site ? { "X-Site-Key": given.site } : {}) };
    const how = { method: "POST", keepalive: true, credentials: "omit", referrerPolicy: "no-referrer", headers, body } as const;
    fetch(new URL(to, document.baseURI), how).catch(() => {});
  }

  const hidden = () => document.visibilityState === "hidden" && send();
  dialog.addEventListener("click", read, true);
  document.addEventListener("podskazka:rated", rated as EventListener);
  document.addEventListener("podskazka:submitted", submitted);
  document.addEventListener("visibilitychange", hidden);
  look();
  return {
    look,
    end() {
      send();
      dialog.removeEventListener("click", read, true);
      document.removeEventListener("podskazka:rated", rated as EventListener);
      document.removeEventListener("podskazka:submitted", submitted);
      document.removeEventListener("visibilitychange", hidden);
    },
  };
}
