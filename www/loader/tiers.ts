/** Loads a tier by its address: WebAssembly where the page's policy allows it, else the JS build with the same exports. */

/** Filled in by `cargo xtask pkg`: the sha384 of `digests.js`, which holds those of the other files. Empty elsewhere. */
declare const DIGESTS: string;

export type Build = "wasm" | "js";
interface Module {
  default?: (from?: unknown) => Promise<unknown>;
}
export interface Tiers {
  readonly build: Build;
  /** Address of the folder of our files; ends with a slash. */
  readonly base: string;
  load: <T>(name: string) => Promise<T>;
}

/** Does the policy of the page let WebAssembly be compiled? Eight bytes are an empty module. */
function canCompile(): boolean {
  try {
    return !!new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  } catch {
    return false;
  }
}

/** Waits until the module is here with the published bytes: a preload that fails its digest is never run. */
function preload(url: string, integrity: string): Promise<unknown> {
  const link = document.createElement("link");
  if (!link.relList.supports("modulepreload")) return Promise.resolve();
  return new Promise((loaded, failed) => {
    link.rel = "modulepreload";
    link.integrity = integrity;
    link.onload = loaded;
    link.onerror = () => failed(new Error(`${url} did not load, or is not the published file`));
    link.href = url;
    document.head.append(link);
  }).finally(() => link.remove());
}

/** `build` names the build to take; without it the page's policy is tried out. */
export function byAddress(base: string, build?: Build): Tiers {
  const chosen = build ?? (canCompile() ? "wasm" : "js");
  let table: Promise<Record<string, string>> | undefined;

  async function digest(name: string): Promise<string> {
    const url = `${base}digests.js`;
    table ??= preload(url, DIGESTS).then(async () => (await import(/* webpackIgnore: true */ /* @vite-ignore */ url)).default);
    return (await table)[name];
  }
  async function script<T>(name: string): Promise<T> {
    const url = base + name;
    if (DIGESTS) await preload(url, await digest(name));
    return import(/* webpackIgnore: true */ /* @vite-ignore */ url);
  }

  return {
    build: chosen,
    base,
    async load<T>(name: string): Promise<T> {
      if (name.endsWith(".js")) return script(name);
      const module = await script<T & Module>(`${chosen === "js" ? "js/" : ""}${name}.js`);
      const wasm = `${name}_bg.wasm`;
      let from: unknown;
      if (chosen === "wasm") {
        const integrity = DIGESTS && (await digest(wasm));
        from = { module_or_path: DIGESTS ? fetch(base + wasm, { integrity }) : base + wasm };
      }
      await module.default?.(from);
      return module;
    },
  };
}
