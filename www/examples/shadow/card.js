// A component of the page's own, with the help button inside its shadow root.
class ServiceCard extends HTMLElement {
  connectedCallback() {
    const help = document.createElement("podskazka-help");
    help.setAttribute("site", "demo");
    this.attachShadow({ mode: "open" }).append(help);
  }
}
customElements.define("service-card", ServiceCard);
