/**
 * Text size, language, contrast, motion, place and width of the panel, place of the «Помощь» button. They take effect at once and stay
 * in this browser.
 *
 * **Accessibility criteria**
 * - Each choice MUST be a button that says whether it is on; a press MUST leave the focus on it.
 * - The text size MUST not depend on the host page; the browser's own size is the base.
 */

import { unsize } from "./around/size";
import { button, make, Words, type Show } from "./part";

/** What the panel keeps in this browser from the first change on: widget/panel/src/settings.rs. */
interface Settings {
  /** Place in the list of sizes. */
  size?: number;
  contrast?: boolean;
  /** No motion, whatever the system says. */
  still?: boolean;
  wide?: boolean;
  /** Beside the page instead of over it, on wide screens. */
  docked?: boolean;
  /** Empty is the language of the page. */
  lang?: string;
}

const NAME = "podskazka.settings";
/** Corners of the «Помощь» button, in the order of their words. */
const CORNERS = ["right 0", "left 0", "right 100", "left 100"];
/** Languages by their own names. */
export const WORDS: Record<string, { name: string }> = { ru: { name: "Русский" }, en: { name: "English" } };

/** Where there is no storage, the settings live as long as the page. */
let now: Settings = {};
/** The button pressed last, where the press draws the view anew in another language. */
let pressed: string | undefined;

function read(): Settings {
  try {
    return (now = JSON.parse(localStorage[NAME] ?? "{}"));
  } catch {
    return now;
  }
}

export const show: Show = (place, given, act) => {
  let gone = false;
  const change = (more: Settings) => {
    now = { ...now, ...more };
    act("set", now);
  };

  (async () => {
    const words = new Words(await given.load<string>(`settings.${given.lang}.txt`), given.lang);
    if (gone) return;
    read();
    const choice = (name: string, ...inside: HTMLElement[]) =>
      make("div", {}, make("h3", { id: `pdk-${name}` }, words.say(name)), make("div", { class: "choice", role: "group", "aria-labelledby": `pdk-${name}` }, ...inside));
    const toggle = (text: string, id: string, on: boolean, press: () => void) => button("quiet", text, press, { id: `pdk-${id}`, "aria-pressed": `${on}` });
    const turn = (name: "contrast" | "still" | "docked" | "wide") => {
      const it: HTMLElement = toggle(words.say(name), name, !!now[name], () => {
        change({ [name]: !now[name] });
        it.setAttribute("aria-pressed", `${!!now[name]}`);
        if (name === "wide") unsize(place);
      });
      return make("p", {}, it);
    };
    const sizes = words.say("sizes").split("|").map((text, at) =>
      toggle(text, `size-${at}`, (now.size ?? 0) === at, () => {
        change({ size: at });
        sizes.forEach((it, of) => it.setAttribute("aria-pressed", `${of === at}`));
      }),
    );
    const tongues = Object.entries(WORDS).map(([lang, { name }]) =>
      make("span", { lang }, toggle(name, lang, lang === given.lang, () => {
        pressed = `#pdk-${lang}`;
        change({ lang });
      })),
    );
    const stand = document.querySelector(".pdk-launcher") && (await given.load<typeof import("../../../www/loader/place")>("place.js").catch(() => undefined));
    if (gone) return;
    const corners = words.say("corners").split("|").map((text, at) =>
      toggle(text, `corner-${at}`, stand?.now() === CORNERS[at], () => {
        stand?.put(CORNERS[at]);
        corners.forEach((it, of) => it.setAttribute("aria-pressed", `${of === at}`));
      }),
    );
    place.replaceChildren(
      choice("size", ...sizes),
      choice("tongue", ...tongues),
      ...(stand ? [choice("corner", ...corners)] : []),
      make("h3", {}, words.say("look")),
      turn("contrast"),
      turn("still"),
      make("div", { class: "broad" }, make("h3", {}, words.say("place")), turn("docked"), turn("wide")),
      make("p", { class: "hint" }, words.say("note")),
    );
    if (pressed) place.querySelector<HTMLElement>(pressed)?.focus();
    pressed = undefined;
  })().catch(() => act("failed"));

  return () => {
    gone = true;
    place.replaceChildren();
  };
};
