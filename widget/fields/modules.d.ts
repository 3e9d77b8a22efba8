/** What the scripts of this folder find when they are built, and events of ours: for the compiler alone. */

declare module "looks/*.css" {
  const css: string;
  export default css;
}
/** What wasm-bindgen writes. */
declare module "*/fields_bg.js";

interface Document {
  addEventListener(type: `podskazka:${string}`, listener: (event: CustomEvent) => void, options?: boolean | AddEventListenerOptions): void;
  removeEventListener(type: `podskazka:${string}`, listener: (event: CustomEvent) => void, options?: boolean | EventListenerOptions): void;
}
interface Window {
  Podskazka?: import("podskazka").Podskazka;
}
interface Navigator {
  globalPrivacyControl?: boolean;
}
