import { createApp } from "vue";
import { App } from "./app.js";

const app = createApp(App, { onLeave: () => app.unmount() });
app.mount("#app");
