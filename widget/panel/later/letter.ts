/**
 * The letter to the support: written, shown in full before it goes, and what has become of it. Loaded with the articles, so that it
 * can be written when nothing can be loaded any more.
 */

import { client, consent, parts } from "./letter/parts";
import { desk, spent, type Config, type Core, type Fault, type Room } from "./letter/desk";
import { hangs, sent, waits } from "./letter/ends";
import { files } from "./letter/files";
import { erase, flush, note, restore } from "./letter/kept";
import { lines } from "./letter/lines";
import { answers, twin } from "./letter/offers";
import { official } from "./letter/official";
import { pictureOf } from "./letter/picture";
import { told } from "./letter/told";
import type { Slot, State } from "./outbox";
import { allowed, dress, make, panel as panelOf, Words, type Given, type Show } from "./part";
import { ask, key } from "./tickets/api";

type Outbox = typeof import("./outbox");

/** Name of the picture of the page among the files. */
const PICTURE = "picture.png";
const PATH = "tickets";

const CSS = `
.label { margin: 0; font-weight: 600; }
.files.over { outline: 3px dashed var(--main); outline-offset: 4px; }
.held { display: flex; flex-wrap: wrap; gap: .25em .75em; align-items: center; justify-content: space-between; }
.held span { flex: 1 1 8em; overflow-wrap: anywhere; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
.field > .note { margin: .75em 0 0; }
.note .hint { margin-bottom: .5em; }
.parts > ul > li { padding: .25em 0; }
.parts .check { margin: 0; }
.parts .check label { overflow-wrap: anywhere; min-width: 0; }
.check input { flex: none; }
progress { display: block; width: 100%; margin: .25em 0 .75em; accent-color: var(--main); }`;

let cached: Config | undefined;
/** The site's wishes; what cannot be asked is not wished, and the server says so later. */
async function wishes(given: Given): Promise<Config> {
  cached ??= (await ask<Config>(given, "config")).body;
  return cached ?? {};
}

/** What the page and the way here bring into a letter that is still empty. */
function lay(given: Given): void {
  const { draft } = desk;
  if (given !== desk.opening) {
    desk.opening = given;
    desk.picture = desk.taking = desk.back = undefined;
    // An error that has a topic says better what a new letter is about than the page does.
    if (given.topic && !draft.text) draft.topic = given.topic;
  }
  if (given.access) desk.access = given.access;
  delete given.access;
  const question = given.question?.trim();
  delete given.question;
  if (question && !draft.text) desk.unanswered = given.unanswered ?? "";
  draft.text ||= question ?? "";
  for (const name of ["topic", "name", "contact", "text"] as const) draft[name] ||= given.prefill?.[name] ?? "";
  draft.topic ||= given.snapshot.form ? "form" : "";
}

/** A letter that came back while nobody was there; what has been written since stays below it. */
async function back(outbox: Outbox): Promise<void> {
  const it = await outbox.takeBack(PATH);
  if (!it) return;
  const of = (name: string) => `${it.parcel.body[name] ?? ""}`;
  const since = desk.draft.text;
  desk.draft = { topic: of("topic"), name: of("name"), contact: of("contact"), text: [of("text"), since].filter(Boolean).join("\n\n") };
  it.parcel.slots.forEach((slot, at) => {
    if (!slot.picture) desk.files.push({ file: it.files[at], name: slot.name, size: it.files[at].size });
  });
  desk.back = { faults: it.parcel.refused ?? [], late: true };
  note(outbox);
}

/** The page's last word: it may edit the letter or keep it back. */

export const show: Show = (place, given, act) => {
  const panel = panelOf(act);
  const undress = dress(place, CSS);
  const life = new AbortController();
  const { signal } = life;
  let unwatch = () => {};

  (async () => {
    const [text, core, outbox, config] = await Promise.all([
      given.load<string>(`letter.${given.lang}.txt`),
      given.load<Core>("panel"),
      given.load<Outbox>("outbox.js"),
      wishes(given),
    ]);
    await restore(outbox);
    if (signal.aborted) return;
    const room: Room = { given, words: new Words(text, given.lang), panel, core, config, told: told(given, core), signal };
    lay(given);
    await back(outbox);
    if (!signal.aborted) form(room, outbox);
  })().catch(() => act("failed"));

  /** Another view in the same place: its heading takes the focus, and says what has happened. */
  function turn(title: string, inside: Node[]): void {
    panel.title(title);
    place.replaceChildren(...inside);
    place.closest("dialog")?.scrollTo(0, 0);
    requestAnimationFrame(() => !signal.aborted && (place.getRootNode() as ShadowRoot).querySelector<HTMLElement>("#pdk-title")?.focus());
  }

  function form(room: Room, outbox: Outbox): void {
    const { words, core, config } = room;
    const offers = answers(room);
    const letter = lines(room, offers.typed);
    const held = files(room);
    const what = parts(room, take);
    given.load<typeof import("./tried")>("tried.js").then((it) => it.tried(room, what.place), () => {});
    const agree = consent(room);
    const way = make("div", { hidden: true });
    const press = make("button", { type: "submit", class: "main" }, words.say("send"));
    const it = make(
      "form",
      {
        novalidate: true,
        input: () => note(outbox),
        submit: (event: SubmitEvent) => {
          event.preventDefault();
          offers.stop();
          void submit();
        },
      },
      letter.summary,
      official(room),
      twin(room),
      letter.place.topic,
      letter.place.name,
      letter.place.contact,
      letter.place.text,
      offers.place,
      held.place,
      what.place,
      agree,
      way,
      make("p", {}, press),
    );
    held.listen(it);
    document.addEventListener("visibilitychange", () => document.hidden && flush(outbox), { signal });
    place.replaceChildren(it);
    if (!desk.picture) void take(false).then(() => signal.aborted || what.picture());

    /** A picture, in the place of the one before if there is one. */
    async function take(whole: boolean): Promise<void> {
      // One that another showing of the letter has begun is waited for, and then seen.
      if (desk.taking) return desk.taking;
      const at = whole ? { x: 0, y: 0, whole } : { x: scrollX, y: scrollY, whole };
      const taking = pictureOf(given, whole).then((blob) => {
        if (desk.opening === given && blob) desk.picture = { blob, place: at };
      });
      desk.taking = taking;
      if (!desk.picture) what.picture();
      await taking;
      if (desk.taking === taking) desk.taking = undefined;
    }

    function busy(on: boolean): void {
      press.setAttribute("aria-disabled", `${on}`);
      press.textContent = words.say(on ? "sending" : "send");
      way.hidden = true;
    }

    function below(...inside: Node[]): void {
      way.replaceChildren(...inside);
      way.hidden = false;
    }

    function progress({ file, of, share }: Extract<State, { at: "sending" }>): void {
      const percent = Math.floor(share * 100);
      const said = words.say("sending.file", { n: file, of, percent: percent ? `${percent} %` : "" });
      below(make("p", { class: "hint" }, said), make("progress", { max: 100, value: percent || undefined, "aria-label": words.say("sending") }));
    }

    /** Why the letter came back, at its list of errors. */
    function returned(): void {
      const { back } = desk;
      if (!back) return;
      desk.back = undefined;
      const { faults, slot, message, gone, late } = back;
      const bare = message ? words.say("refused.why", { why: message }) : words.say("refused.bare");
      const title = slot?.picture
        ? words.say("picture.refused")
        : slot
          ? words.say(gone ? "files.gone" : "files.refused", { name: slot.name, why: message ?? "" })
          : late || faults.length
            ? words.say(late ? "refused.back" : "refused")
            : bare;
      letter.wrong(title, faults);
    }

    /** What the desk learns of it, whether the view is still there or not; once a letter. */
    function settle(state: State): void {
      if (state.at === "refused") desk.back = { ...state };
      else if (state.at === "file") {
        const { slot } = state;
        desk.back = { ...state, faults: [] };
        if (slot.picture) desk.off.add("picture");
        else desk.files.splice(desk.files.findIndex((it) => it.name === slot.name), 1);
      } else spent();
    }

    async function hear(state: State): Promise<void> {
      if (state.at === "sending") {
        if (!signal.aborted) progress(state);
        return;
      }
      if (state.at !== "waits") unwatch();
      // What this tab alone has stays on the desk until it is through.
      if (desk.sending === current && (state.at !== "waits" || state.kept)) {
        desk.sending = "";
        settle(state);
        note(outbox);
      }
      if (signal.aborted) return;
      // Each try that fails says so again: whoever reads is not to be taken back to the heading.
      const news = JSON.stringify(state);
      if (news === shown) return;
      shown = news;
      if (state.at === "sent") turn(words.say("sent"), sent(room, state, PICTURE));
      else if (state.at === "waits") {
        turn(words.say("waits"), waits(room, state, PICTURE, { bare: () => outbox.bare(current), again }));
        panel.say(hangs(room, state, PICTURE).join(" "));
      } else {
        await back(outbox);
        // Another text stands there now.
        if (desk.back?.faults.some((it) => it.pointer === "/consent")) {
          cached = undefined;
          room.config = await wishes(given);
        }
        if (signal.aborted) return;
        panel.say("");
        panel.title(words.say("title"));
        form(room, outbox);
      }
    }

    function again(): void {
      shown = "";
      panel.say(words.say("sending"));
      outbox.again(current);
    }

    let current = "";
    let shown = "";
    let pressed = false;
    async function submit(): Promise<void> {
      if (desk.sending || pressed) return;
      const { topic, name, contact } = desk.draft;
      const code = given.code || desk.unanswered || "";
      const faults: Fault[] = core.faults(topic, name.trim(), contact.trim(), desk.draft.text.trim(), code, config.optional?.join(" ") ?? "");
      if (config.consent && desk.agreed !== config.consent.sha256) faults.push({ pointer: "/consent", code: "consent-required", message: "" });
      if (faults.length) return letter.wrong(words.say("fix"), faults);
      letter.right();
      if (!letter.pass()) return;
      const { snapshot } = given;
      const off = (part: string) => desk.off.has(part);
      const on = <T>(part: string, it: T) => (off(part) ? undefined : it);
      if (desk.taking && !off("picture")) {
        // Nothing goes that the person has not seen.
        pressed = true;
        busy(true);
        panel.say(words.say("picture.taking"));
        await desk.taking;
        pressed = false;
        busy(false);
        if (signal.aborted) return;
        what.picture();
        if (!desk.picture) return submit();
        below(make("p", { class: "hint" }, words.say("picture.ready")));
        it.querySelector("#pdk-part-picture")?.scrollIntoView({ block: "nearest" });
        return panel.say(words.say("picture.ready"));
      }
      const ticket = {
        topic,
        text: desk.draft.text.trim(),
        name: name.trim(),
        contact: contact.trim(),
        code: code || undefined,
        field: given.field || undefined,
        snapshot: {
          ...snapshot,
          page: on("page", snapshot.page) ?? "",
          trace: on("trace", room.told.trace),
          step: on("step", room.told.step),
          message: on("message", room.told.message),
          errors: on("problems", room.told.errors),
          requests: on("problems", room.told.requests),
          fields: on("fields", snapshot.fields) ?? [],
        },
        client: client(room),
        tried: room.tried,
        consent: config.consent && { version: config.consent.version, sha256: config.consent.sha256 },
        uploads: [],
      };
      if (!allowed("beforesend", ticket)) return;
      const slots: Slot[] = desk.files.map(({ file, name }) => ({ key: key(), name, type: file.type }));
      const bytes = desk.files.map((it) => it.file);
      // Only a picture that was seen goes.
      if (desk.picture && !off("picture")) {
        slots.unshift({ key: key(), name: PICTURE, type: desk.picture.blob.type, picture: true });
        bytes.unshift(desk.picture.blob);
      }
      const about = { code: given.code || undefined, field: ticket.field, form: snapshot.form || undefined };
      const parcel = outbox.make(given, PATH, ticket, { slots, about });
      desk.sending = current = parcel.key;
      busy(true);
      panel.say(words.say("sending"));
      // From here on it lies in the outbox: one letter is not to be found twice.
      await erase(outbox);
      unwatch = await outbox.post(given, parcel, bytes, (state) => void hear(state));
    }

    if (desk.sending) {
      current = desk.sending;
      busy(true);
      unwatch = outbox.watch(current, (state) => void hear(state));
    }
    returned();
  }

  return () => {
    life.abort();
    undress();
    place.replaceChildren();
  };
};
