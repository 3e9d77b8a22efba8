// The widget for the time that a component stands.
import { onMounted, onUnmounted, shallowRef } from "vue";
import { join, leave } from "./share.js";

export function usePodskazka(options) {
  const help = shallowRef(null);
  onMounted(() => (help.value = join(options)));
  // A branch that was discarded before it stood has joined nothing.
  onUnmounted(() => help.value && leave(help.value));
  return help;
}

export function usePodskazkaEvent(name, listener) {
  onMounted(() => document.addEventListener(`podskazka:${name}`, listener));
  onUnmounted(() => document.removeEventListener(`podskazka:${name}`, listener));
}
