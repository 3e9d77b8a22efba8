// The editor's view of the package: what must compile, and what must not.
import { init, type Api, type FormSchema, type InitOptions, type PodskazkaEvents, type RatedReason, type SetupCode, type View } from "podskazka";
import { check, checkForm, checkMany, format, kinds, type Code, type Finding, type Kind, type SchemaError, type Verdict } from "podskazka/core";
import * as server from "podskazka/node";
import "podskazka/element";

const options: Required<InitOptions> = {
  site: "demo",
  endpoint: "/",
  lang: "ru",
  texts: "/help/texts.tt.txt",
  launcher: true,
  schema: [{ version: 1, form: "refund", fields: [{ name: "inn", kind: "inn" }], rules: [{ rule: "equal", first: "a", second: "b" }] }],
  errors: { E42: { article: "data-check-failed", topic: "form" } },
  theme: "dark",
  release: "2026.11.3",
  prefill: { topic: "form" },
  account: () => "ok",
  probes: ["https://login.example.ru/"],
  base: "/help/",
  build: "js",
};
// @ts-expect-error a rule that does not exist
export const unknownRule: FormSchema = { version: 1, form: "refund", rules: [{ rule: "equals", first: "a", second: "b" }] };
const help = init(options);

export const off: () => void = help.on("submitted", (event) => event.detail.number.toUpperCase());
help("on", "ready", (event) => event.type);
help("on", "submitted", (event) => event.detail.number.toUpperCase());
// @ts-expect-error an event that does not exist
help("on", "sent", () => {});
help("open", "ticket", { code: "inn.checksum" });
help.on("beforesend", (event) => {
  event.detail.text += "!";
  event.preventDefault();
});
help.on("rated", ({ detail }) => {
  if (detail.score) {
    const given: [string, number] = [detail.number, detail.score];
    return given;
  }
  const said: [string, "helped" | "not-helped" | RatedReason][] = Object.entries(detail);
  return said;
});
// @ts-expect-error a rating of a ticket names the ticket
export const unnamed: PodskazkaEvents["rated"] = { score: 5 };
// @ts-expect-error a reason that does not exist
export const unknownReason: PodskazkaEvents["rated"] = { inn: "boring" };
document.addEventListener("podskazka:invalid", (event) => event.detail.code.length);

export function words(verdict: Verdict): string | number {
  switch (verdict.verdict) {
    case "complete":
      return verdict.display;
    case "partial":
      return verdict.missing;
    case "fault":
      return verdict.fixes.map((fix) => fix.value).join();
  }
}
words(check("inn", "7707083893", { today: "2026-03-31" }));
const list: Kind[] = kinds();
const text: string | null = format(list[0], "1");
const payer: FormSchema = { version: 1, form: "payer", fields: [{ name: "inn", kind: "inn" }, { name: "scan", files: { types: ["pdf"] } }] };
const form = checkForm(payer, { inn: text, scan: new File([], "scan.pdf"), more: undefined }, { today: "2026-03-31" });
const valid: boolean = checkForm(payer, { inn: text }, "2026-03-31").valid && form.valid;
export const found: readonly Finding[] = form.findings;
export const said: string[] = form.fields.map((it) => server.explain("inn", it, { label: it.name })).concat(form.findings.map((it) => server.explain("inn", it)));
export const refused = (error: SchemaError): string[] => error.problems.map((it) => it.path + it.message);
const same: typeof check = server.check;
export const wrong: number = checkMany("snils", ["112-233-445 95"]).filter((it) => it === 2).length;
export const column: typeof checkMany = server.checkMany;
const code: Code = "inn.checksum";
// A code of ours is completed by an editor; a server of the API may have others.
export const setup: SetupCode[] = ["schema.kind", "of-another-server"];
help.on("error", ({ detail }) => detail.code === "config.lang");
const views: View[] = ["help", "article", "ticket", "status", "contacts", "settings"];
export const all = [valid, same, code, views];

// @ts-expect-error there is no such kind
check("passport-of-mars", "1");
// @ts-expect-error a number loses its leading zeros
checkForm(payer, { inn: 7707083893 });
// @ts-expect-error a schema has a form
checkForm({ version: 1 }, {});
// @ts-expect-error a field of a kind that does not exist
checkForm({ version: 1, form: "payer", fields: [{ name: "inn", kind: "inns" }] }, {});
// What a JSON file holds, as TypeScript reads it: its words are no longer known one by one.
const imported = { version: 1, form: "payer", fields: [{ name: "inn", kind: "inn" }] };
// @ts-expect-error so it is no schema by itself
checkForm(imported, {});
checkForm(imported as FormSchema, {});
// @ts-expect-error there is no such event
help.on("sumbitted", () => {});
// @ts-expect-error there is no such option
init({ sites: "demo" });
// @ts-expect-error a verdict has a display only when it is complete
check("inn", "1").display;
// @ts-expect-error a token is needed
help.identify({});

// Nothing is typed `any`: then each of these would be an error of its own.
type IsAny<T> = 0 extends 1 & T ? true : false;
type None<T> = true extends { [K in keyof T]: IsAny<T[K]> }[keyof T] ? never : true;
export const typed: [None<Api>, None<PodskazkaEvents>, None<InitOptions>] = [true, true, true];
