// The checks as WebAssembly, ready after the import.
import { readFileSync } from "node:fs";
import { check, checkForm, checkMany, explain, format, initSync, kinds } from "./node/check.js";

initSync({ module: readFileSync(new URL("./node/check_bg.wasm", import.meta.url)) });
export { check, checkForm, checkMany, explain, format, kinds };
