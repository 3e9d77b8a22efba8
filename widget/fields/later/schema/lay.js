/** A schema laid over the fields of a form: what they are, what is told of them, what is sent. */

import { TOLD } from "../../src/whats.js";
import { explain } from "./errors.js";

const NEVER = "never";
/** A hint that has an example. */
const EXAMPLE = /пример|exam/i;

export function layer({ about, act, attribute, config, drawn, fire, forget, forms, later, opened, relearn, today }, assist, portal) {
  /** Lay a schema over a form. */
  return function lay(form, schema) {
    let hidden = [];
    let told = new Map();
    const named = new Map(schema.fields.filter((it) => !it.selector).map((it) => [it.name, it]));
    const selected = schema.fields.filter((it) => it.selector);
    const find = (field) => named.get(field.name) ?? selected.find((it) => field.el.matches(it.selector));
    /** The fields of the form by their names in the schema. */
    function known() {
      const out = new Map();
      for (const field of form.fields) {
        const name = find(field)?.name;
        if (name !== undefined && !out.has(name)) out.set(name, field);
      }
      return out;
    }

    function describe(field) {
      const it = find(field);
      // The whole words of the field, where they are not those of the page.
      const own = it?.words ?? schema.words;
      field.words = own || schema.speech ? `${own}${schema.speech || config.words}` : "";
      about(field, it?.about);
      if (!it) return;
      field.kind = it.kind ?? field.kind;
      field.label = it.label ?? field.label;
      field.required = (it.required ?? field.required) && !hidden.includes(it.name);
      field.never ||= it.capture === NEVER;
      field.capture = it.capture;
      field.hinted ||= it.hinted || EXAMPLE.test(it.about);
      field.pattern = it.mask;
      field.draft = it.draft;
      field.files = it.files;
      field.mustMend = !it.sendAnyway;
      if (it.autocomplete && attribute(field.el, "autocomplete") === null) {
        field.el.setAttribute("autocomplete", it.autocomplete);
        field.suggested.autocomplete = it.autocomplete;
      }
    }

    const textOf = (field) => (field.group.length && !field.parts ? (field.group.find((el) => el.checked)?.value ?? "") : field.text);

    /** Tell what is found now. Before a submit an empty field counts too; a warning is not told: it would stop the submit. */
    function judge(whole, say) {
      const present = known();
      const values = {};
      const seen = [];
      for (const [name, field] of present) {
        values[name] = textOf(field);
        if (whole && schema.stepped && drawn(field.el)) seen.push(name);
      }
      const answer = assist.findings(schema.id, values, seen, today());
      if (whole) {
        ask(answer);
        portal.release(form, say);
      }
      const now = new Map();
      for (const { fields: [name], code, text, warning } of answer.findings) {
        const field = present.get(name);
        // An empty field has its own error, and only when the form is sent.
        if (!field || warning || now.has(field) || (whole && field.off) || (!field.text && (!whole || code === "form.required"))) continue;
        now.set(field, { code, text });
      }
      const changed = hidden.join() !== answer.hidden.join();
      hidden = answer.hidden;
      for (const field of new Set([...told.keys(), ...now.keys()])) {
        const it = now.get(field);
        if (!form.fields.includes(field) || (it && !whole && !field.used && !told.has(field) && document.activeElement === field.el)) continue;
        Object.assign(field, { toldCode: it?.code ?? "", toldText: it?.text ?? "" });
        say(TOLD, form, field);
      }
      told = now;
      // A field that an answer has put away takes its error along.
      const anew = (field) => (field.error && hidden.includes(find(field)?.name) ? act(() => forget(field)) : relearn(field));
      if (changed) for (const field of [...form.fields]) later.push(() => anew(field));
    }

    /** What this submit asks for: no field of a step that is to come, and none that its condition leaves out. */
    function ask({ ahead, hidden, wrong }) {
      for (const field of form.fields) {
        const name = find(field)?.name;
        field.off = ahead.includes(name) || hidden.includes(name);
      }
      // An earlier step that cannot be opened by a control of the page: the page itself is asked to show it.
      const lost = form.fields.find((field) => !field.off && wrong.includes(find(field)?.name) && field.el.willValidate && !opened(field.el, false));
      if (lost) reach(lost);
    }

    /** Ask the page for the step of a field that is hidden. */
    function reach(field) {
      const { step, name } = find(field) ?? {};
      if (step && !opened(field.el, false)) fire(form.el, "step", { form: form.name, step, field: name });
    }

    /** The step that is shown: that of the field that is asked about, else of the first field with one. */
    function step(name) {
      const shown = form.fields.filter(({ el }) => drawn(el)).map((field) => [field.name, find(field)?.step]).filter(([, step]) => step);
      return (shown.find(([its]) => its === name) ?? shown[0])?.[1];
    }

    /** What is sent, natively or by `new FormData(form)`: the canonical form where the schema asks for it. */
    function onData({ formData }) {
      for (const [name, field] of known()) {
        if (schema.fields.find((it) => it.name === name).submit !== "canonical") continue;
        const key = attribute(field.el, "name");
        const value = key && field.kind && assist.canonical(field.kind, field.text, today());
        if (typeof value !== "string") continue;
        const [first, ...others] = formData.getAll(key).map((sent) => (sent === field.text ? value : sent));
        if (first === undefined) continue;
        formData.set(key, first);
        for (const sent of others) formData.append(key, sent);
      }
    }

    const { draftHours, errors, language, other } = schema;
    form.schema = { describe, draftHours, language, judge, reach, step, errors, other, explain: (error) => explain(schema, error) };
    form.el.addEventListener("formdata", onData);
    return {
      judge,
      /** Can a key change what is told or asked for? */
      alive: () => told.size > 0 || schema.fields.some((it) => it.conditional),
      end() {
        form.el.removeEventListener("formdata", onData);
        form.schema = undefined;
        if (!forms.includes(form)) return;
        for (const field of form.fields) {
          field.off = false;
          about(field);
        }
      },
    };
  };
}
