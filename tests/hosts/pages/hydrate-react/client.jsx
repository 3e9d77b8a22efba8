import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { Page } from "./page.jsx";

window.mended = [];
hydrateRoot(document, <StrictMode><Page /></StrictMode>, { onRecoverableError: (error) => window.mended.push(String(error)) });
