/** What lies on the desk while a letter is written: it stays when the view is left, and is forgotten at a log-out. */

import type { Given, Panel, Words } from "../part";
import type { Slot } from "../outbox";
import type { Finder } from "../numbers";
import type { Tried } from "../tried";
import type { Told } from "./told";

export type Line = "topic" | "name" | "contact" | "text";

/** A chosen file. */
export interface Held {
  file: Blob;
  name: string;
  /** Bytes when it was chosen: a file that has gone from the disk since says 0. */
  size?: number;
}

/** What a site asks for: `GET /v1/config`. */
export interface Config {
  max_files?: number;
  max_file_bytes?: number;
  consent?: { version: string; sha256: string; text: string };
  official?: { title: string; url: string };
  /** Lines that the site leaves to the person. */
  optional?: Line[];
  /** It takes what was tried before. */
  tried?: boolean;
}

export interface Picture {
  blob: Blob;
  /** Where the page stood, in CSS pixels, and whether all of it is seen. */
  place: { x: number; y: number; whole: boolean };
  /** By the person: it is not taken anew, for what was hidden would be seen again. */
  changed?: boolean;
}

export interface Fault {
  pointer: string;
  code: string;
  message: string;
}

/** The panel's own module: what of the core the letter needs. */
export interface Core extends Finder {
  /** `code` of the error it is about; `optional`: lines that may be empty, between blanks. */
  faults: (topic: string, name: string, contact: string, text: string, code: string, optional: string) => Fault[];
  search: (text: string) => { id: string; title: string }[];
  /** Texts with everything personal covered, of `mode + text`: src/privacy/picture.rs. */
  cover: (lines: string, typed: string) => string;
}

const fresh = () => ({
  draft: { topic: "", name: "", contact: "", text: "" } as Record<Line, string>,
  files: [] as Held[],
  picture: undefined as Picture | undefined,
  /** Parts that are not to go. */
  off: new Set<string>(),
  /** Hash of the consent that was agreed to. */
  agreed: "",
  access: [] as string[],
  /** Numbers in the text that the person has left in. */
  left: new Set<string>(),
  /** Code of the question that the letter began with, where the search had no good answer. */
  unanswered: "",
  /** Key of the letter in the form, while it is on its way. */
  sending: "",
  /** Why the last try came back. */
  back: undefined as { faults: Fault[]; slot?: Slot; message?: string; gone?: boolean; late?: boolean } | undefined,
  /** The opening that the desk was laid for. */
  opening: undefined as Given | undefined,
  taking: undefined as Promise<void> | undefined,
});

export let desk = fresh();

if (typeof BroadcastChannel !== "undefined") {
  // A log-out: www/loader/wipe.ts.
  new BroadcastChannel("podskazka-outbox").onmessage = ({ data }) => void (data === "wipe" && (desk = fresh()));
}

/** The letter has gone; who wrote it stays for the next one. */
export function spent(): void {
  const { name, contact } = desk.draft;
  const { opening, agreed } = desk;
  desk = { ...fresh(), opening, agreed, draft: { topic: "", name, contact, text: "" } };
}

/** What every piece of the form has at hand. */
export interface Room {
  given: Given;
  words: Words;
  panel: Panel;
  core: Core;
  config: Config;
  /** What the page and the browser tell beside the form. */
  told: Told;
  /** As it goes, while its switch is on. */
  tried?: Tried;
  signal: AbortSignal;
}
