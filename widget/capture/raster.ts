/**
 * The frame in which a picture is drawn. A page's policy may forbid `data:` images; this file has headers of its own.
 *
 * It draws what it is sent and sends it back. Nothing is kept, nothing goes out: the frame's policy allows no request.
 */

import { draw, file, type Drawing } from "./draw";
import { settle } from "./settle";

addEventListener("message", async ({ data, ports: [port], source }: MessageEvent<Drawing>) => {
  if (source !== parent || !port) return;
  try {
    // Without it the picture is as well covered, only not as well in place.
    const places = await settle(data).catch(() => undefined);
    port.postMessage([await file(await draw(data)), places]);
  } catch (error) {
    port.postMessage(`${error}`);
  }
});
parent.postMessage("podskazka:raster", "*");
