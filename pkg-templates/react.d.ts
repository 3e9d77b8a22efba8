import type { HelpElementAttributes } from "./element.js";
import type { InitOptions, Podskazka, PodskazkaEvents } from "./index.js";

/**
 * The widget while a component stands. Components share one; it leaves the page with the last of them.
 *
 * @param options - read once, at the first start
 * @returns the widget, `null` on the server and before the first effect
 * @example
 * function Help() {
 *   const help = usePodskazka({ site: "demo" });
 *   return <button type="button" onClick={() => help?.open("ticket")}>Написать в поддержку</button>;
 * }
 */
export function usePodskazka(options?: InitOptions): Podskazka | null;

/**
 * Calls `listener` at every event while the component stands.
 *
 * @example usePodskazkaEvent("submitted", (event) => setNumber(event.detail.number));
 */
export function usePodskazkaEvent<K extends keyof PodskazkaEvents>(
  name: K,
  listener: (event: CustomEvent<PodskazkaEvents[K]>) => void,
): void;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      /** The element of `podskazka/element`. @example <podskazka-help view="ticket" /> */
      "podskazka-help": DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & HelpElementAttributes;
    }
  }
}
