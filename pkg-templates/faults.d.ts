/** What can be set up wrong: codes of the event `error`. */

import type { Api, init } from "./index.js";
import type { View } from "./options.js";

/** Codes of the event `error`, each with what its `path` holds and an example of what is right. A pointer is a JSON Pointer into the schema, such as `/fields/0/kind`. */
export interface SetupFaults {
  /**
   * `endpoint` is no address; the origin of the script is used. Write `https://help.example.ru/`.
   *
   * @example init({ endpoint: "https://help.example.ru/" })
   */
  "config.endpoint": "endpoint";
  /**
   * There is no such language and no file of texts for it; the last one stays. Write `ru` or `en`, or give `texts`.
   *
   * @example init({ lang: "ru" })
   */
  "config.lang": "lang";
  /**
   * `reportError` was called without a code.
   *
   * @example reportError({ code: "E42" })
   */
  "config.error": "code";
  /**
   * `open` was asked for a view that does not exist; help is shown. The message names those that do: {@link View}.
   *
   * @example open("contacts")
   */
  "config.view": "view";
  /**
   * There is no such option of {@link init} or parameter of {@link Api.open}; it does nothing. `path` is its name; the message says which are
   * there. Of a script tag only a slip of one of ours is told: others leave marks there, too. Told once a page, when help is opened.
   *
   * @example init({ theme: "dark" })
   */
  "config.option": string;
  /**
   * `data-podskazka` of a field names no kind, so nobody checks the field. `path` is a selector of the mark, without
   * the field's name; the message has the kind that was likely meant. Told when somebody first comes into a field, and when help is
   * opened. What a schema says of a kind: `schema.kind`.
   *
   * @example on("error", ({ detail }) => { if (detail.code === "config.kind") count(detail.message); })
   */
  "config.kind": string;
  /**
   * There is no such event: the listener is never called. The message names the one that was likely meant. Told when help is opened.
   *
   * @example on("submitted", (e) => setNumber(e.detail.number))
   */
  "config.event": "on";
  /**
   * There are no such colours; those of the device are taken. Told when help is opened.
   *
   * @example api.setTheme("dark")
   */
  "config.theme": "theme";
  /**
   * `identify` was given something else than an object with a `token`, or `null`: the person is nobody's. Told when help is opened.
   *
   * @example api.identify(null)
   */
  "config.identify": "identify";
  /**
   * `attachTo` was given no element, as where a selector found none: nothing opens help there. Give a selector, or an element that is there.
   * Told when help is opened.
   *
   * @example api.attachTo("#help-link")
   */
  "config.target": "attachTo";
  /**
   * The map of `errors` holds something else than a code's article, topic, message and field; help goes on with what it can read. `path`
   * is the place, such as `errors/E42/topic`; the message says what to write there. Told once a page, when help is opened.
   *
   * @example init({ errors: { E42: { article: "data-check-failed", topic: "form" } } })
   */
  "config.errors": string;
  /**
   * A call by name could not be made: no such method, or an argument that it cannot take; `path` is the name. Later calls are made.
   *
   * @example window.Podskazka?.("open", "ticket")
   */
  "config.command": string;
  /**
   * Hints and checks did not load; the next field that is touched tries again. Serve every file of the folder of the script.
   *
   * @example init({ base: "/podskazka/" })
   */
  "loader.fields": "";
  /**
   * The panel did not load; it opens when the network is back. Serve every file of the folder of the script.
   *
   * @example init({ base: "/podskazka/" })
   */
  "loader.panel": "";
  /**
   * `element.js` did not load: `<podskazka-help>` shows only what stands in it.
   *
   * @example init({ base: "/podskazka/" })
   */
  "loader.element": "";
  /**
   * No articles: `faq.pdk` did not come. The message names its address.
   *
   * @example init({ base: "/podskazka/" })
   */
  "articles.absent": "";
  /**
   * There is no article of this id: in the map of `errors` (`path` is `errors/CODE/article`), or in a call. Help is shown instead; the
   * message names the ids that are written most like it.
   *
   * @example init({ errors: { E42: { article: "data-check-failed" } } })
   */
  "articles.unknown": string;
  /**
   * The server's articles do not read: the message names the file and why. Those of the folder of the script are shown.
   *
   * @example on("error", (e) => { if (e.detail.code === "articles.broken") count(e.detail.message); })
   */
  "articles.broken": "";
  /**
   * The server did not take the token of {@link Api.identify}: signed with another key, malformed, or run out. A letter goes all the same,
   * as nobody's own. Sign a new one on your server (HS256 with the site's `identity_key`, `sub`, `exp`) and call `identify` again.
   *
   * @example on("error", async (e) => { if (e.detail.code === "identity.refused") api.identify({ token: await (await fetch("/my/help-token")).text() }); })
   */
  "identity.refused": "identify";
  /**
   * The server knows no site with this key: compare `data-site` with its settings. Told when a letter is begun.
   *
   * @example init({ site: "demo" })
   */
  "site-disabled": "";
  /**
   * The server's settings do not list the origin of this page among those of the site. Told when a letter is begun.
   *
   * @example on("error", (e) => { if (e.detail.code === "origin-not-allowed") count(location.origin); })
   */
  "origin-not-allowed": "";
  /**
   * The portal's error map did not come from its address, or is no object; `path` is the option.
   *
   * @example init({ errors: "/help/errors.json" })
   */
  "errors.load": "errors";
  /**
   * The `application/problem+json` in a form is not JSON.
   *
   * @example document.forms[0]?.dispatchEvent(new CustomEvent("podskazka:problem", { bubbles: true, detail: { code: "E42" } }))
   */
  "problem.json": "";
  /**
   * The schema did not come from its address.
   *
   * @example init({ schema: "/v1/schemas/{form}" })
   */
  "schema.load": "";
  /**
   * The schema is not JSON.
   *
   * @example JSON.stringify({ version: 1, form: "payer" } satisfies FormSchema)
   */
  "schema.json": "";
  /**
   * The schema is about another form: write the value of `data-podskazka-form` into `form`.
   *
   * @example ({ version: 1, form: "payer" } satisfies FormSchema)
   */
  "schema.form": "/form";
  /**
   * Not a fault of its own: because of the others, the last good schema of this address is used.
   *
   * @example on("error", (e) => { if (e.detail.code.startsWith("schema.")) count(e.detail.path); })
   */
  "schema.kept": "";
  /**
   * The schema is for another version of the format. A pointer.
   *
   * @example ({ version: 1, form: "payer" } satisfies FormSchema)
   */
  "schema.version": string;
  /**
   * A member that does not exist; the message names the nearest one. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "inn", kind: "inn" }] } satisfies FormSchema)
   */
  "schema.unknown": string;
  /**
   * A member that must be there is not. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "inn" }] } satisfies FormSchema)
   */
  "schema.missing": string;
  /**
   * A value of another type than the member takes. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "inn", required: true }] } satisfies FormSchema)
   */
  "schema.type": string;
  /**
   * Nothing stands where something must. A pointer.
   *
   * @example ({ version: 1, form: "payer", steps: [{ id: "who", title: "Кто платит" }] } satisfies FormSchema)
   */
  "schema.empty": string;
  /**
   * No whole number where one is needed, or more than 500 fields. A pointer.
   *
   * @example ({ version: 1, form: "payer", draft_hours: 24 } satisfies FormSchema)
   */
  "schema.number": string;
  /**
   * A word that the member does not know; the message names the nearest one. A pointer.
   *
   * @example ({ version: 1, form: "payer", language: "ru" } satisfies FormSchema)
   */
  "schema.choice": string;
  /**
   * There is no such kind; the message names the nearest one. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "inn", kind: "inn" }] } satisfies FormSchema)
   */
  "schema.kind": string;
  /**
   * A rule, a condition or an error names a field that is not in the schema. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "a" }, { name: "b" }], rules: [{ rule: "equal", first: "a", second: "b" }] } satisfies FormSchema)
   */
  "schema.field": string;
  /**
   * A field names a step that is not in `steps`. A pointer.
   *
   * @example ({ version: 1, form: "payer", steps: [{ id: "who" }], fields: [{ name: "inn", step: "who" }] } satisfies FormSchema)
   */
  "schema.step": string;
  /**
   * Described twice: keep one of them. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "inn" }, { name: "kpp" }] } satisfies FormSchema)
   */
  "schema.twice": string;
  /**
   * The lower bound is above the upper one. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "sum", kind: "money", min: 1, max: 1000 }] } satisfies FormSchema)
   */
  "schema.order": string;
  /**
   * A bound of the wrong sort: dates are bounded by days, all else by numbers. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "day", kind: "date", min: "2026-01-01" }] } satisfies FormSchema)
   */
  "schema.bound": string;
  /**
   * `pattern` goes beyond what both engines read alike. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "number", pattern: "[0-9]{3}" }] } satisfies FormSchema)
   */
  "schema.pattern": string;
  /**
   * `mask` is no mask. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "number", mask: "000-000" }] } satisfies FormSchema)
   */
  "schema.mask": string;
  /**
   * What stands in `selector` is no CSS selector. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "inn", selector: "#inn" }] } satisfies FormSchema)
   */
  "schema.selector": string;
  /**
   * `capture` of a field whose kind is a secret: it never leaves the page. A pointer.
   *
   * @example ({ version: 1, form: "payer", fields: [{ name: "code", kind: "sms_code", capture: "never" }] } satisfies FormSchema)
   */
  "schema.secret": string;
  /**
   * `messages` names a code that does not exist. A pointer.
   *
   * @example ({ version: 1, form: "payer", messages: { "inn.checksum": "В ИНН опечатка. Сверьте номер с документом." } } satisfies FormSchema)
   */
  "schema.code": string;
}

/** Code of the event `error`; a server of the API may have codes of its own. */
export type SetupCode = keyof SetupFaults | (string & {});
