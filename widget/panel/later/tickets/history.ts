/**
 * What was said and done, oldest first. A later chat shows the same stream.
 *
 * **Accessibility criteria**: an ordered list; each entry MUST say who, what and when as text before its words.
 */

import { button, make } from "../part";
import { headers, type Event, type File } from "./api";
import type { Own } from "./own";
import type { Room } from "./view";

/** Bytes as a person reads them. */
function size(room: Room, bytes: number): string {
  return bytes < 1e6 ? room.words.say("kb", { n: Math.max(1, Math.round(bytes / 1e3)) }) : room.words.say("mb", { n: Math.round(bytes / 1e5) / 10 });
}

const ENDS: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "application/pdf": "pdf" };

/** Fetches a file with its token, which stands in no address, and hands it to the browser. */
async function fetchFile(room: Room, own: Own, file: File): Promise<boolean> {
  try {
    const url = `${room.given.endpoint}v1/tickets/${own.number}/attachments/${file.id}`;
    const answer = await fetch(url, { headers: headers(room.given, own), credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) return false;
    const href = URL.createObjectURL(await answer.blob());
    const download = `${own.number}-${file.id}.${ENDS[file.media_type] ?? "txt"}`;
    Object.assign(document.createElement("a"), { href, download }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    return true;
  } catch {
    return false;
  }
}

function fileRow(room: Room, own: Own, file: File): HTMLElement {
  const { words, panel } = room;
  const of = { size: size(room, file.size) };
  if (file.state !== "clean") return make("li", {}, words.say(`file.${file.state}`, of));
  const take = async () => {
    if (!(await fetchFile(room, own, file))) panel.say(words.say("file.failed"));
  };
  return make("li", {}, button("link", words.say("file", of), () => void take()));
}

/** One entry of the stream. */
export function entry(room: Room, own: Own, it: Event): HTMLElement {
  const { words } = room;
  const did = words.say(`did.${it.action ?? it.kind}`, { score: it.rating?.score ?? "" });
  return make(
    "li",
    { class: `entry ${it.actor}` },
    make("p", { class: "hint" }, make("strong", {}, words.say(`who.${it.actor}`)), ` · ${did} · `, make("time", { datetime: it.at }, words.time(it.at))),
    it.text && make("p", { class: "said" }, it.text),
    it.files?.length ? make("ul", {}, ...it.files.map((file) => fileRow(room, own, file))) : null,
  );
}

export const history = (room: Room, own: Own, events: Event[]): HTMLElement => make("ol", { class: "plain" }, ...events.map((it) => entry(room, own, it)));
