import type { Empty, Finding, Kind, Verdict } from "./core.js";

/** How a sentence is said. */
export interface ExplainOptions {
  /**
   * Language of the sentence.
   *
   * @defaultValue ru
   * @example explain("inn", check("inn", "7707083894"), { lang: "en" })
   */
  lang?: "ru" | "en";
  /**
   * Label of the field, which begins the sentence.
   *
   * @defaultValue none: the sentence begins by itself
   * @example explain("inn", check("inn", "7707083894"), { label: "ИНН" })
   */
  label?: string;
}

/**
 * The sentence that a page would show for what `check` or `checkForm` has returned: what is wrong and what to do. Doubts of a complete value
 * come one after another; a value without any gives an empty text.
 *
 * @param kind - the kind that was checked; of a finding any
 * @param verdict - a verdict, an answer of a field, or a finding of `checkForm`
 * @throws TypeError when it is none of those
 * @example const text = explain("inn", check("inn", "7707083894"), { label: "ИНН" })
 */
export function explain(kind: Kind, verdict: Verdict | Empty | Finding, options?: ExplainOptions): string;

export * from "./core.js";
