/** Has an SVG drawn by the frame: see `raster.ts`. */

import type { Drawing } from "./draw";

/** For the frame to answer: so many looks, each after so many ms. */
const LOOKS = 100;
const STEP = 50;

export function drawnInFrame(address: URL, drawing: Drawing): Promise<Blob> {
  const frame = document.createElement("iframe");
  // Not `display: none`: a browser may leave the drawing out. Hidden so, it is in no order of Tab and in no tree of a screen reader.
  frame.style.cssText = "position:fixed!important;width:0!important;height:0!important;border:0!important;visibility:hidden!important";
  frame.src = address.href;
  const stop = new AbortController();
  return new Promise<Blob>((done, failed) => {
    let left = LOOKS;
    // A frame that was taken out, with the panel it stands in, will not answer.
    const timer = setInterval(() => (frame.isConnected && left--) || failed(), STEP);
    stop.signal.onabort = () => clearInterval(timer);
    const heard = ({ source, data }: MessageEvent) => {
      if (source !== frame.contentWindow || data !== "podskazka:raster") return;
      frame.onload = null;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data: answer }) => (answer instanceof Blob ? done(answer) : failed(answer));
      frame.contentWindow?.postMessage(drawing, address.origin, [port2]);
    };
    // A file that is whole and stays silent is another file. WebKit runs the script late.
    frame.onload = () => setTimeout(failed, 2500);
    addEventListener("message", heard, { signal: stop.signal });
    // In the panel, so that it goes with it.
    (document.querySelector("podskazka-panel")?.shadowRoot ?? document.body).append(frame);
  }).finally(() => {
    stop.abort();
    frame.remove();
  });
}
