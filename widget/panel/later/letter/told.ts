/**
 * What the page and the browser tell beside the form, looked at once an opening, so that what is shown is what goes. Codes, names, counts
 * and one sentence, which the core has covered: no address of a request, no body, no message of a script.
 *
 * Parts that know more answer the event `podskazka:gather` by writing into its `detail`: `widget/fields/later/summary.js` the id of the
 * portal's last problem, it and `widget/panel/src/browser.js` the errors that they have heard, `widget/fields/later/schema/errors.js` the step.
 */

import type { Given } from "../part";
import type { Core } from "./desk";
import { typed } from "./typed";

/** Of the core: `ticket::MAX_MESSAGE`, `MAX_COUNTS`, `MAX_COUNT`, `CONNECTIONS`; `tests/it/limits.rs` compares. */
const MOST = { message: 300, rows: 20, count: 9_999 };
const CONNECTIONS = ["slow-2g", "2g", "3g", "4g", "offline"];
/** Characters that are covered before the cut: a number that it goes through is hidden by then. */
const READ = 2_000;
/** Words of the longest value that labels are looked through for. */
const SHORT = 5;
const CODE = "data-podskazka-code";

export interface Told {
  trace?: string;
  step?: string;
  message?: string;
  errors: { name: string; count: number }[];
  requests: { status: number; count: number }[];
  os?: string;
  zoom: number;
  connection?: string;
  release?: string;
}

type Gathered = { form: string; field?: string; trace?: unknown; step?: unknown; errors: Record<string, number> };

const bare = (code: string) => code.replace(/^site\./, "");
const fits = (text: unknown, rule: RegExp): string | undefined => (rule.test(`${text ?? ""}`) ? `${text}` : undefined);
const few = (counts: [string, number][]) =>
  counts.filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]).slice(0, MOST.rows).map(([name, count]) => [name, Math.min(count, MOST.count)] as const);

/** The sentence of the error that help is asked about: as it came along, as the page says it, or as we do beside the field. */
function sentence({ code, field, text }: Given): string | undefined {
  if (text || !code) return text;
  const shown = (it: HTMLElement) => it.getClientRects().length > 0;
  const pages = [...document.querySelectorAll<HTMLElement>("[data-error-code]")].find((it) => bare(it.dataset.errorCode ?? "") === bare(code) && shown(it));
  const ours = [...document.querySelectorAll<HTMLElement>(`[${CODE}="${CSS.escape(code)}"] > .pdk-text`)];
  const beside = ({ parentElement }: Element) =>
    [...document.getElementsByName(field ?? "")].some((it) => it.getAttribute("aria-describedby")?.split(" ").includes(parentElement?.id ?? ""));
  return pages?.innerText || (ours.find(beside) ?? ours[0])?.lastElementChild?.textContent || undefined;
}

/** Requests that were answered by an error, the page itself too, as far as the browser tells. */
function failed(): [string, number][] {
  const counts: Record<string, number> = {};
  for (const it of ["resource", "navigation"].flatMap((kind) => performance.getEntriesByType(kind)) as { responseStatus?: number }[]) {
    const { responseStatus: status = 0 } = it;
    if (status >= 400 && status < 600) counts[status] = (counts[status] ?? 0) + 1;
  }
  return Object.entries(counts);
}

/** The system in a word. */
function system(): string | undefined {
  const { userAgent, maxTouchPoints, userAgentData } = navigator as Navigator & { userAgentData?: { platform?: string } };
  const names: [RegExp, string][] = [
    [/Android/, "Android"],
    [/iPhone|iPad|iPod/, "iOS"],
    [/CrOS/, "Chrome OS"],
    [/Windows/, "Windows"],
    // An iPad says that it is a Mac.
    [/Macintosh/, maxTouchPoints > 1 ? "iOS" : "macOS"],
    [/Linux/, "Linux"],
  ];
  return fits(userAgentData?.platform, /^[A-Za-z\d .\-_]{1,40}$/) ?? names.find(([sign]) => sign.test(userAgent))?.[1];
}

/** Percent. A browser does not tell its zoom apart from the scale of the system; a phone's screen is dense by itself and counts for nothing. */
function zoom(): number {
  const dense = matchMedia("(hover: none) and (pointer: coarse)").matches ? 1 : devicePixelRatio;
  return Math.min(2_000, Math.max(10, Math.round(dense * (visualViewport?.scale ?? 1) * 100)));
}

function look(given: Given, core: Core): Told {
  const { form, trace } = given.snapshot;
  const gathered: Gathered = { form, field: given.field, errors: {} };
  document.dispatchEvent(new CustomEvent("podskazka:gather", { detail: gathered }));
  const answers: Record<string, unknown> = gathered;
  const values = typed();
  const covered = (text: unknown, most: number) => {
    const plain = `${text ?? ""}`.replace(/[\s\0-\x1f]+/g, " ").trim().slice(0, READ);
    return plain ? [...core.cover(`w${plain}`, values)].slice(0, most).join("") : undefined;
  };
  // Labels and the title say again what was typed («Заявление: …»). A long text has words that any label has.
  const { snapshot } = given;
  const short = values.split("\n").filter((it) => it.split(" ").length <= SHORT).join("\n");
  const own = (text: string) => core.cover(`w${text}`, short);
  snapshot.form_title = own(snapshot.form_title);
  snapshot.fields.forEach((it) => (it.label = own(it.label)));
  const names = Object.entries(gathered.errors).filter(([name]) => /^[A-Za-z]{1,40}$/.test(name));
  const { connection } = navigator as Navigator & { connection?: { effectiveType?: string } };
  const link = navigator.onLine ? connection?.effectiveType : "offline";
  return {
    trace: trace ?? fits(answers.trace, /^[\w\-.:/]{1,64}$/),
    step: covered(answers.step, 100),
    message: covered(sentence(given), MOST.message),
    errors: few(names).map(([name, count]) => ({ name, count })),
    requests: few(failed()).map(([status, count]) => ({ status: +status, count })),
    os: system(),
    zoom: zoom(),
    connection: link && CONNECTIONS.includes(link) ? link : undefined,
    release: fits(given.release, /^[\w\-.:/+]{1,64}$/),
  };
}

let last: { given: Given; told: Told } | undefined;

export function told(given: Given, core: Core): Told {
  if (last?.given !== given) last = { given, told: look(given, core) };
  return last.told;
}
