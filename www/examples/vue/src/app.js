import { h, ref } from "vue";
import { usePodskazka, usePodskazkaEvent } from "podskazka/vue";

/** A form bound as `v-model` binds it; written with `h`, so that a strict policy needs no template compiler. */
export const App = {
  props: ["onLeave"],
  setup(props) {
    // In a folder of the site, as `vite build --base=/forms/` makes it: add base: "/forms/podskazka/", and put the files there.
    const help = usePodskazka({ site: "demo" });
    const inn = ref("");
    const last = ref("");
    usePodskazkaEvent("invalid", (event) => (last.value = event.detail.code));

    return () =>
      h("main", [
        h("h1", "Запись на приём"),
        h("form", { "data-podskazka-form": "appointment", onSubmit: (event) => event.preventDefault() }, [
          h("label", { for: "inn" }, "ИНН"),
          h("input", {
            id: "inn",
            name: "inn",
            "data-podskazka": "inn",
            value: inn.value,
            onInput: (event) => (inn.value = event.target.value),
          }),
          h("button", { type: "submit" }, "Записаться"),
        ]),
        h("output", inn.value),
        h("p", { id: "last" }, last.value),
        h("button", { type: "button", id: "write", onClick: () => help.value?.open("ticket") }, "Написать в поддержку"),
        h("button", { type: "button", id: "leave", onClick: props.onLeave }, "Уйти"),
      ]);
  },
};
