// The widget for the time that a component stands. Several components share one.
import { useEffect, useRef, useState } from "react";
import { init } from "./index.js";

let users = 0;
let mine;

function end(it) {
  if (users || !mine) return;
  mine = false;
  it.destroy();
}

export function usePodskazka(options) {
  const [help, set] = useState(null);
  useEffect(() => {
    // A widget that a script tag has started is not ours to end.
    if (!users++) mine ||= !window.Podskazka?.version;
    const it = init(options);
    // The widget is a function: React would call it.
    set(() => it);
    // Strict mode and a change of the page take components away and put them back: the widget stays for that.
    return () => void (--users || setTimeout(end, 0, it));
  }, []);
  return help;
}

export function usePodskazkaEvent(name, listener) {
  const last = useRef(listener);
  useEffect(() => void (last.current = listener));
  useEffect(() => {
    const call = (event) => last.current(event);
    document.addEventListener(`podskazka:${name}`, call);
    return () => document.removeEventListener(`podskazka:${name}`, call);
  }, [name]);
}
