/** What a number of a probe means, by the table of the core (`src/access.rs`, file `access.txt`). */

export interface Verdict {
  level: string;
  step: string;
  /** Id of an article; empty where there is none. */
  article: string;
}

export type Judge = (probe: string, value: number) => Verdict | undefined;

export function judgeBy(table: string): Judge {
  const probes = new Map(table.split("\n").map((line) => [line.split(" ")[0], line.split(" ").slice(1)]));
  return (probe, value) => {
    const [article, ...steps] = probes.get(probe) ?? [];
    if (article === undefined) return;
    const found = steps.map((it) => it.split(":")).findLast(([from]) => value >= Number(from));
    const [, level, step] = found ?? ["", "unknown", "unknown"];
    return { level, step, article: article === "-" ? "" : article };
  };
}
