/** The picture of the page for a letter: asked of the page first, then drawn with what the core covers. */

import type { capture } from "../../../capture/capture";
import { allowed, type Given } from "../part";

type Draw = typeof capture;
/** `whole`: the page to its end. `null` where the page keeps it from being made, or it cannot be: better none than one that shows too much. */
export async function pictureOf({ load, base, snapshot }: Given, whole: boolean): Promise<Blob | null> {
  if (!allowed("capture", { kind: "picture" })) return null;
  try {
    const [{ capture }, { cover }] = await Promise.all([load<{ capture: Draw }>("capture.js"), load<{ cover: Parameters<Draw>[0] }>("panel")]);
    // To the core a value without its field is a secret: this is the shape that the fields give one.
    const secret = cover("v", "");
    const secrets = snapshot.fields.filter((it) => it.shape === secret).map((it) => it.name);
    return await capture(cover, base, load, secrets, whole);
  } catch {
    return null;
  }
}
