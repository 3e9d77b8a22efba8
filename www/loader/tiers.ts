/** Loads a tier by its address: WebAssembly where the page's policy allows it, else the JS build with the same exports. */

import { make } from "./make";

/** Filled in by `cargo xtask pkg`: the sha256 of `digests.js`, which holds the sha384 of the other files. Empty elsewhere. */
declare const DIGESTS: string;

export type Build = "wasm" | "js";
interface Module {
  default?: (from?: unknown) => Promise<unknown>;
}
export interface Tiers {
  readonly build: Build;
  /** Address of the folder of our files; ends with a slash. */
  readonly base: string;
  /** A tier by its name (`fields`), a script (`capture.js`), or the text of a file (`words.ru.txt`). A language of the site's own takes its place: lang.ts. */
  load: <T>(name: string) => Promise<T>;
}

/** The address of a folder, seen from the page, with one slash at its end. */
export const folder = (address: string): string => new URL(address.replace(/\/*$/, "/"), document.baseURI).href;

const TABLE = "digests.js";
/** What is here, or on its way; what has failed is asked for anew. */
const loaded: Record<string, Promise<unknown>> = {};

/** Does the policy of the page let WebAssembly be compiled? Eight bytes are an empty module. */
function canCompile(): Build {
  try {
    // WebKit compiles under any policy and refuses the instance.
    new WebAssembly.Instance(new WebAssembly.Module(new TextEncoder().encode("\0asm\x01\0\0\0")));
    return "wasm";
  } catch {
    return "js";
  }
}

/** Waits until the module is here with the published bytes: a preload that fails its digest is never run. */
function preload(href: string, integrity: string): Promise<unknown> {
  let link: HTMLLinkElement;
  return new Promise((onload, failed) => {
    const onerror = () => failed(href + " was changed");
    link = make("link", { integrity, nonce: document.querySelector<HTMLElement>("script[nonce]")?.nonce, onerror, rel: "modulepreload", href, onload });
    // WebKit compares no digest of such a link: there the bytes are compared as a file, which the store of the browser then has.
    if (/A/.test(navigator.vendor)) fetch(href, { integrity }).then(onload, onerror);
    else document.head.append(link);
  }).finally(() => link.remove());
}

/** `build` names the build to take; without it the page's policy is tried out. */
export function byAddress(base: string, build?: Build): Tiers {
  const chosen = build ?? canCompile();

  /** A file as a module, a text or an answer; its bytes are the published ones. */
  async function file(name: string): Promise<unknown> {
    const url = base + name;
    const integrity = DIGESTS && (name === TABLE ? DIGESTS : (await load<{ default: Record<string, string> }>(TABLE)).default[name]);
    if (/js$/.test(name)) {
      if (DIGESTS) await preload(url, integrity);
      return import(/* webpackIgnore: true */ /* @vite-ignore */ url);
    }
    const answer = await fetch(url, { integrity });
    if (!answer.ok) throw answer.status + " " + url;
    return /txt$/.test(name) ? answer.text() : answer;
  }

  async function tier(name: string): Promise<unknown> {
    const plain = chosen === "js";
    const [module, wasm] = await Promise.all([file(`${plain ? "js/" : ""}${name}.js`) as Promise<Module>, plain || file(`${name}_bg.wasm`)]);
    await module.default?.({ module_or_path: wasm });
    return module;
  }

  function load<T>(name: string): Promise<T> {
    const key = base + chosen + name;
    return (loaded[key] ??= (name.includes(".") ? file(name) : tier(name)).catch((error) => {
      delete loaded[key];
      throw error;
    })) as Promise<T>;
  }
  return { build: chosen, base, load };
}
