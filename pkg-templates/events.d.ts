/** What the widget tells the page, and what the page tells the widget. */

import type { Code, Kind, WarningCode } from "./core.js";
import type { SetupCode, SetupFaults } from "./faults.js";
import type { Build, View } from "./options.js";
import type { Ticket } from "./ticket.js";

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

/** The citizen rated a ticket. */
export interface RatedTicket {
  /** Number of the ticket, such as `PS-00000001-X`. */
  readonly number: string;
  /** From 1 to 5. */
  readonly score: number;
}

/** The citizen rated an article: under its id, did it help, and in a second event why not. */
export type RatedArticle = {
  /** Only a ticket has one. */
  readonly score?: undefined;
} & {
  /** Under the id of the article. */
  readonly [article: string]: "helped" | "not-helped" | RatedReason;
};

/** Why an article did not help: not clear what to do; about something else; done, and it did not work; out of date. */
export type RatedReason = "unclear" | "other" | "failed" | "outdated";

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
   * The citizen rated a ticket, or an article; `score` tells them apart.
   *
   * @example on("rated", ({ detail }) => (detail.score ? setNumber(detail.number) : count(Object.entries(detail))))
   */
  rated: RatedTicket | RatedArticle;
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
