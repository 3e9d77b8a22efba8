// Judges rows {kind, value} of standard input by three npm packages: an object {peer: accepted} a row.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

// The folder where the packages are installed.
const require = createRequire(join(process.argv[2], "peers.mjs"));
const codes = require("ru-validation-codes");
const { stdnum } = require("stdnum");
const isInn = require("is-inn-js");

// It takes one spelling alone.
const shaped = (it) => it.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, "$1-$2-$3 $4");
const PEERS = {
  "ru-validation-codes": {
    inn: codes.checkINN,
    snils: (it) => codes.checkSnils(shaped(it)),
    ogrn: codes.checkOgrn,
    ogrnip: codes.checkOgrnip,
    bik: codes.checkBik,
  },
  "npm stdnum": { inn: (it) => stdnum.RU.inn.validate(it).isValid },
  "is-inn-js": { inn: isInn.isINN ?? isInn.default ?? isInn },
};

const accepts = (judge, value) => {
  try {
    return Boolean(judge(value));
  } catch {
    return false;
  }
};
const judged = ({ kind, value }) =>
  Object.fromEntries(Object.entries(PEERS).flatMap(([peer, kinds]) => (kinds[kind] ? [[peer, accepts(kinds[kind], value)]] : [])));
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(judged)));
