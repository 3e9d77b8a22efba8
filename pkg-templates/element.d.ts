/**
 * Defines `<podskazka-help>`. A press on it opens help; the page's own button inside is used, else it shows one.
 *
 * @example <podskazka-help site="demo" endpoint="https://help.example.ru/" view="ticket"></podskazka-help>
 */
import type { Theme, View } from "./index.js";

/** Attributes of the element. */
export interface HelpElementAttributes {
  /** Key of the site; without one the element joins what the page starts. */
  site?: string;
  /** Address of the server. */
  endpoint?: string;
  /** Address of the schemas of the page's forms. */
  schema?: string;
  /** Address of what the portal's own codes mean. */
  errors?: string;
  /** Colours of the panel. */
  theme?: Theme;
  /** `on`: the button in the corner is there beside the element. */
  launcher?: "on" | "off";
  /** Release of the portal; it goes with a letter. */
  release?: string;
  /** Address of the folder with the published files. */
  base?: string;
  /** The build to load, without a trial of WebAssembly. */
  build?: "js" | "wasm";
  /** The part of help to open. */
  view?: View;
  /** Id of the article to open. */
  article?: string;
  /** Code of the error that help is about. */
  code?: string;
  /** Name of the field that it is about. */
  field?: string;
  /** Name of the form that it is about. */
  form?: string;
  /** Words of the element's own button. */
  label?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "podskazka-help": HTMLElement;
  }
}
