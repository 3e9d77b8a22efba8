import { useState } from "react";
import { App } from "./app.jsx";

/** The whole document, as a framework renders it on a server: the example of React is its body. */
export function Page() {
  const [left, leave] = useState(false);
  return (
    <html lang="ru">
      <head>
        <meta charSet="utf-8" />
        <title>Запись на приём</title>
        <script type="module" src="/client.js" />
      </head>
      <body>{left ? null : <App onLeave={() => leave(true)} />}</body>
    </html>
  );
}
