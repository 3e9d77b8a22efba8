/**
 * Defines `<podskazka-help>`. A press on it opens help; the page's own button inside is used, else it shows one.
 *
 * @example <podskazka-help site="demo" endpoint="https://help.example.ru/" view="ticket"></podskazka-help>
 */
export {};

declare global {
  interface HTMLElementTagNameMap {
    "podskazka-help": HTMLElement;
  }
}
