/**
 * The portal's own error codes, as a schema explains them: what a person reads, beside which field, which article «Почему?» opens, and the
 * topic of a letter. A code comes from a server's answer (`podskazka:problem`), from `data-error-code` of an element, or by `reportError`.
 */

import { TOLD } from "../../src/whats.js";

const CODE = "data-error-code";
const bare = (code) => `${code}`.replace(/^site\./, "");
const of = (errors, code) => (Object.hasOwn(errors, bare(code)) ? errors[bare(code)] : undefined);

/** What a schema says of an error of the server's: its words and its field go before those of the answer. */
export function explain({ errors, other }, { code, detail, field, message = detail }) {
  const it = of(errors, code);
  return it && { field: it.field ?? field, message: it.message ?? message ?? other };
}

export function errors({ config, forms, part, tell }) {
  /** Code that stands on the page, by form: it is not shown again before the form is sent. */
  const shown = new Map();
  /** Fields that carry a reported error, with its code: it does not stop the next submit. */
  const marked = new Map();
  const observer = new MutationObserver((records) => {
    const has = (node) => node.nodeType === 1 && (node.hasAttribute(CODE) || node.querySelector(`[${CODE}]`));
    if (records.some((it) => it.type === "attributes" || [...it.addedNodes].some(has))) config.trouble?.();
  });
  let watching;

  /** A code of the portal is known, or help is about to be opened on it. */
  function onReported({ detail }) {
    const known = forms.filter((it) => it.schema && of(it.schema.errors, detail.code));
    const form = known.find((it) => it.name === detail.form) ?? known[0];
    if (!form) return;
    const it = of(form.schema.errors, detail.code);
    for (const [name, value] of Object.entries({ form: form.name, article: it.article, topic: it.topic, field: it.field })) detail[name] ??= value;
    // `told`: it stands on the page already (summary.js).
    if (detail.told || shown.get(form) === detail.code) return;
    shown.set(form, detail.code);
    const text = it.message ?? form.schema.other;
    const field = form.fields.find(({ name }) => name === detail.field);
    const said = document.querySelector(`[${CODE}="${CSS.escape(bare(detail.code))}"]`);
    if (field) marked.set(field, detail.code);
    if (!said) part().then((it) => it?.merge(form, { errors: [{ code: detail.code, pointer: detail.field ?? "", message: text }] }));
    // The page says it in its own words: only the field is marked, and the focus stays.
    else if (field) {
      Object.assign(field, { toldCode: detail.code, toldText: text });
      tell(TOLD, form, field);
    }
  }

  /** «Почему?» at an error of the portal: the article and the topic go along. */
  function onWhy({ detail }) {
    const it = forms.map(({ name, schema }) => name === detail.form && schema && of(schema.errors, detail.code)).find(Boolean);
    if (it) for (const name of ["article", "topic"]) detail[name] ??= it[name];
  }

  /** A letter asks for the step that is shown: widget/panel/later/letter/told.ts. */
  const onGather = ({ detail }) => (detail.step ??= forms.find(({ name, schema }) => schema && name === detail.form)?.schema.step(detail.field));

  document.addEventListener("podskazka:gather", onGather);
  document.addEventListener("podskazka:reported", onReported);
  document.addEventListener("podskazka:why", onWhy, true);
  return {
    /** A schema has come: is there an error already? */
    look() {
      if (!watching) observer.observe(document, { childList: true, subtree: true, attributeFilter: [CODE] });
      watching = true;
      config.trouble?.();
    },
    /** The form is sent again: what was reported is no longer known to be so. */
    release(form, say) {
      shown.delete(form);
      for (const [field, code] of marked) {
        if (field.form !== form) continue;
        marked.delete(field);
        if (field.toldCode !== code) continue;
        Object.assign(field, { toldCode: "", toldText: "" });
        say(TOLD, form, field);
      }
    },
    end() {
      observer.disconnect();
      document.removeEventListener("podskazka:gather", onGather);
      document.removeEventListener("podskazka:reported", onReported);
      document.removeEventListener("podskazka:why", onWhy, true);
    },
  };
}
