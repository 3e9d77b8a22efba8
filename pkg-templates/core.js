// The checks as plain JavaScript: pages, bundlers, Node.js, workers; no WebAssembly.
export { check, checkForm, checkMany, format, kinds } from "./parts/check.js";
