/**
 * News of one ticket: the live stream where it gets through, else a question now and then. Whatever comes only says that there is
 * something new: the ticket is then read as a whole, so that a gap in the stream is no gap on the screen.
 */

import type { Given } from "../part";
import { headers } from "./api";
import type { Own } from "./own";

/** Milliseconds between questions where no stream gets through, at most, and after a stream that broke. */
const POLL = 20_000;
const AGAIN = 2_000;
/** A stream is silent no longer than this: the server says something every 20 seconds. */
const SILENCE = 45_000;

/** Waits, or until the network or the tab is back. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      document.removeEventListener("visibilitychange", back);
      signal.removeEventListener("abort", end);
      done();
    };
    const back = () => void (document.visibilityState === "visible" && end());
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    document.addEventListener("visibilitychange", back);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

/** Reads the stream to its end; the number of the last step, and whether anything came at all. */
async function stream(given: Given, own: Own, last: number, news: () => void, signal: AbortSignal): Promise<{ last: number; came: boolean }> {
  const end = new AbortController();
  const stop = () => end.abort();
  signal.addEventListener("abort", stop);
  let timer = setTimeout(stop, SILENCE);
  let came = false;
  try {
    const of = { ...headers(given, own), "Last-Event-ID": `${last}` };
    const url = `${given.endpoint}v1/tickets/${own.number}/events`;
    const answer = await fetch(url, { headers: of, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal: end.signal });
    const reader = answer.ok ? answer.body?.getReader() : undefined;
    const decoder = new TextDecoder();
    let text = "";
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      came = true;
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE);
      text += decoder.decode(value, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      const ids = blocks.filter((it) => /^event: ?ticket$/m.test(it)).map((it) => Number(/^id: ?(\d+)$/m.exec(it)?.[1] ?? 0));
      if (ids.length) {
        last = Math.max(last, ...ids);
        news();
      }
    }
  } catch {
    // Broken or blocked: the caller asks.
  }
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  return { last, came };
}

/** Calls `news` at whatever is new after the step `last`, until the signal. */
export async function follow(given: Given, own: Own, last: number, news: () => void, signal: AbortSignal): Promise<void> {
  let wait = AGAIN;
  while (!signal.aborted) {
    const was = await stream(given, own, last, news, signal);
    last = was.last;
    if (signal.aborted) return;
    // What happened while there was no stream.
    news();
    // A link that is cut for a moment is tried soon: the browser may have told of its return before anybody listened.
    wait = was.came ? AGAIN : Math.min(2 * wait, POLL);
    await pause(wait, signal);
  }
}
