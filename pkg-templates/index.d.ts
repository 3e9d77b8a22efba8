import type { CheckContext, Code, FormSchema, FormSchemaError, Kind, Verdict, WarningCode } from "./core.js";

export type { CheckContext, Code, Complete, Edit, Fault, Fix, FixReason, Kind, Partial, Span, Verdict, Warning, WarningCode } from "./core.js";
export type { FormSchema, FormSchemaError, FormSchemaField, FormSchemaFiles, FormSchemaRule, FormSchemaStep, FormSchemaWhen } from "./core.js";

/** How the widget is set up. Every option may be left out. */
export interface Options {
  /**
   * Key of the site, given by whoever runs the server. It travels as the header `X-Site-Key`; it is no secret.
   *
   * @defaultValue none
   * @example init({ site: "demo" })
   */
  site?: string;
  /**
   * Address of the server that takes tickets and has the articles.
   *
   * @defaultValue the origin of the script; for the package, the origin of the page
   * @example init({ endpoint: "https://help.example.ru/" })
   */
  endpoint?: string;
  /**
   * Language of what a person reads: `ru`, `en`, or one of your own by {@link Options.texts}.
   *
   * @defaultValue the `lang` of the page where we have it, else `ru`
   * @example init({ lang: "ru" })
   */
  lang?: Locale;
  /**
   * Address of a file with the widget's sentences in a language of your own: `texts.ru.txt` of the package, translated. What it lacks
   * is said in Russian. A script tag says it by `data-texts`.
   *
   * @defaultValue `texts.LANG.txt` beside the files of the widget; asked for only where `lang` is none of ours
   * @example init({ lang: "tt", texts: "/help/texts.tt.txt" })
   */
  texts?: string;
  /**
   * Show the «Помощь» button in the corner. Without it, help opens by {@link Api.open} and {@link Api.attachTo}.
   *
   * @defaultValue true
   * @example init({ launcher: false })
   */
  launcher?: boolean;
  /**
   * Schemas of the page's forms: an address, where `{form}` stands for the form's name; or a schema, or a list of them,
   * by JavaScript. A form that holds a schema of its own is read from there. An address is asked once somebody does something on the page.
   * Its shape: {@link FormSchema}.
   *
   * @defaultValue none: fields are what their `data-podskazka` says
   * @example init({ schema: "/v1/schemas/{form}" })
   */
  schema?: string | FormSchema | readonly FormSchema[];
  /**
   * What the portal's own error codes mean, by code: the article, the topic of a letter, a sentence, a field. An object, or the address of
   * one as JSON, which is asked for when help is opened on such a code. It needs no form; a form's own schema goes before it.
   *
   * @defaultValue none: the article that names the code, else a search
   * @example init({ errors: { E42: { article: "data-check-failed", topic: "form" } } })
   */
  errors?: string | Readonly<Record<string, FormSchemaError>>;
  /**
   * Colours of the panel.
   *
   * @defaultValue auto
   * @example init({ theme: "dark" })
   */
  theme?: Theme;
  /**
   * What stands in the letter to support before the person writes, as with {@link Api.prefill}.
   *
   * @defaultValue nothing
   * @example init({ prefill: { topic: "form" } })
   */
  prefill?: Prefill;
  /**
   * Release of the portal: it goes with a letter, and support knows which code the person saw. At most 64 Latin letters, digits and
   * `-_.:/+`; anything else stays here. A script tag says it by `data-release`.
   *
   * @defaultValue none
   * @example init({ release: "2026.11.25+7" })
   */
  release?: string;
  /**
   * Tells the access check how the citizen's account stands.
   *
   * @defaultValue none: the check leaves the account out
   * @example init({ account: async () => (await fetch("/api/me")).ok ? "ok" : "out" })
   */
  account?: () => AccountState | Promise<AccountState>;
  /**
   * Further addresses that the access check tries, such as the one where people log in. The page's policy must allow
   * requests to them (`connect-src`).
   *
   * @defaultValue none: the page itself, the files of the widget, its server
   * @example init({ probes: ["https://login.example.ru/"] })
   */
  probes?: string[];
}

/** `ok`: logged in; `out`: not; `blocked`: the account is blocked; `expired`: the session has ended. */
export type AccountState = "ok" | "out" | "blocked" | "expired";

/** Options of the package, beside those of the script tag. */
export interface InitOptions extends Options {
  /**
   * Address of a folder with the published files (`dist/` of this package). With it, the parts are loaded from there, as
   * WebAssembly where the page's policy allows it. Without it they are JavaScript and come with your bundle.
   *
   * @defaultValue none: the parts come with the bundle; the articles come from `podskazka/` under `endpoint`
   * @example init({ base: "/assets/podskazka/" })
   */
  base?: string;
  /**
   * Which of the two builds to load from `base`. `js` spares the trial of WebAssembly, which a policy without
   * `'wasm-unsafe-eval'` reports as a violation. The script tag has `data-build` for it.
   *
   * @defaultValue what the policy of the page allows
   * @example init({ base: "/assets/podskazka/", build: "js" })
   */
  build?: Build;
}

/** `wasm`: WebAssembly; `js`: the same from JavaScript, for policies that forbid WebAssembly. */
export type Build = "wasm" | "js";
/** Languages that are there, or a tag of your own such as `tt` (BCP 47): {@link Options.texts}. */
export type Locale = "ru" | "en" | (string & {});
/** Colours of the panel; `auto` follows the device. */
export type Theme = "auto" | "light" | "dark";
/**
 * `help`: search and articles; `article`: the one that fits; `ticket`: a letter to support; `status`: own tickets;
 * `contacts`: other ways to ask; `settings`: text size, contrast, motion; `access`: the check «Не работает портал?».
 */
export type View = "help" | "article" | "ticket" | "status" | "contacts" | "settings" | "access";

/** What the panel opens with. */
export interface OpenParams {
  /**
   * Code of the error it is about.
   *
   * @defaultValue the error the page shows in `data-error-code`, or the last one of {@link Api.reportError}
   * @example open("article", { code: "inn.checksum", field: "inn" })
   */
  code?: FieldCode;
  /**
   * Name of the field it is about.
   *
   * @defaultValue none
   * @example open("ticket", { field: "snils" })
   */
  field?: string;
  /**
   * Name of the form (`data-podskazka-form`).
   *
   * @defaultValue the form used last
   * @example open("help", { form: "tax-registration" })
   */
  form?: string;
  /**
   * Id of an article.
   *
   * @defaultValue the article that fits the code and the field
   * @example open("article", { article: "inn" })
   */
  article?: string;
  /**
   * Number of a ticket of this browser.
   *
   * @defaultValue none
   * @example open("status", { ticket: "PS-00000001-X" })
   */
  ticket?: string;
}

/** An error of the portal's own. */
export interface ReportedError {
  /**
   * The portal's code. A code without a dot stands under `site.` afterwards: `E42` becomes `site.E42`.
   *
   * @example reportError({ code: "E42" })
   */
  code: string;
  /**
   * Name of the field.
   *
   * @defaultValue none
   * @example reportError({ code: "E42", field: "inn" })
   */
  field?: string;
  /**
   * Name of the form.
   *
   * @defaultValue none
   * @example reportError({ code: "E42", form: "refund" })
   */
  form?: string;
  /**
   * Id by which the portal finds the request in its own logs.
   *
   * @defaultValue none
   * @example reportError({ code: "E42", traceId: "4bf92f3577b34da6" })
   */
  traceId?: string;
}

/** What stands in the letter to support before the person writes. */
export interface Prefill {
  /**
   * Code of the topic.
   *
   * @defaultValue the topic that fits the form
   * @example prefill({ topic: "form" })
   */
  topic?: FormSchemaError["topic"];
  /**
   * Text of the letter.
   *
   * @defaultValue empty
   * @example prefill({ text: "Не проходит оплата." })
   */
  text?: string;
  /**
   * Фамилия, имя, отчество.
   *
   * @defaultValue empty
   * @example prefill({ name: "Иванова Анна Петровна" })
   */
  name?: string;
  /**
   * Phone or e-mail.
   *
   * @defaultValue empty
   * @example prefill({ contact: "anna@example.ru" })
   */
  contact?: string;
}

/** Code of an error beside a field: one of ours, which an editor completes, or one of the portal's own, such as `site.E42`. */
export type FieldCode = Code | WarningCode | (string & {});

/** Field events never carry a value. */
export interface FieldDetail {
  /** Name of the form: its `data-podskazka-form`. */
  readonly form: string;
  /** Name of the field: its `name`, else its `id`. */
  readonly field: string;
  /** Code of the error; empty where there is none. */
  readonly code: FieldCode;
}

/**
 * Events by name, and what `event.detail` holds. Each is also a bubbling, composed DOM event `podskazka:NAME`.
 */
export interface PodskazkaEvents {
  /** The widget stands. @example on("ready", (e) => console.log(e.detail.version)) */
  ready: {
    /** Version of this copy. */
    readonly version: string;
    /** The build in use. */
    readonly build: Build;
  };
  /** A field has become right. @example on("valid", (e) => console.log(e.detail.field)) */
  valid: FieldDetail;
  /** A field shows an error. @example on("invalid", (e) => count(e.detail.code)) */
  invalid: FieldDetail;
  /** A repair was pressed. @example on("fix", (e) => count(e.detail.code)) */
  fix: FieldDetail;
  /**
   * A field with `data-podskazka-ask` was left with a value that is right in itself: answer with a promise of what is wrong with it, or of
   * nothing. `signal` is aborted when the text changes.
   *
   * @example on("ask", (e) => e.detail.answer(Promise.resolve({ code: "E42", message: "Такого номера нет в реестре." })))
   */
  ask: {
    /** Name of the form: its `data-podskazka-form`. */
    readonly form: string;
    /** Name of the field: its `name`, else its `id`. */
    readonly field: string;
    /** Aborted when the text changes, and when the widget ends. */
    readonly signal: AbortSignal;
    /** Takes the promise: of nothing where the value is right. */
    readonly answer: (
      coming: Promise<
        | {
            /** The portal's own code, such as `E42`. */
            code: string;
            /** The sentence that stands beside the field. */
            message: string;
          }
        | undefined
      >,
    ) => void;
  };
  /** «Всё равно отправить» was pressed. @example on("override", (e) => count(e.detail.codes.join())) */
  override: {
    /** Name of the form: its `data-podskazka-form`. */
    readonly form: string;
    /** Codes of the errors that stood there. */
    readonly codes: readonly FieldCode[];
  };
  /** The panel opens. @example on("open", (e) => console.log(e.detail.view)) */
  open: {
    /** The part that is shown. */
    readonly view: View;
  };
  /** The panel closes; the view that stood open. @example on("close", () => player.play()) */
  close: {
    /** The part that was shown last. */
    readonly view: View;
  };
  /** A picture is about to be taken; `preventDefault()` keeps it from being. @example on("capture", (e) => e.preventDefault()) */
  capture: {
    /** What is about to be taken. */
    readonly kind: "picture";
  };
  /**
   * A letter is about to go. Edit `event.detail`, or keep it from going with `preventDefault()`.
   *
   * @example on("beforesend", (e) => { e.detail.text += "\n(из кабинета)"; })
   */
  beforesend: Ticket;
  /** A letter waits and is sent again by itself; `network`: the server was not reached, or asked for patience. @example on("queued", (e) => console.log(e.detail.code)) */
  queued: {
    /** Why it waits. */
    readonly code: "network";
  };
  /** A letter, or words added to a ticket, were taken. @example on("submitted", (e) => console.log(e.detail.number)) */
  submitted: {
    /** Number of the ticket, such as `PS-00000001-X`. */
    readonly number: string;
  };
  /** A letter has become a ticket; its number is all that is told. @example on("ticket", (e) => setNumber(e.detail.number)) */
  ticket: {
    /** Number of the ticket, such as `PS-00000001-X`. */
    readonly number: string;
  };
  /** A letter, or a file of it, does not go as it is; `refused`: the server has said why, and the person reads it. @example on("senderror", (e) => console.log(e.detail.code)) */
  senderror: {
    /** Why it does not go. */
    readonly code: "refused";
  };
  /** An unmarked field seems to be of a kind. @example on("guess", (e) => console.log(e.detail.field, e.detail.kind)) */
  guess: {
    /** Name of the form; empty outside of a marked one. */
    readonly form: string;
    /** Name of the field: its `name`, else its `id`. */
    readonly field: string;
    /** What it seems to be. */
    readonly kind: Kind;
  };
  /** A field of a step that is not shown is needed: show the step. @example on("step", (e) => console.log(e.detail.step)) */
  step: {
    /** Name of the form: its `data-podskazka-form`. */
    readonly form: string;
    /** The step as the schema names it. */
    readonly step: string;
    /** Name of the field that is needed. */
    readonly field: string;
  };
  /** Answers that were not read yet have come, or were read. @example on("unread", (e) => badge(e.detail.count)) */
  unread: {
    /** How many there are now; 0 when all have been read. */
    readonly count: number;
  };
  /**
   * The citizen rated an article (`helped`, `not-helped` or a reason, under its id), or a ticket (`number`, `score`).
   *
   * @example on("rated", (e) => count(e.detail))
   */
  rated: Readonly<Record<string, string | number>>;
  /** A fault of the setup: what is wrong and how to mend it. @example on("error", (e) => console.error(e.detail.message)) */
  error: {
    /** What is wrong: a name of {@link SetupFaults}. */
    readonly code: SetupCode;
    /** What to write instead, for the developer. */
    readonly message: string;
    /** The place, as {@link SetupFaults} has it for the code. */
    readonly path: string;
    /** Name of the form that it concerns. */
    readonly form?: string;
  };
}

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
   * the field's name; the message has the kind that was likely meant. Told when help is opened. What a schema says of a kind: `schema.kind`.
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

/** A letter to support as it goes to the server. */
export interface Ticket {
  /** Code of the topic; empty where the citizen chose none. */
  topic: NonNullable<FormSchemaError["topic"]> | "";
  /** The citizen's words. */
  text: string;
  /** Фамилия, имя, отчество. */
  name: string;
  /** Phone or e-mail. */
  contact: string;
  /** Code of the error that it is about. */
  code?: FieldCode;
  /** Name of the field that it is about. */
  field?: string;
  /** The form's state: shapes of what was typed; a value only of a field with `capture: value`. */
  snapshot: {
    /** Name of the form: its `data-podskazka-form`; empty where the page has none. */
    form: string;
    /** Its heading, with everything personal covered. */
    form_title: string;
    /** Origin and path of the page's address: no query, no fragment. */
    page: string;
    /** Id by which the portal finds the request in its own logs. */
    trace?: string;
    /** Step of the form that is shown, as its schema names it. */
    step?: string;
    /** The sentence of the error as the person reads it, with everything personal covered. */
    message?: string;
    /** Uncaught errors of the page by name: no message, no place. */
    errors?: {
      /** Name of its class, such as `TypeError`. */
      name: string;
      /** How often. */
      count: number;
    }[];
    /** Requests of the page that were answered by an error, by code of HTTP: no address, no body. */
    requests?: {
      /** Code of HTTP, 400 or more. */
      status: number;
      /** How often. */
      count: number;
    }[];
    /** Fields of the form, in its order. */
    fields: FieldState[];
  };
  /** Facts of the browser. */
  client: {
    /** The browser, as it names itself. */
    user_agent: string;
    /** Language of the browser (BCP 47), such as `ru-RU`. */
    language: string;
    /** Such as `Europe/Moscow`. */
    time_zone: string;
    /** Width and height of the window in CSS pixels, such as `390x844`. */
    viewport: string;
    /** Version of the widget. */
    version: string;
    /** Its build. */
    build: Build;
    /** Operating system, such as `Windows`. */
    os?: string;
    /** Percent: zoom of the browser and scale of the system together; on a phone what two fingers have made of it. */
    zoom?: number;
    /** `slow-2g`, `2g`, `3g`, `4g`, or `offline`; absent where the browser does not tell. */
    connection?: "slow-2g" | "2g" | "3g" | "4g" | "offline";
    /** Release of the portal, as the option `release` names it. */
    release?: string;
    /** Codes of the access check, where the citizen adds its result. */
    access?: string[];
  };
  /** What the citizen tried on this page before the letter, where the server takes it. */
  tried?: {
    /** Seconds from the first error to the letter. */
    since_error?: number;
    /** Oldest first, at most 20. */
    steps: {
      /** `submit`: the form did not go, it had errors; `refused`: the portal did not take it; `override`: «Всё равно отправить». */
      did: "submit" | "refused" | "override" | "fix" | "undo" | "question" | "article" | "helped" | "not_helped";
      /** Seconds before the letter. */
      ago: number;
      /** How often in a row, where more than once. */
      times?: number;
      /** Name of the field of a fix. */
      field?: string;
      /** Codes of the errors that it was about. */
      codes?: FieldCode[];
      /** Id of the article. */
      article?: string;
      /** The question, with everything personal covered. */
      text?: string;
    }[];
  };
  /** Tokens of files that have been sent; empty while the letter is still here. */
  uploads: string[];
  /** What the citizen has agreed to, where the site asks for it. */
  consent?: {
    /** Version of the text, as the server's settings name it. */
    version: string;
    /** Digest of the text that stood there, in hexadecimal. */
    sha256: string;
  };
}

/** State of one field as it leaves the page. */
export interface FieldState {
  /** Its `name`, else its `id`. */
  name: string;
  /** Its label, with everything personal covered. */
  label: string;
  /** Kind of the check; `text` where none is known. */
  kind: Kind;
  /** No error would stop a submit. */
  valid: boolean;
  /** Code of the error, where there is one. */
  code?: FieldCode;
  /** How long the text is: `short` up to 5 signs, `medium` up to 20; of a secret always `medium`. */
  length_class: "empty" | "short" | "medium" | "long";
  /** The hidden form of the text, such as `99-9**`. */
  shape: string;
  /** The beginning of the text, where the schema or `data-podskazka-capture` says `value`. */
  value?: string;
}

/** What the widget can do. After {@link Api.destroy} nothing comes back onto the page: `check` still answers, `shutdown` still wipes. */
export interface Api {
  /** Version of this copy. */
  readonly version: string;
  /** The build in use. */
  readonly build: Build;
  /** Fulfilled when the widget stands. @example await api.ready */
  readonly ready: Promise<Api>;
  /**
   * Opens the panel.
   *
   * @param view - the part to show; `help` where none is named
   * @example api.open("ticket")
   */
  open(view?: View, params?: OpenParams): Promise<void>;
  /** Closes the panel; what has been typed stays. @example api.close() */
  close(): Promise<void>;
  /** Opens the panel, or closes it. @example api.toggle() */
  toggle(view?: View, params?: OpenParams): Promise<void>;
  /** Shows the «Помощь» button. @example api.show() */
  show(): void;
  /** Hides the «Помощь» button. @example api.hide() */
  hide(): void;
  /**
   * Tells of an error of the portal's own: the next opening of the panel is about it, until a letter has gone.
   *
   * An element with `data-error-code` that the person can see does the same. `null` takes it back.
   *
   * @example api.reportError({ code: "E42", field: "inn", traceId: "4bf92f3577b34da6" })
   * @example api.reportError(null)
   */
  reportError(error: ReportedError | null): void;
  /** Opens one article. @example api.openArticle("inn") */
  openArticle(id: string): Promise<void>;
  /** Opens a ticket of this browser. @example api.openTicket("PS-00000001-X") */
  openTicket(number: string): Promise<void>;
  /** Writes into the letter what the portal knows. @example api.prefill({ contact: "anna@example.ru" }) */
  prefill(values: Prefill): void;
  /**
   * Says who the person is, by a token that the portal's own server has signed. Kept in memory, and with a letter that
   * waits for the network; {@link Api.shutdown} wipes it. `null` takes it back. A panel that is open goes on with what it had. A token that
   * the server does not take is told by the event `error`, code `identity.refused`.
   *
   * @example api.identify({ token: await (await fetch("/my/help-token")).text() })
   */
  identify(
    identity: {
      /** JWT (HS256) with `sub`, `exp` and, if you like, `name`. */
      token: string;
    } | null,
  ): void;
  /** Changes the language of hints and errors; a panel that is open speaks it from its next opening on. @example api.setLocale("ru") */
  setLocale(lang: Locale): void;
  /** Changes the colours, from the next opening on. @example api.setTheme("dark") */
  setTheme(theme: Theme): void;
  /**
   * Checks one value by the same rules as the fields. For a synchronous check import `podskazka/core`.
   *
   * @example const verdict = await api.check("inn", "7707083893")
   */
  check(kind: Kind, text: string, context?: CheckContext): Promise<Verdict>;
  /**
   * Opens the panel at a click on an element, or on whatever fits a selector, also later. A link leads nowhere then, unless the
   * person asks for another tab (Ctrl, ⌘, middle button).
   *
   * @returns ends it
   * @example const off = api.attachTo("#help-link", "help")
   */
  attachTo(target: Element | string, view?: View, params?: OpenParams): () => void;
  /**
   * Listens to an event. A listener of `ready` that comes late is called all the same.
   *
   * @returns ends it
   * @example const off = api.on("submitted", (event) => console.log(event.detail.number))
   */
  on<K extends keyof PodskazkaEvents>(name: K, listener: (event: CustomEvent<PodskazkaEvents[K]>) => void): () => void;
  /**
   * Changes options, and looks around for forms that have come. Needed after a change of the page only where no field of
   * the new form has been touched yet.
   *
   * @example api.update()
   */
  update(options?: Options): void;
  /** Log-out: forgets who the person is and wipes what this browser keeps. @example await api.shutdown() */
  shutdown(): Promise<void>;
  /** Leaves the page as it was. @example api.destroy() */
  destroy(): void;
}

/** `window.Podskazka`: the methods, and a call by name that also works before the script has loaded; it answers `undefined` then. */
export interface Podskazka extends Api {
  /** @example window.Podskazka?.("open", "ticket") */
  <K extends Command>(name: K, ...rest: Parameters<Api[K]>): ReturnType<Api[K]> | undefined;
}

/** Names that a call by name takes. */
export type Command = Exclude<keyof Api, "version" | "build" | "ready">;

/**
 * Starts the widget, once for the page: a second call returns the first widget. On a server it returns one that does
 * nothing, so it may stand in code that is rendered there.
 *
 * @example
 * const help = init({ site: "demo", endpoint: "https://help.example.ru/" });
 * help.on("submitted", (event) => console.log(event.detail.number));
 */
export function init(options?: InitOptions): Podskazka;

/** Events that the page sends to its form, `podskazka:NAME`; they bubble up to us. */
export interface PageEvents {
  /**
   * The page has sent the form by itself and it was taken: its draft goes.
   *
   * @example document.forms[0]?.dispatchEvent(new CustomEvent("podskazka:sent", { bubbles: true }))
   */
  sent: null;
  /**
   * What the server answered, as in RFC 9457: `code`, and `errors` with a `field` each. It stands at the fields until they are changed, in
   * the words of the form's schema or of the option `errors`, else in its own (`message`, `detail`, `title`). Help that is opened then is
   * about it, until the form is sent again.
   *
   * @example document.forms[0]?.dispatchEvent(new CustomEvent("podskazka:problem", { bubbles: true, detail: { code: "E42" } }))
   */
  problem: object;
}

type DomEvents = { [K in keyof PodskazkaEvents as `podskazka:${K}`]: CustomEvent<PodskazkaEvents[K]> } & {
  [K in keyof PageEvents as `podskazka:${K}`]: CustomEvent<PageEvents[K]>;
};

declare global {
  interface Window {
    /** The widget; before it has loaded, the stub that keeps calls. */
    Podskazka?: Podskazka;
  }
  interface DocumentEventMap extends DomEvents {}
  interface WindowEventMap extends DomEvents {}
  interface HTMLElementEventMap extends DomEvents {}
}
