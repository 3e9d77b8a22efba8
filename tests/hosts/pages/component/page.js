// A form inside the open shadow root of the page's own component.
customElements.define(
  "claim-form",
  class extends HTMLElement {
    connectedCallback() {
      const form = document.createElement("form");
      form.setAttribute("data-podskazka-form", "claim");
      form.action = "/sent";
      for (const [kind, label] of [["inn", "ИНН"], ["phone", "Телефон"]]) {
        const row = document.createElement("p");
        const name = document.createElement("label");
        const input = document.createElement("input");
        name.htmlFor = input.id = input.name = kind;
        name.textContent = label;
        input.setAttribute("data-podskazka", kind);
        input.required = kind === "inn";
        row.append(name, " ", input);
        form.append(row);
      }
      const send = document.createElement("button");
      send.textContent = "Отправить";
      form.append(send);
      this.attachShadow({ mode: "open" }).append(form);
    }
  },
);
