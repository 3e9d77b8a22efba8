/**
 * Tier 3: a picture of the window for a letter, on demand, with everything personal covered.
 *
 * First the page as it looks, drawn in a frame of ours; where that cannot be had, a plain drawing; else no picture. What is
 * covered the core decides, and a fault of the core leaves no picture at all.
 */

import type { Core } from "./cover";
import { drawnInFrame } from "./frame";
import type { Frames } from "./frames";
import { covered } from "./picture";
import type { Plain } from "./plain";

export type { Core };

/** Where the fields of the page stand in the picture. Only the editor asks, and nothing of it is sent. */
export type Taken = Blob & { places?: Map<Element, number[]> };

/**
 * `base` is the folder with our files. `load` brings what frames need, and compares digests; `secrets` are names of fields of which not even the shape may be seen. `whole`: the page from its
 * top to its end, as far as a picture may reach, instead of what the window shows of it; there is no plain drawing of that.
 */
export async function capture(core: Core, base: string, load: <T>(name: string) => Promise<T>, secrets?: string[], whole = false): Promise<Taken | null> {
  try {
    const frames = document.querySelector("iframe") && (await load<Frames>("frames.js").catch(() => null));
    const { fields, ...drawing } = await covered(core, { load, hold: true, ...frames?.of(window).inside(frames.of, core, load) }, secrets, whole);
    // A browser holds no frame to a digest: its bytes are compared before it may stand in the page.
    await load("raster.html");
    const [blob, places] = await drawnInFrame(new URL("raster.html", base), drawing);
    return Object.assign(blob, places && { places: new Map(places.map((it, at) => [fields[at], it])) });
  } catch {
    return whole ? null : (await load<Plain>("plain.js")).wireframe(core);
  }
}
