/** What a probe has measured; the core says what it means (`src/access.rs`). */
export interface Measure {
  /** No number: it could not be measured. */
  value: number;
  /** Name of the probe for the core, where it differs from the one that is shown. */
  probe?: string;
  /** For the sentence: names, addresses, a span of time. */
  found?: string;
  /** For the sentence: the number, where it is not `value`. */
  n?: number;
}

export type Probes = Record<string, Promise<Measure>>;

export const known = (on: unknown): Measure => ({ value: on ? 1 : 0 });

/** Ends by itself after so many milliseconds, or with the whole check. */
export function within(ms: number, signal: AbortSignal): AbortSignal {
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(stop, ms);
  signal.addEventListener("abort", stop, { once: true });
  end.signal.addEventListener("abort", () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  });
  if (signal.aborted) stop();
  return end.signal;
}
