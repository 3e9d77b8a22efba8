import { createSSRApp } from "vue";
import { App } from "./app.js";

const app = createSSRApp(App, { onLeave: () => app.unmount() });
app.mount("#app");
