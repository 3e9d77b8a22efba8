/**
 * The schema of a form: what its fields are, and the bounds and rules that they keep. Read and judged by the core (`assist`); here it is
 * fetched, laid over the fields, and what is found is told to the checks.
 *
 * It stands in the form (`<script type="application/json" data-podskazka-schema>`), or comes as `config.schema`: an object, a list of them, or an address
 * where `{form}` is the form's name. A schema that cannot be used is told by `podskazka:error` with the place and the fix of each problem, and
 * in the console; the form goes on without it.
 */

const INLINE = "script[data-podskazka-schema]";
/** What the checks tell, in the order of `forms.js`. */
const [, , DROP, INPUT, LEAVE] = Array(5).keys();
const NEVER = "never";

export async function start({ config, fire, forms, hear, later, relearn, tell, TOLD, today }) {
  const [assist, more] = await Promise.all([config.load("assist"), config.load(`form.${config.lang ?? "ru"}.txt`)]);
  const words = `${config.words}\n${more}`;
  const asked = new Map();

  /** The document of a form: in it, given by the page, or at an address; `undefined` where there is none. */
  async function documentOf({ el, name }) {
    const inline = el.querySelector(INLINE);
    if (inline) return JSON.parse(inline.textContent);
    const given = config.schema;
    if (!given) return;
    if (typeof given !== "string") return [given].flat().find((it) => it.form === name);
    const answer = await fetch(given.replace("{form}", () => encodeURIComponent(name)), { credentials: "same-origin" });
    if (answer.ok) return answer.json();
    if (answer.status !== 404) throw new Error(`${given}: HTTP ${answer.status}`);
  }

  function problems(form, list) {
    for (const it of list) {
      console.error(`Подсказка: schema of the form "${form.name}"${it.path && `, ${it.path}`}: ${it.message}`);
      fire(form.el, "error", { form: form.name, code: it.code, message: it.message, path: it.path });
    }
  }

  async function read(form) {
    if (!form.el || asked.has(form)) return;
    asked.set(form, undefined);
    let document, schema;
    try {
      document = await documentOf(form);
    } catch ({ message }) {
      return problems(form, [{ code: "schema.json", path: "", message }]);
    }
    if (document === undefined || !forms.includes(form)) return;
    schema = assist.schema(document, words);
    if (!schema.problems && schema.form !== form.name) {
      schema = { problems: [{ code: "schema.form", path: "/form", message: `write "${form.name}", the value of data-podskazka-form` }] };
    }
    if (schema.problems) return problems(form, schema.problems);
    asked.set(form, lay(form, schema));
    for (const field of [...form.fields]) relearn(field);
  }

  /** Lay a schema over a form. */
  function lay(form, schema) {
    let hidden = [];
    let told = new Map();
    const find = (field) => schema.fields.find((it) => (it.selector ? field.el.matches(it.selector) : it.name === field.name));
    const of = (name) => form.fields.find((field) => find(field)?.name === name);

    form.schema = {
      describe(field) {
        const it = find(field);
        if (!it) return;
        field.kind = it.kind ?? field.kind;
        field.label = it.label ?? field.label;
        field.required = (it.required ?? field.required) && !hidden.includes(it.name);
        field.never ||= it.capture === NEVER;
        field.pattern = it.mask;
      },
      judge,
    };

    /** Tell what is found now. Before a submit an empty field counts too; a warning is not told: it would stop the submit. */
    function judge(whole, say) {
      const values = {};
      for (const it of schema.fields) {
        const field = of(it.name);
        if (field) values[it.name] = field.group.length ? (field.group.find((el) => el.checked)?.value ?? "") : field.text;
      }
      const answer = assist.findings(schema.id, values, today());
      const now = new Map();
      for (const { fields: [name], code, text, warning } of answer.findings) {
        const field = of(name);
        // An empty field has its own error, and only when the form is sent.
        if (!field || warning || now.has(field) || (!field.text && (!whole || code === "form.required"))) continue;
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
      if (changed) for (const field of [...form.fields]) later.push(() => relearn(field));
    }
    return { judge };
  }

  function heard(what, form) {
    if (what === DROP) asked.delete(form);
    else if (!asked.has(form)) read(form);
    else if (what === LEAVE) later.push(() => asked.get(form)?.judge(false, tell));
    // While a person types only what is mended is told.
    else if (what === INPUT) later.push(() => asked.get(form)?.judge(false, (...it) => it[2].toldCode || tell(...it)));
  }
  hear.add(heard);
  await Promise.all(forms.map(read));
  return {
    end() {
      hear.delete(heard);
      for (const form of forms) form.schema = undefined;
    },
  };
}
