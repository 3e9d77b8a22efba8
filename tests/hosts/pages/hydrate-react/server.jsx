import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { Page } from "./page.jsx";

process.stdout.write(`<!doctype html>${renderToString(<StrictMode><Page /></StrictMode>)}`);
