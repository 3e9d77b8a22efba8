/**
 * Tier 3: a picture of the window for a letter, on demand, with everything personal covered.
 *
 * First the page as it looks, drawn in a frame of ours; where that cannot be had, a plain drawing; else no picture. What is
 * covered the core decides, and a fault of the core leaves no picture at all.
 */

import type { Core } from "./cover";
import { draw, file } from "./draw";
import { drawnInFrame } from "./frame";
import type { Frames } from "./frames";
import { covered } from "./picture";
import { wireframe } from "./wireframe";

export type { Core };

/**
 * `base` is the folder with our files; without one, as in a bundle of the page's own, the page itself has to draw. `load` brings what
 * frames need, and compares digests; `secrets` are names of fields of which not even the shape may be seen. `whole`: the page from its
 * top to its end, as far as a picture may reach, instead of what the window shows of it; there is no plain drawing of that.
 */
export async function capture(core: Core, base?: string, load?: <T>(name: string) => Promise<T>, secrets?: string[], whole = false): Promise<Blob | null> {
  try {
    const frames = document.querySelector("iframe") && (await load?.<Frames>("frames.js").catch(() => null));
    const drawing = await covered(core, frames?.of(window).inside(frames.of, core), secrets, whole);
    // A browser holds no frame to a digest: its bytes are compared before it may stand in the page.
    if (base) await load?.("raster.html");
    return await (base ? drawnInFrame(new URL("raster.html", base), drawing) : file(await draw(drawing)));
  } catch {
    return whole ? null : wireframe(core);
  }
}
