// The widget for the time that a component stands.
import { useEffect, useRef, useState } from "react";
import { join, leave } from "./share.js";

export function usePodskazka(options) {
  const [help, set] = useState(null);
  useEffect(() => {
    const it = join(options);
    // The widget is a function: React would call it.
    set(() => it);
    return () => leave(it);
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
