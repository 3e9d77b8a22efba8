import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { App } from "./app.js";

const head = '<meta charset="utf-8"><title>Запись на приём</title><script type="module" src="/client.js"></script>';
renderToString(createSSRApp(App)).then((body) =>
  process.stdout.write(`<!doctype html><html lang="ru"><head>${head}</head><body><div id="app">${body}</div></body></html>`),
);
