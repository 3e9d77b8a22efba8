// The same numbers through our checks in wasm and through peers, in one Node run.
// Usage: node run.mjs NUMBERS CHECKS: a file of numbers, a line each, and the glue of our module beside its wasm.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { stdnum } from "stdnum";

const require = createRequire(import.meta.url);
const codes = require("ru-validation-codes");
const isInn = require("is-inn-js");
const [numbersFile, glue] = process.argv.slice(2);
const numbers = readFileSync(numbersFile, "utf8").split("\n");
const ours = await import(pathToFileURL(glue).href);
await ours.default({ module_or_path: readFileSync(glue.replace(/\.js$/, "_bg.wasm")) });

const context = { today: "2026-11-25" };
const batch = () => ours.checkMany("inn_person", numbers, context).reduce((n, it) => n + (it === 0), 0);
const each = (valid) => () => numbers.reduce((n, it) => n + (valid(it) ? 1 : 0), 0);
// The drawn numbers are right and wrong in turn; a wrong one costs its fixes.
const right = numbers.map((it, at) => numbers[at - (at % 2)]);
const peer = isInn.isINN ?? isInn.default ?? isInn;
const contestants = {
  "Подсказка, batch in wasm": batch,
  "Подсказка, single verdict": each((it) => ours.check("inn_person", it, context).verdict === "complete"),
  "Подсказка, single, right": () => right.reduce((n, it) => n + (ours.check("inn_person", it, context).canonical === it), 0),
  "is-inn-js": each((it) => peer(it)),
  "ru-validation-codes": each((it) => codes.checkINN(it)),
  "npm stdnum": each((it) => stdnum.RU.inn.validate(it).isValid),
};

const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
const found = {};
for (let round = 0; round < 12; round++) {
  for (const [name, run] of Object.entries(contestants)) {
    // Time of the processor, not of the clock: others that run beside do not count.
    const start = process.cpuUsage();
    found[name] = run();
    const { user, system } = process.cpuUsage(start);
    times[name].push(((user + system) * 1000) / numbers.length);
  }
}
const best = (name) => Math.min(...times[name]);
for (const name of Object.keys(contestants)) {
  const ratio = best(name) / best("Подсказка, batch in wasm");
  console.log(`${name.padEnd(28)}${best(name).toFixed(0).padStart(7)} ns${ratio.toFixed(1).padStart(7)} ×  found ${found[name]}`);
}
