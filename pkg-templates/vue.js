// The widget for the time that a component stands. Several components share one.
import { onMounted, onUnmounted, shallowRef } from "vue";
import { init } from "./index.js";

let users = 0;
let mine;

function end(it) {
  if (users || !mine) return;
  mine = false;
  it.destroy();
}

export function usePodskazka(options) {
  const help = shallowRef(null);
  onMounted(() => {
    // A widget that a script tag has started is not ours to end.
    if (!users++) mine ||= !window.Podskazka?.version;
    help.value = init(options);
  });
  // A change of the page takes components away and puts others there: the widget stays for that.
  onUnmounted(() => void (--users || setTimeout(end, 0, help.value)));
  return help;
}

export function usePodskazkaEvent(name, listener) {
  onMounted(() => document.addEventListener(`podskazka:${name}`, listener));
  onUnmounted(() => document.removeEventListener(`podskazka:${name}`, listener));
}
