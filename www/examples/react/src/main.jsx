import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.jsx";

const root = createRoot(document.querySelector("#app"));
root.render(createElement(StrictMode, null, createElement(App, { onLeave: () => root.render(null) })));
