/**
 * The schema of a form: what its fields are, and the bounds and rules that they keep. Read and judged by the core (`assist`); here it is
 * fetched (`schema/source.js`), laid over the fields (`schema/lay.js`), and the portal's own errors are looked up in it
 * (`schema/errors.js`).
 *
 * A schema that cannot be used is told by `podskazka:error` with the place and the fix of each problem, and in the console; the form goes on
 * with the last good one from the same address, or without.
 */

import { DROP, INPUT, LEAVE } from "../src/whats.js";
import { errors } from "./schema/errors.js";
import { layer } from "./schema/lay.js";
import { source } from "./schema/source.js";


/** The end of a press: a line under a field would move what is pressed. */
const CALM = ["pointerup", "pointercancel", "keyup"];
/** Milliseconds until the click of a press has come. */
const AFTER_PRESS = 80;
const calm = () =>
  document.querySelector(":active") &&
  new Promise((done) => {
    const go = () => {
      for (const name of CALM) removeEventListener(name, go, true);
      setTimeout(done, AFTER_PRESS);
    };
    for (const name of CALM) addEventListener(name, go, true);
  });

/** The browser alone knows what it can select by. */
function isSelector(text) {
  try {
    document.createDocumentFragment().querySelector(text ?? "*");
    return true;
  } catch {
    return false;
  }
}

export async function start(kit) {
  const { config, fire, forms, hear, later, relearn, tell } = kit;
  const language = config.lang ?? "ru";
  const [assist, more] = await Promise.all([config.load("assist"), config.load(`form.${language}.txt`)]);
  const words = `${config.words}\n${more}`;
  const asked = new Map();
  const laid = new Map();
  const from = source(config, forms);
  const portal = errors(kit);
  const lay = layer(kit, assist, portal);

  function problems(form, list) {
    for (const it of list) {
      console.error(`Подсказка: schema of the form "${form.name}"${it.path && `, ${it.path}`}: ${it.message}`);
      fire(form.el, "error", { form: form.name, code: it.code, message: it.message, path: it.path });
    }
  }

  /** The words of a schema that speaks another language than the page. */
  async function wordsOf({ language: its }) {
    if (!/^(ru|en)$/.test(its) || its === language) return "";
    return (await Promise.all([`words.${its}.txt`, `form.${its}.txt`].map(config.load))).join("\n");
  }

  async function understand(form, document) {
    const other = await wordsOf(document ?? {});
    const schema = assist.schema(document, other || words);
    if (!schema.problems && schema.form !== form.name) {
      return { problems: [{ code: "schema.form", path: "/form", message: `write "${form.name}", the value of data-podskazka-form` }] };
    }
    const odd = schema.fields?.flatMap(({ selector }, at) => (isSelector(selector) ? [] : [{ code: "schema.selector", path: `/fields/${at}/selector`, message: `"${selector}" is no CSS selector` }]));
    if (odd?.length) return { problems: odd };
    // The core says `session` where the schema says nothing: what the page says must not be lost by that.
    schema.fields?.forEach((it, at) => (it.draft = document.fields[at].draft));
    return Object.assign(schema, { speech: other });
  }

  /** Reads the schema of a form, once; whether all that it says of the fields is known then. */
  function known(form) {
    if (!asked.has(form)) asked.set(form, read(form));
    return asked.get(form);
  }

  async function read(form) {
    if (!form.el) return;
    let broken;
    for await (const { code, message, document, keep } of from.documents(form)) {
      const schema = code ? { problems: [{ code, path: "", message }] } : await understand(form, document);
      if (!forms.includes(form)) return;
      if (schema.problems) {
        problems(form, schema.problems);
        broken = true;
        continue;
      }
      if (broken) problems(form, [{ code: "schema.kept", path: "", message: "the last good schema from this address is used" }]);
      keep?.();
      // Whoever tells of a code of the portal finds somebody who shows it.
      if (Object.keys(schema.errors).length) await kit.part();
      await calm();
      if (!forms.includes(form)) return;
      laid.set(form, lay(form, schema));
      for (const field of [...form.fields]) {
        relearn(field);
        // It was left before anything was known of it.
        if (field.used && field.el.getRootNode().activeElement !== field.el) tell(LEAVE, form, field);
      }
      portal.look();
      return true;
    }
    return !broken;
  }

  function heard(what, form) {
    if (what === DROP) {
      laid.get(form)?.end();
      laid.delete(form);
      asked.delete(form);
    } else if (!asked.has(form)) known(form);
    else if (what === LEAVE) later.push(() => laid.get(form)?.judge(false, tell));
    // While a person types only what is mended is told.
    else if (what === INPUT && laid.get(form)?.alive()) later.push(() => laid.get(form)?.judge(false, (...it) => it[2].toldCode || tell(...it)));
  }
  hear.add(heard);
  const all = Promise.all(forms.map(known));
  // Whoever ends the part must not wait for somebody to come. What fails then is asked for with the next start.
  if (from.waiting()) all.catch(() => {});
  else await all;
  return {
    known,
    end() {
      hear.delete(heard);
      for (const it of laid.values()) it.end();
      portal.end();
      from.end();
    },
  };
}
