/** Entry `podskazka/element` of the package. */

import { define } from "./define";
// @ts-ignore the built entry of the package
import { init } from "./index.js";

define(init);
