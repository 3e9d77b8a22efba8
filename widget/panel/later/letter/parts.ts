/**
 * «Что мы отправим»: everything besides what is typed, each part with a switch, and the consent where the site asks for one.
 *
 * **Accessibility criteria**: everything that will be sent MUST be readable as text before it goes; what cannot be left out MUST say so.
 */

import { button, make, type FieldState } from "../part";
import { desk, type Room } from "./desk";

const language = () => navigator.language;
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
const viewport = () => `${innerWidth}x${innerHeight}`;
const version = () => (window as { Podskazka?: { version: string } }).Podskazka?.version ?? "";

/** Facts of the browser that help an operator: `wire::Client`. */
export function client({ given, told }: Room): Record<string, unknown> {
  const off = (part: string) => desk.off.has(part);
  const browser = (text: string) => (off("browser") ? "" : text.slice(0, 300));
  const { os, zoom, connection, release } = told;
  return {
    user_agent: browser(navigator.userAgent),
    language: browser(language()),
    time_zone: browser(zone()),
    viewport: browser(viewport()),
    ...(!off("browser") && { os, zoom, connection }),
    ...(off("versions") ? { version: "", build: "" } : { version: version(), build: given.build, release }),
    access: off("access") ? [] : desk.access,
  };
}

function fieldRow({ words }: Room, it: FieldState): HTMLElement {
  const state = it.code ? `${words.say("field.fault")} (${it.code})` : words.say(it.length_class === "empty" ? "field.empty" : it.valid ? "field.valid" : "field.fault");
  const shown = it.value ?? it.shape;
  return make("li", {}, `${it.label || it.name}: `, shown && make("code", {}, shown), shown && ", ", state);
}

export interface Parts {
  place: HTMLElement;
  /** The picture has come, or has been taken out. */
  picture: () => void;
}

/** `take`: another picture, of the whole page or of the window. */
export function parts(room: Room, take: (whole: boolean) => Promise<void>): Parts {
  const { given, told, words } = room;
  const { snapshot } = given;

  /** A part that may be left out. */
  function choice(name: string, label: string, ...more: (HTMLElement | string | false | "")[]): HTMLElement {
    const id = `pdk-part-${name}`;
    const inside = make("div", {}, ...more);
    const box = make("input", { type: "checkbox", id, checked: !desk.off.has(name) });
    const turn = () => {
      if (box.checked) desk.off.delete(name);
      else desk.off.add(name);
      inside.hidden = !box.checked;
    };
    box.addEventListener("change", turn);
    inside.hidden = !box.checked;
    return make("li", {}, make("p", { class: "check" }, box, make("label", { for: id }, label)), more.length > 0 && inside);
  }
  const must = (text: string) => make("li", {}, `${text} — ${words.say("what.must")}`);
  const fact = (name: string, value?: string) => !!value && must(`${words.say(name)}: ${value}`);

  const field = snapshot.fields.find((it) => it.name === given.field)?.label || given.field;
  const { os, zoom, connection, release } = told;
  const link = connection === "offline" ? words.say("link.none") : connection && words.say("link", { kind: connection });
  const facts = [os, navigator.userAgent, language(), zone(), viewport(), words.say("zoom", { percent: `${zoom}` }), link];
  const versions = [release && words.say("version.portal", { name: release }), words.say("version.help", { name: `${version()} (${given.build})` })];
  const joined = (all: (string | undefined)[]) => all.filter(Boolean).join(" · ");
  const problems = [
    ...told.errors.map(({ name, count }) => words.say("failures.error", { name, n: count })),
    ...told.requests.map(({ status, count }) => words.say("failures.request", { status: `${status}`, n: count })),
  ];
  const shot = make("li", { class: "shot" });
  const place = make(
    "section",
    { class: "parts", "aria-labelledby": "pdk-parts" },
    make("h3", { id: "pdk-parts" }, words.say("what")),
    make("p", { class: "hint" }, words.say("what.hint")),
    make(
      "ul",
      { class: "plain" },
      must(words.say("what.typed")),
      fact("what.code", given.code),
      !given.code && !!desk.unanswered && must(words.say("what.unanswered")),
      fact("what.field", field),
      fact("what.form", snapshot.form_title || snapshot.form),
      shot,
      !!told.message && choice("message", `${words.say("what.message")}: ${told.message}`),
      !!told.step && choice("step", `${words.say("what.step")}: ${told.step}`),
      !!snapshot.page && choice("page", `${words.say("what.page")}: ${snapshot.page}`),
      !!told.trace && choice("trace", `${words.say("what.trace")}: ${told.trace}`),
      problems.length > 0 && choice("problems", words.say("what.problems"), make("p", { class: "hint" }, words.say("what.problems.hint")), make("ul", {}, ...problems.map((it) => make("li", {}, it)))),
      snapshot.fields.length > 0 && choice("fields", words.say("what.fields"), make("p", { class: "hint" }, words.say("what.fields.hint")), make("ul", {}, ...snapshot.fields.map((it) => fieldRow(room, it)))),
      desk.access.length > 0 && choice("access", words.say("what.access"), make("ul", {}, ...desk.access.map((line) => make("li", {}, make("code", {}, line))))),
      choice("browser", `${words.say("what.browser")}: ${joined(facts)}`),
      choice("versions", `${words.say("what.versions")}: ${joined(versions)}`),
    ),
  );

  const canvas = make("canvas", { role: "img", "aria-label": words.say("picture.alt") });
  const wrong = make("p", { class: "error", hidden: true });
  function fault(name: string): void {
    wrong.textContent = words.say(name);
    wrong.hidden = false;
    room.panel.say(words.say(name));
  }
  async function edit(): Promise<void> {
    const now = desk.picture;
    if (!now) return;
    wrong.hidden = true;
    try {
      const { edit } = await given.load<{ edit: (picture: Blob, dialog: Element | null, place: object) => Promise<Blob | undefined> }>("editor.js");
      const changed = await edit(now.blob, place.closest("dialog"), now.place);
      if (!changed) return;
      desk.picture = { ...now, blob: changed, changed: true };
      whole.hidden = true;
      // The row stays: its button has the focus.
      await draw(canvas, changed);
    } catch {
      fault("no.editor");
    }
  }

  const whole = button("quiet", "", () => void again());
  const name = () => (whole.textContent = words.say(desk.picture?.place.whole ? "picture.window" : "picture.whole"));
  async function again(): Promise<void> {
    const before = desk.picture;
    if (!before || desk.taking) return;
    wrong.hidden = true;
    room.panel.say(words.say("picture.taking"));
    await take(!before.place.whole);
    const now = desk.picture;
    // The row stays: its button has the focus.
    if (!now || now === before) return fault("no.whole");
    room.panel.say(words.say("picture.taken"));
    name();
    await draw(canvas, now.blob);
  }

  /** Into a canvas: a `blob:` image would be refused by the policy of the page. */
  async function draw(canvas: HTMLCanvasElement, blob: Blob): Promise<void> {
    const bitmap = await createImageBitmap(blob);
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  }

  function picture(): void {
    if (desk.taking) shot.replaceChildren(words.say("picture.taking"));
    else if (!desk.picture) shot.replaceChildren();
    else {
      name();
      // Where the window shows all of the page, there is nothing more to show.
      whole.hidden = !!desk.picture.changed || document.documentElement.scrollHeight <= innerHeight;
      const row = choice("picture", words.say("picture"), canvas, make("p", { class: "choice end" }, whole, button("quiet", words.say("picture.edit"), () => void edit())), wrong);
      shot.replaceChildren(...row.childNodes);
      void draw(canvas, desk.picture.blob).catch(() => {});
    }
    shot.hidden = !shot.hasChildNodes();
  }
  picture();
  return { place, picture };
}

/** The consent: a document of its own, with its version; agreed to by its hash, so that another text asks anew. */
export function consent({ words, config }: Room): HTMLElement | undefined {
  const it = config.consent;
  if (!it) return;
  const box = make("input", { type: "checkbox", id: "pdk-consent", checked: desk.agreed === it.sha256, required: true, change: () => agree() });
  const agree = () => {
    desk.agreed = box.checked ? it.sha256 : "";
    box.removeAttribute("aria-invalid");
  };
  return make(
    "div",
    { class: "field" },
    make(
      "details",
      {},
      make("summary", {}, words.say("consent")),
      ...it.text.split(/\n{2,}/).map((text) => make("p", { class: "said" }, text)),
      make("p", { class: "hint" }, words.say("consent.version", { version: it.version })),
    ),
    make("p", { class: "check" }, box, make("label", { for: "pdk-consent" }, words.say("consent.agree"))),
  );
}
