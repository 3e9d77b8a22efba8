/**
 * The browser's Back and Forward inside a panel that covers the page: Back goes one view back, from the first view it closes the panel,
 * Forward opens it again. The views are entries of a frame of ours, which shows nothing: the page's address, its state and its router
 * have no part in them. A panel beside the page leaves the history to the page.
 */

import { make, type Given } from "../part";

export function back(dialog: HTMLDialogElement, given: Given, act: (name: string, value?: unknown) => void): { look: () => void; end: () => void } {
  /** History of the frame; none where the page may not reach into it. */
  let own: History | undefined;
  /** The views by their places. */
  let trail: string[] = [];
  /** Where the browser stands: 0 is before the first view. */
  let depth = 0;
  /** A step of our own is under way. */
  let stepping = false;
  /** Where the page stood when the panel was opened. */
  let page = "";

  const here = () => JSON.stringify([location.href, history.state]);
  const covers = () => dialog.open && dialog.matches(":modal");

  function write(method: "pushState" | "replaceState", at: number): void {
    own?.[method]({ at }, "");
  }

  function step(by: number): void {
    stepping = true;
    depth += by;
    own?.go(by);
  }

  /** The panel shows another view. */
  function look(): void {
    const path = dialog.dataset.view;
    if (!own || stepping || !path || !covers() || path === trail[depth - 1]) return;
    if (depth > 1 && path === trail[depth - 2]) return step(-1);
    // There is no way back into a letter that has gone.
    if (path === "sent" && depth) {
      trail.splice(depth - 1, trail.length, path);
      return write("replaceState", depth);
    }
    if (!depth) page = here();
    trail.splice(depth, trail.length, path);
    write("pushState", ++depth);
  }

  function popped(event: PopStateEvent): void {
    const at = Number(event.state?.at ?? 0);
    if (stepping) {
      stepping = false;
      return look();
    }
    depth = at;
    if (at) act("to", trail[at - 1]);
    else act("close");
  }

  function closed(): void {
    if (covers()) return;
    // Where the page has gone on meanwhile, its own entry lies over ours: a step back would be the page's.
    if (depth && here() === page) step(-depth);
    else depth = 0;
  }

  /** The frame is there, for the first time or put into the page anew. */
  function begin(): void {
    (trail = []), (depth = 0), (stepping = false);
    try {
      const view = frame.contentWindow!;
      own = view.history;
      view.addEventListener("popstate", popped);
      // Else a phone's Back would close all at once. Esc is the panel's own.
      dialog.setAttribute("closedby", "none");
    } catch {
      own = undefined;
      dialog.removeAttribute("closedby");
    }
    look();
  }

  const frame: HTMLIFrameElement = make("iframe", { src: `${given.base}raster.html`, title: "Podskazka", hidden: true, load: begin });
  let ended = false;
  // A changed file stays out of the page: its bytes are compared before.
  given.load("raster.html").then(() => ended || dialog.after(frame), () => {});
  dialog.addEventListener("close", closed);
  return {
    look,
    end() {
      ended = true;
      dialog.removeEventListener("close", closed);
      dialog.removeAttribute("closedby");
      frame.remove();
    },
  };
}
