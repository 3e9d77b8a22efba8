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
import { describing, roots, typed } from "./page";
import { Selectors } from "./selectors";
import { Sheets } from "./sheets";
import { assemble } from "./svg";
import { Walk } from "./walk";

const MAX_SCALE = 1.5;
const MAX_WIDTH = 1920;

/** The page as one SVG; nothing of it may be sent or kept as text. `said`: what was typed elsewhere; `draw` draws a frame of the page. */
export async function covered(core: Core, more?: { said: string; draw?: DrawFrame }, secrets: string[] = []): Promise<Drawing> {
  const pace = new Pace();
  const all = roots();
  for (const root of all) remember(root, secrets);
  const cover = new Cover(core, [typed(all), more?.said].join("\n"));
  const assets = new Assets(more?.draw);
  const declarations = new Declarations(assets, cover);
  const selectors = new Selectors(all.length > 1);
  const sheets = new Sheets({ selectors, declarations, assets });
  const rules = sheets.collect(all);
  if (pace.due()) await pace.rest();
  const marks = selectors.marks(all);
  const seen = await near(all, pace);
  const walk = new Walk({ cover, declarations, assets, pace, marks, roots: all, described: describing(all), near: seen, unreadable: sheets.unreadable });
  const into = walk.make("div");
  await walk.copy(document.documentElement, into);
  await cover.flush(pace);
  const width = innerWidth;
  const height = innerHeight;
  const html = into.firstElementChild;
  if (!html) throw new Error("no picture");
  const view = { width, height, x: scrollX, y: scrollY, inner: document.documentElement.clientWidth };
  const text = assemble(walk.document, html, rules, { ...view, clean: (css) => declarations.clean(css, document.baseURI) });
  const filled = await assets.all();
  const scale = Math.min(devicePixelRatio || 1, MAX_SCALE, MAX_WIDTH / width);
  return { svg: filled(text), width, height, scale };
}
