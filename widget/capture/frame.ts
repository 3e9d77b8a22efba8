/** Has an SVG drawn by the frame: see `raster.ts`. */

import type { Drawing } from "./draw";
import type { Places } from "./settle";

/** For the frame to be there, and then to draw: so many looks, each after so many ms. A file that stays silent is another file. */
const THERE = 100;
const DRAWN = 160;
const STEP = 50;

export function drawnInFrame(address: URL, drawing: Drawing): Promise<[Blob, Places?]> {
  const frame = document.createElement("iframe");
  // Not `display: none`: a browser may leave the drawing out. Hidden so, it is in no order of Tab and in no tree of a screen reader.
  frame.style.cssText = "position:fixed!important;border:0!important;visibility:hidden!important";
  // Shares of the window are those of the picture.
  frame.width = `${drawing.width}`;
  frame.height = `${drawing.height}`;
  frame.src = address.href;
  const stop = new AbortController();
  return new Promise<[Blob, Places?]>((done, failed) => {
    let left = THERE;
    // A frame that was taken out, with the panel it stands in, will not answer.
    const timer = setInterval(() => (frame.isConnected && left--) || failed(), STEP);
    stop.signal.onabort = () => clearInterval(timer);
    const heard = ({ source, data }: MessageEvent) => {
      if (source !== frame.contentWindow || data !== "podskazka:raster") return;
      left = DRAWN;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data: answer }) => (Array.isArray(answer) ? done(answer as [Blob, Places?]) : failed(answer));
      frame.contentWindow?.postMessage(drawing, address.origin, [port2]);
    };
    addEventListener("message", heard, { signal: stop.signal });
    // In the panel, so that it goes with it.
    (document.querySelector("podskazka-panel")?.shadowRoot ?? document.body).append(frame);
  }).finally(() => {
    stop.abort();
    frame.remove();
  });
}
