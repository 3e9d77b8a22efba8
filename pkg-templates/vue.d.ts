import type { ShallowRef } from "vue";
import type { InitOptions, Podskazka, PodskazkaEvents } from "./index.js";

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
