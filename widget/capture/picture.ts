/**
 * A picture of the window with everything personal covered: a covered copy of the page with the page's own rules, drawn as SVG.
 *
 * The picture depends on the shape of what is covered and on nothing else of it. A fault on the way means no picture: the
 * caller draws a simpler one.
 */

import { Assets, type DrawFrame } from "./assets";
import { remember } from "./controls";
import { Cover, type Core } from "./cover";
import { Declarations } from "./declarations";
import type { Drawing } from "./draw";
import { near } from "./near";
import { Pace } from "./pace";
import type { Plain } from "./plain";
import { describing, offered, roots, ticked, typed } from "./page";
import { Selectors } from "./selectors";
import { Sheets } from "./sheets";
import { assemble } from "./svg";
import { Walk } from "./walk";

const MAX_SCALE = 1.5;
const MAX_WIDTH = 1920;
/** Of a whole page, in pixels of the picture: what an iPhone draws at most, and what can still be read through. */
const MAX_AREA = 16_000_000;
const MAX_HEIGHT = 12_000;
const STEP = 512;

export interface Given {
  /** Brings what few pages need. */
  load: <T>(name: string) => Promise<T>;
  /** Is the picture held in its place by what stands in the window? */
  hold?: boolean;
  /** What was typed elsewhere. */
  said?: string;
  /** Draws a frame of the page. */
  draw?: DrawFrame;
}

/** The page as one SVG; nothing of it may be sent or kept as text. */
export async function covered(core: Core, { load, hold, said, draw }: Given, secrets: string[] = [], whole = false): Promise<Drawing & { fields: Element[] }> {
  const pace = new Pace();
  const { scrollHeight, clientWidth } = document.documentElement;
  const width = innerWidth;
  let scale = Math.min(devicePixelRatio || 1, MAX_SCALE, MAX_WIDTH / width);
  let height = innerHeight;
  if (whole) {
    // Shapes may need more room than the words they stand for. What is left over is cut off: the end of the real page tells nothing.
    height = Math.ceil((scrollHeight * 5) / 4 / STEP) * STEP;
    // What does not fit is drawn smaller, then cut off: letters of less than a pixel a pixel are read badly.
    scale = Math.min(scale, Math.max(1, Math.sqrt(MAX_AREA / width / height)));
    height = Math.floor(Math.min(height, MAX_HEIGHT / scale, MAX_AREA / width / scale / scale));
  }
  const all = roots();
  for (const root of all) remember(root, secrets);
  const cover = new Cover(core, [typed(all), said].join("\n"), offered(all));
  const assets = new Assets(draw);
  const declarations = new Declarations(assets, cover, height);
  const selectors = new Selectors(all.length > 1);
  const sheets = new Sheets({ selectors, declarations, assets });
  const rules = sheets.collect(all);
  if (pace.due()) await pace.rest();
  const computed = sheets.unreadable ? (await load<Plain>("plain.js")).computed : undefined;
  const choices = ticked(all);
  const marks = selectors.marks(all, choices);
  const seen = await near(all, pace, whole ? height - scrollY : undefined);
  const held = hold && [...seen].some((it) => it.scrollTop || it.matches("[aria-invalid=true]"));
  const anchors = held ? (await load<Plain>("plain.js")).anchors(seen, whole) : undefined;
  const walk = new Walk({ cover, declarations, assets, pace, marks, choices, roots: all, described: describing(all), near: seen, anchors, computed });
  const into = walk.make("div");
  await walk.copy(document.documentElement, into);
  await cover.flush(pace);
  const html = into.firstElementChild;
  if (!html) throw new Error("no picture");
  const view = { width, height, x: whole ? 0 : scrollX, y: whole ? 0 : scrollY, inner: clientWidth };
  const text = assemble(walk.document, html, rules, { ...view, clean: (css) => declarations.clean(css, document.baseURI) });
  const filled = await assets.all();
  return { svg: filled(text), width, height, scale, whole, fields: walk.fields };
}
