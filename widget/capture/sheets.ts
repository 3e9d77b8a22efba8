/** The page's own rules as one text: far less work than to ask for the computed style of every element. */

import type { Assets } from "./assets";
import type { Declarations } from "./declarations";
import { OURS } from "./page";
import type { Selectors } from "./selectors";

type Tools = { selectors: Selectors; declarations: Declarations; assets: Assets };
type Root = Document | ShadowRoot;

/** Faces that the page has loaded; others would be asked for in vain. */
function loadedFaces(): Set<string> {
  const out = new Set<string>();
  for (const face of document.fonts) {
    if (face.status === "loaded") out.add(bare(face.family));
  }
  return out;
}
const bare = (family: string) => family.replace(/["']/g, "").toLowerCase();

export class Sheets {
  private readonly faces = loadedFaces();
  private readonly fonts: string[] = [];
  /** Sheets of another origin that may not be read. */
  unreadable = false;

  constructor(private readonly tools: Tools) {}

  /** Rules of the document and of each tree, trees first: a page may style the hosts of its own trees. */
  collect(roots: Root[]): string {
    const out: string[] = [];
    for (let tree = roots.length - 1; tree >= 0; tree--) {
      const root = roots[tree];
      for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) out.push(this.sheet(sheet, root, tree));
    }
    return this.fonts.join("\n") + this.tools.declarations.custom(out.join("\n"));
  }

  private sheet(sheet: CSSStyleSheet, root: Root, tree: number): string {
    const owner = sheet.ownerNode;
    if (sheet.disabled || (owner instanceof Element && owner.matches(OURS))) return "";
    if (sheet.media.mediaText && !matchMedia(sheet.media.mediaText).matches) return "";
    try {
      return this.rules(sheet.cssRules, sheet.href ?? document.baseURI, root, tree);
    } catch (error) {
      if ((error as Error).name !== "SecurityError") throw error;
      this.unreadable = true;
      return "";
    }
  }

  private rules(rules: CSSRuleList, base: string, root: Root, tree: number): string {
    let out = "";
    for (const rule of rules) out += this.rule(rule, base, root, tree);
    return out;
  }

  private rule(rule: CSSRule, base: string, root: Root, tree: number): string {
    const inner = (it: { cssRules?: CSSRuleList }) => (it.cssRules?.length ? this.rules(it.cssRules, base, root, tree) : "");
    if (rule instanceof CSSStyleRule) {
      const { selectorText } = rule;
      let own = rule.style.cssText;
      // Files of rules that match nothing here are not worth their loading.
      const far = own.includes("url(") && !matches(root, selectorText);
      own = this.tools.declarations.clean(own, far ? null : base);
      const nested = inner(rule);
      return own || nested ? `${this.tools.selectors.rewrite(selectorText, tree)}{${own}${nested}}\n` : "";
    }
    if (rule instanceof CSSMediaRule) return matchMedia(rule.conditionText).matches ? inner(rule) : "";
    if (rule instanceof CSSImportRule) return this.imported(rule, root, tree);
    if (rule instanceof CSSFontFaceRule) {
      if (this.faces.has(bare(rule.style.getPropertyValue("font-family")))) this.fonts.push(this.face(rule, base));
      return "";
    }
    if (rule instanceof CSSPageRule || rule instanceof CSSNamespaceRule) return "";
    const { cssText } = rule;
    const { name } = rule.constructor;
    if (/^CSS(SupportsRule|LayerBlockRule|ContainerRule|ScopeRule)$/.test(name)) {
      let head = cssText.slice(0, cssText.indexOf("{"));
      if (name === "CSSScopeRule") head = head.replace(/\(([^()]*)\)/g, (_, it: string) => `(${this.tools.selectors.rewrite(it, tree)})`);
      return `${head}{${inner(rule as CSSGroupingRule)}}\n`;
    }
    if (name === "CSSNestedDeclarations") return `${this.tools.declarations.clean((rule as CSSStyleRule).style.cssText, base)};`;
    if (/^CSS(Keyframes|LayerStatement|Property|CounterStyle)Rule$/.test(name)) return `${this.tools.declarations.clean(cssText, base)}\n`;
    return "";
  }

  private imported(rule: CSSImportRule, root: Root, tree: number): string {
    if (!rule.styleSheet) return "";
    const text = this.sheet(rule.styleSheet, root, tree);
    const { layerName } = rule as { layerName?: string | null };
    return layerName == null ? text : `@layer ${layerName}{${text}}`;
  }

  /** The first source that all browsers with a chance read. */
  private face(rule: CSSFontFaceRule, base: string): string {
    const { cssText, style } = rule;
    const source = style.getPropertyValue("src");
    const best = /url\([^)]*\)\s*(?:format\("?woff2[^)]*\))/i.exec(source)?.[0] ?? /url\([^)]*\)[^,]*/i.exec(source)?.[0];
    if (!best) return cssText;
    return this.tools.declarations.clean(cssText.replace(source, best), base, "font");
  }
}

function matches(root: Root, selector: string): boolean {
  try {
    return !!root.querySelector(selector.replace(/::[\w-]+(\([^)]*\))?|(?<!\\):(before|after|hover|active|focus)(?![\w-])/g, ""));
  } catch {
    // A selector that cannot stand alone, as one with `&` or `:host`.
    return true;
  }
}
