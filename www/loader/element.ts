/** `<podskazka-help>` beside the script: loaded by it where the page has one, or by a script tag of its own. */

import { define } from "./define";
// @ts-ignore the built file beside this one
import { init } from "./podskazka.js";

define(init);
