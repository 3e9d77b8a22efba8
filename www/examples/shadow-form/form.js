// A component of the page's own that holds its whole form in a shadow root.
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class RefundForm extends HTMLElement {
  connectedCallback() {
    const form = element(
      "form",
      { "data-podskazka-form": "refund", action: "/sent" },
      element("label", { for: "inn" }, "ИНН"),
      element("input", { id: "inn", name: "inn", "data-podskazka": "inn", required: "" }),
      element("button", { type: "submit" }, "Отправить"),
    );
    this.attachShadow({ mode: "open" }).append(form);
  }
}
customElements.define("refund-form", RefundForm);
