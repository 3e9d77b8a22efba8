/** A letter to support, as the event `beforesend` has it. */

import type { FormSchemaError, Kind } from "./core.js";
import type { FieldCode } from "./events.js";
import type { Build } from "./options.js";

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
      /**
       * `submit`: the form did not go, it had errors; `refused`: the portal did not take it; `override`: «Всё равно отправить»; `fix` and
       * `undo`: a repair was pressed, and taken back; `question`: a search; `article`: one was opened; `helped`, `not_helped`: what the
       * citizen said of it.
       */
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
