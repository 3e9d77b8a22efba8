/**
 * A half-open range in UTF-16 code units of the text as it was typed, which is how JavaScript counts:
 * `text.slice(span.start, span.end)` is what stands there.
 */
export interface Span {
  /** First unit. */
  readonly start: number;
  /** The unit after the last. */
  readonly end: number;
}

/** Replace `start..end` of the typed text by `text`. */
export interface Edit extends Span {
  /** The new text. */
  readonly text: string;
}

/** A repair to offer; it is never done without a press of the person. */
export interface Fix {
  /** What it does, such as `swap` or `letter-for-digit`. */
  readonly reason: FixReason;
  /** The whole text after the repair, in the official spelling. */
  readonly value: string;
  /** The repair step by step. */
  readonly edits: readonly Edit[];
}

/** A doubt that never refuses the value. */
export interface Warning {
  /** Stable code `kind.doubt`, such as `inn.region`. Never renamed. */
  readonly code: WarningCode;
  /** Where the doubt lies, if in one place. */
  readonly span?: Span;
}

/** The value is whole and passes every check of its kind. */
export interface Complete {
  /** Tells the four answers apart. */
  readonly verdict: "complete";
  /** The form to store and to compare. */
  readonly canonical: string;
  /** The official spelling. */
  readonly display: string;
  /** What the number tells beyond itself, such as `{ holder: "person" }`; names and values are stable. */
  readonly facts: Readonly<Record<string, string>>;
  /** Doubts; empty as a rule. */
  readonly warnings: readonly Warning[];
}

/** Right so far, not enough yet. */
export interface Partial {
  /** Tells the four answers apart. */
  readonly verdict: "partial";
  /** Symbols to the nearest lawful length. */
  readonly missing: number;
  /** The lawful lengths. */
  readonly lengths: readonly number[];
  /**
   * What the number may have been, where its digits tell: with the zeros that a table has dropped (`zeros`), without a digit too many
   * (`extra`), with the one that is missing (`missing`). Empty as a rule.
   */
  readonly fixes: readonly Fix[];
}

/** An error. */
export interface Fault {
  /** Tells the four answers apart. */
  readonly verdict: "fault";
  /** Stable code `kind.fault`, such as `inn.checksum`. Never renamed. */
  readonly code: Code;
  /** Where the error lies. */
  readonly span: Span;
  /** What was expected there: signs, lengths, a bound; of check digits those that would fit (a fact: the slip may be elsewhere). */
  readonly expected: string;
  /** What was found there. */
  readonly found: string;
  /** At most three repairs; for СНИЛС and an ИНН of 12 digits every changed digit that fits, the likeliest first. */
  readonly fixes: readonly Fix[];
}

/** What a check says of a text. */
export type Verdict = Complete | Partial | Fault;

/** What a check may know beyond the text itself. */
export interface CheckContext {
  /**
   * Today as `YYYY-MM-DD`, for dates.
   *
   * @defaultValue the day of the local clock
   * @example check("birth_date", "05.03.1990", { today: "2026-03-31" })
   */
  today?: string;
  /**
   * БИК of the bank, for an account number.
   *
   * @defaultValue none: the account is checked as far as it can be alone
   * @example check("inn", "7707083893", { bik: "044525225" })
   */
  bik?: string;
}

/** A field that may be empty, and is. */
export interface Empty {
  /** Tells the four answers apart. */
  readonly verdict: "empty";
}

/** What a rule of the schema finds between fields. */
export interface Finding {
  /** Stable code, such as `form.account_bik`. Never renamed. */
  readonly code: Code | WarningCode;
  /** A doubt alone: the form may be sent. */
  readonly warning: boolean;
  /** Names of the fields it is about, the one to show it at first. */
  readonly fields: readonly string[];
}

/** The answer for one field of a form. */
export type FieldResult = {
  /** Name of the field, as the schema has it. */
  readonly name: string;
} & (
  | Complete
  | Empty
  | ((Partial | Fault) & {
      /** Name of the empty field that the value is complete for: an ИНН typed into the field of СНИЛС. Absent where there is none. */
      readonly target?: string;
    })
);

/** The answer for a whole form. */
export interface FormResult {
  /** May the form be sent? */
  readonly valid: boolean;
  /** One answer for each field that is asked for now, in the order of the schema. A text of no kind is complete as it stands; fields of files have no answer. */
  readonly fields: readonly FieldResult[];
  /** What stands between fields. */
  readonly findings: readonly Finding[];
}

/** Code of what is wrong with a schema. Never renamed. What each is about: `SetupFaults` of the widget's types. */
export type SchemaCode =
  | "schema.bound"
  | "schema.choice"
  | "schema.code"
  | "schema.empty"
  | "schema.field"
  | "schema.kind"
  | "schema.mask"
  | "schema.missing"
  | "schema.number"
  | "schema.order"
  | "schema.pattern"
  | "schema.secret"
  | "schema.selector"
  | "schema.step"
  | "schema.twice"
  | "schema.type"
  | "schema.unknown"
  | "schema.version";

/** One thing that is wrong with a schema. */
export interface SchemaProblem {
  /** JSON Pointer of the place, such as `/fields/0/kind`. */
  readonly path: string;
  /** Stable code, such as `schema.kind`. */
  readonly code: SchemaCode;
  /** What is wrong there and what to write instead. */
  readonly message: string;
}

/** What `checkForm` throws for a schema that cannot be used. */
export interface SchemaError extends TypeError {
  /** Everything that is wrong with it. */
  readonly problems: readonly SchemaProblem[];
}

/**
 * Checks one value.
 *
 * @param kind - name of a kind, such as `inn`; see {@link kinds}
 * @param text - the text as typed
 * @param context - today's date and sibling values
 * @returns what stands of the text; a wrong text never throws
 * @throws TypeError when the kind does not exist or an argument is not of its type; the message names the fix
 * @example
 * const verdict = check("inn", "7707083893");
 * if (verdict.verdict === "fault") console.log(verdict.code, verdict.fixes);
 */
export function check(kind: Kind, text: string, context?: CheckContext): Verdict;

/**
 * Checks the values of a form by its schema: kinds, bounds, conditions and the rules between fields, as the page does.
 *
 * @param schema - the schema as an object. An editor completes it where it is written as `const schema: FormSchema = {…}`; of an imported JSON file TypeScript knows too little, so say `schema as FormSchema`
 * @param values - the text of each field by its name; one that is left out counts as empty, a file is passed over
 * @param context - today's date, alone as `YYYY-MM-DD` or in an object
 * @throws {@link SchemaError} when the schema cannot be used, with the place and the fix of each problem; TypeError when a value is neither text nor file
 * @example
 * const schema: FormSchema = { version: 1, form: "payer", fields: [{ name: "inn", kind: "inn", required: true }] };
 * const { valid, fields } = checkForm(schema, { inn: "7707083893" });
 */
export function checkForm(
  schema: FormSchema,
  values: Readonly<Record<string, string | object | null | undefined>>,
  context?: string | Pick<CheckContext, "today">,
): FormResult;

/**
 * The official spelling of a complete value.
 *
 * @returns the spelling, or `null` while the value is not complete
 * @throws TypeError as {@link check}
 * @example format("snils", "11223344595") // "112-233-445 95"
 */
export function format(kind: Kind, text: string, context?: CheckContext): string | null;

/**
 * Checks a column of values, many times faster than one by one.
 *
 * @returns a byte for each text: 0 complete, 1 unfinished, 2 at fault
 * @throws TypeError as {@link check}, and when `texts` holds anything but strings
 * @example
 * const wrong = checkMany("snils", column).reduce((count, it) => count + (it === 2 ? 1 : 0), 0);
 */
export function checkMany(kind: Kind, texts: readonly string[], context?: CheckContext): Uint8Array;

/**
 * Names of all kinds.
 *
 * @example kinds().includes("snils")
 */
export function kinds(): Kind[];
