/** Tier 0, the file that a page loads first: reads the `data-…` of its own script tag and starts the widget. */

import type { InitOptions, Podskazka } from "podskazka";
import { start } from "./api";
import { byAddress, folder } from "./tiers";

const here = new URL(".", import.meta.url).href;

/** For `import { init } from "…/podskazka.js"` on a page without a bundler. */
export function init(options: InitOptions = {}): Podskazka {
  return start(options, () => byAddress(folder(options.base ?? here), options.build));
}

const tag = [...document.scripts].find((it) => it.src === import.meta.url);
if (tag) {
  init({ ...tag.dataset, launcher: tag.dataset.launcher !== "off" } as InitOptions);
}
