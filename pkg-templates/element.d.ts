/**
 * Defines `<podskazka-help>`. A press on it opens help; the page's own button inside is used, else it shows one.
 *
 * @example <podskazka-help site="demo" endpoint="https://help.example.ru/" view="ticket"></podskazka-help>
 */
import type { FieldCode, Theme, View } from "./index.js";

/** Attributes of the element. */
export interface HelpElementAttributes {
  /**
   * Key of the site; without one the element joins what the page starts.
   *
   * @defaultValue none
   * @example <podskazka-help site="demo" />
   */
  site?: string;
  /**
   * Address of the server.
   *
   * @defaultValue the origin of the script
   * @example <podskazka-help endpoint="https://help.example.ru/" />
   */
  endpoint?: string;
  /**
   * Language of what a person reads: `ru`, `en`, or one of your own by `texts`.
   *
   * @defaultValue the `lang` of the page where we have it, else `ru`
   * @example <podskazka-help lang="ru" />
   */
  lang?: string;
  /**
   * Address of the schemas of the page's forms.
   *
   * @defaultValue none
   * @example <podskazka-help schema="/v1/schemas/{form}" />
   */
  schema?: string;
  /**
   * Address of what the portal's own codes mean.
   *
   * @defaultValue none
   * @example <podskazka-help errors="/help/errors.json" />
   */
  errors?: string;
  /**
   * Colours of the panel.
   *
   * @defaultValue auto
   * @example <podskazka-help theme="dark" />
   */
  theme?: Theme;
  /**
   * `on`: the button in the corner is there beside the element.
   *
   * @defaultValue off
   * @example <podskazka-help launcher="on" />
   */
  launcher?: "on" | "off";
  /**
   * Release of the portal; it goes with a letter.
   *
   * @defaultValue none
   * @example <podskazka-help release="2026.11.25+7" />
   */
  release?: string;
  /**
   * Address of a file with the widget's sentences in a language of your own, which the attribute `lang` of the element names.
   *
   * @defaultValue `texts.LANG.txt` beside the files of the widget; asked for only where `lang` is none of ours
   * @example <podskazka-help lang="tt" texts="/help/texts.tt.txt" />
   */
  texts?: string;
  /**
   * Address of the folder with the published files.
   *
   * @defaultValue the folder of the script
   * @example <podskazka-help base="/podskazka/" />
   */
  base?: string;
  /**
   * The build to load, without a trial of WebAssembly.
   *
   * @defaultValue tried out
   * @example <podskazka-help build="js" />
   */
  build?: "js" | "wasm";
  /**
   * The part of help to open.
   *
   * @defaultValue `article` where an article or a code is named, else `help`
   * @example <podskazka-help view="ticket" />
   */
  view?: View;
  /**
   * Id of the article to open.
   *
   * @defaultValue none
   * @example <podskazka-help article="inn" />
   */
  article?: string;
  /**
   * Code of the error that help is about.
   *
   * @defaultValue none
   * @example <podskazka-help code="inn.checksum" />
   */
  code?: FieldCode;
  /**
   * Name of the field that it is about.
   *
   * @defaultValue none
   * @example <podskazka-help field="inn" />
   */
  field?: string;
  /**
   * Name of the form that it is about.
   *
   * @defaultValue none
   * @example <podskazka-help form="refund" />
   */
  form?: string;
  /**
   * Words of the element's own button.
   *
   * @defaultValue «Помощь», in the language of the page
   * @example <podskazka-help label="Написать нам" />
   */
  label?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "podskazka-help": HTMLElement;
  }
}
