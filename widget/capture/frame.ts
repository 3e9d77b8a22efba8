/** Has an SVG drawn by the frame: see `raster.ts`. */

import type { Drawing } from "./draw";

/** For the frame to answer, in ms. */
const PATIENCE = 5000;

export function drawnInFrame(address: URL, drawing: Drawing): Promise<Blob> {
  const frame = document.createElement("iframe");
  // Not `display: none`: a browser may leave the drawing out. Hidden so, it is in no order of Tab and in no tree of a screen reader.
  for (const [name, value] of [["position", "fixed"], ["width", "0"], ["height", "0"], ["border", "0"], ["visibility", "hidden"]]) {
    frame.style.setProperty(name, value, "important");
  }
  frame.src = address.href;
  const stop = new AbortController();
  return new Promise<Blob>((done, failed) => {
    const timer = setTimeout(failed, PATIENCE);
    stop.signal.onabort = () => clearTimeout(timer);
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
