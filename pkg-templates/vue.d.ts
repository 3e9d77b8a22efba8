import type { HTMLAttributes, ShallowRef } from "vue";
import type { HelpElementAttributes } from "./element.js";
import type { InitOptions, Locale, Podskazka, PodskazkaEvents } from "./index.js";

/**
 * The widget while a component stands. Components share one; it leaves the page with the last of them.
 *
 * @param options - read once, at the first start
 * @returns the widget, `null` on the server and before the component is mounted
 * @example
 * const help = usePodskazka({ site: "demo" });
 * const write = () => help.value?.open("ticket");
 */
export function usePodskazka(options?: InitOptions): ShallowRef<Podskazka | null>;

/**
 * Calls `listener` at every event while the component stands.
 *
 * @example usePodskazkaEvent("submitted", (event) => console.log(event.detail.number));
 */
export function usePodskazkaEvent<K extends keyof PodskazkaEvents>(
  name: K,
  listener: (event: CustomEvent<PodskazkaEvents[K]>) => void,
): void;

/** Attributes of the element of `podskazka/element`. Tell the compiler of Vue that it is an element: `isCustomElement`. */
interface HelpElementProps extends HTMLAttributes, HelpElementAttributes {
  /** Language of the element. @defaultValue that of the page @example <podskazka-help lang="en" /> */
  lang?: Locale;
}

declare module "vue" {
  interface GlobalComponents {
    /** @example <podskazka-help view="ticket" /> */
    "podskazka-help": new () => { $props: HelpElementProps };
  }
}
