import { useState } from "react";
import { usePodskazka, usePodskazkaEvent } from "podskazka/react";

/** A form whose state lives in React: what a fix writes arrives in `onChange` like any typing. */
export function App({ onLeave }) {
  // In a folder of the site, as `vite build --base=/forms/` makes it: add base: "/forms/podskazka/", and put the files there.
  const help = usePodskazka({ site: "demo" });
  const [inn, setInn] = useState("");
  const [last, setLast] = useState("");
  usePodskazkaEvent("invalid", (event) => setLast(event.detail.code));

  return (
    <main>
      <h1>Запись на приём</h1>
      <form data-podskazka-form="appointment" onSubmit={(event) => event.preventDefault()}>
        <label htmlFor="inn">ИНН</label>
        <input id="inn" name="inn" data-podskazka="inn" value={inn} onChange={(event) => setInn(event.target.value)} />
        <button type="submit">Записаться</button>
      </form>
      <output>{inn}</output>
      <p id="last">{last}</p>
      <button type="button" id="write" onClick={() => help?.open("ticket")}>Написать в поддержку</button>
      <button type="button" id="leave" onClick={onLeave}>Уйти</button>
    </main>
  );
}
