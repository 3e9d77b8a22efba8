/** How the widget is set up, and what help is opened with. */

import type { FormSchema, FormSchemaError } from "./core.js";
import type { FieldCode } from "./events.js";
import type { Api } from "./index.js";

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
   * @defaultValue the origin of the script; for the package, that of `base`, else that of the page
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
   * one as JSON, which is asked for when help is opened on such a code, or when an answer of the server is to be shown beside the fields
   * (`podskazka:problem`). It needs no form; a form's own schema goes before it.
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
   * Further addresses that the access check tries, such as the one where people log in; `wss:` opens a WebSocket and
   * closes it. The page's policy must allow requests to them (`connect-src`).
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
   * WebAssembly where the page's policy allows it. Without it they are JavaScript and come with your bundle. The script tag has `data-base`
   * for it.
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
