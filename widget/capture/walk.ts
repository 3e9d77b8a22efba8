/**
 * The covered copy of the page. It is built node by node in a document that shows nothing and loads nothing; what is not
 * known to be harmless is never put into it.
 */

import type { Assets } from "./assets";
import { BOXES, box, isClosed, isCode } from "./boxes";
import type { computed } from "./computed";
import { control } from "./controls";
import type { Cover, Group } from "./cover";
import type { Declarations } from "./declarations";
import { AT, STUCK } from "./names";
import { OPEN } from "./open";
import type { Pace } from "./pace";
import { APART, AWAY, CHOICES, CONTROLS, DATA, HEADS, HIDDEN, OURS, PUBLIC, WORDS, marks } from "./page";
import { HOST, TREE } from "./selectors";
import { STYLE } from "./svg";

const HTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";
/** Nothing of them is seen, but they count for `:first-child`. */
const UNSEEN = "script,style,template,noscript,link,meta,title,head,base,param,source,track,datalist,area,input[type=hidden i]";
const KEPT =
  "class id dir lang width height colspan rowspan span start reversed open disabled align valign border cellpadding cellspacing bgcolor color face size nowrap part type hidden name slot".split(" ");
/** Of drawings everything that draws; addresses lead to their own document. */
const NOT_SVG = /^(on|data-|aria-|xlink:|href$|src$|xml:|nonce|tabindex|role|style$)/;
/** Fallbacks for the covered: fixed, whatever there was. */
const COVERED = "••••••••";
const MAX_DEPTH = 400;
/** Children of which those that cannot be seen are counted only. */
const MANY = 200;
/** Declarations of a style that may tell a choice, or how far a slider is. */
const LOOKS = /(?<![\w-])(--|background|color|border|font|opacity|transform|translate|box-shadow|outline|text|fill|stroke|left|width)[\w-]*\s*:[^;]*/g;
/** Has children that are moved as the scrolled page has moved them. */
const SCROLLED = "pdk-scrolled";

const more = (to: Element, css: string) => to.setAttribute(STYLE, `${to.getAttribute(STYLE) ?? ""};${css}`);

interface Step {
  from: Node;
  into: Element;
  tree: number;
  /** Set where the words may be read. */
  group?: Group;
  depth: number;
  /** What is scrolled around it. */
  box?: Element;
}

export interface Tools {
  cover: Cover;
  declarations: Declarations;
  assets: Assets;
  pace: Pace;
  marks: Map<Element, string[]>;
  /** What tells of a choice, with the classes that it keeps: an icon in it may stand for the choice. */
  choices: Map<Element, string>;
  roots: (Document | ShadowRoot)[];
  described: Set<Element>;
  /** What can be seen, and what that stands in. */
  near: Set<Element>;
  anchors?: Map<Element, string>;
  /** Where some rules of the page could not be read. */
  computed?: typeof computed;
}

export class Walk {
  readonly document = document.implementation.createHTMLDocument("");
  /** In the order of their copies. */
  readonly fields: Element[] = [];
  private readonly steps: Step[] = [];
  /** Of elements that stand for several. */
  private readonly heights = new Map<Element, number>();

  constructor(private readonly tools: Tools) {}

  make = (name: string, space = HTML): Element => {
    try {
      return this.document.createElementNS(space, name);
    } catch {
      return this.document.createElementNS(HTML, "pdk-element");
    }
  };

  /** Copies `from` and what is below it into `into`. */
  async copy(from: Element, into: Element): Promise<void> {
    this.steps.push({ from, into, tree: 0, depth: 0 });
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      if (step.from instanceof Text) this.text(step.from, step);
      else if (step.from instanceof Element) this.element(step.from, step);
      if (this.tools.pace.due()) await this.tools.pace.rest();
    }
  }

  private text(from: Text, { into, group }: Step): void {
    if (!from.data) return;
    const to = this.document.createTextNode(OPEN ? from.data : "");
    into.append(to);
    if (OPEN) return;
    if (!from.data.trim()) to.data = from.data;
    else if (group) this.tools.cover.words(group, from.data, (text) => (to.data = text));
    else this.tools.cover.text(from.data, (text) => (to.data = text));
  }

  private element(from: Element, step: Step): void {
    if (from.matches(OURS)) return;
    if (from.matches(UNSEEN) || step.depth > MAX_DEPTH) {
      step.into.append(this.unseen(from));
      return;
    }
    const svg = from.namespaceURI === SVG;
    const tick = !OPEN && this.tools.choices.has(from);
    if (tick && (svg || from.matches("img,i[class]"))) return;
    if (svg && /^(image|foreignObject|script|style|title|desc|metadata)/.test(from.localName)) return;
    const boxed = from.matches(BOXES) || (!OPEN && isClosed(from)) || (!OPEN && svg && isCode(from));
    const to = boxed ? box(from, this.make, this.tools.assets) : this.make(from.localName, from.namespaceURI ?? HTML);
    const at = this.tools.anchors?.get(from);
    if (at !== undefined) to.setAttribute(AT, at);
    if (from.matches(CONTROLS)) {
      this.fields.push(from);
      to.setAttribute("pdk-f", "");
    }
    if (!OPEN && from.matches(CHOICES) && !(from instanceof HTMLInputElement)) {
      this.choice(from, to, step);
      return;
    }
    this.attributes(from, to, svg);
    for (const name of this.tools.marks.get(from) ?? []) to.setAttribute(name, "");
    if (step.tree) to.setAttribute(TREE, `${step.tree}`);
    step.into.append(to);
    if (boxed) return;
    if (!OPEN && from.matches(HIDDEN)) {
      this.hide(to);
      return;
    }
    if (from.matches(`${CONTROLS},progress,meter`) && control(from, to, this.tools.cover, this.make)) return;
    if (from.localName === "br" && step.group) this.tools.cover.words(step.group, " ", () => {});
    this.topLayer(from, to);
    if (from.matches(":focus-visible")) to.setAttribute("pdk-focus", "");
    if (step.box) this.stuck(from, to, step.box);
    if (!svg && this.away(from)) {
      // Its height holds what comes after it in place.
      const height = this.heights.get(from) ?? from.getBoundingClientRect().height;
      more(to, `box-sizing:border-box!important;height:${height}px`);
      return;
    }
    this.below(from, to, { ...step, box: this.scrolled(from, to) ?? step.box, group: OPEN ? undefined : this.reading(from, step.group), depth: step.depth + 1 });
  }

  private away(from: Element): boolean {
    if (this.tools.near.has(from)) return false;
    const { width, height } = from.getBoundingClientRect();
    // Without a box of its own, yet not without content: a slot, an element that is laid out as its children.
    return !!(width || height) || getComputedStyle(from).display === "none";
  }

  private unseen(from: Element): Element {
    const to = this.make("pdk-unseen");
    to.setAttribute(STYLE, "display:none!important");
    if (from.id) to.id = from.id;
    return to;
  }

  private below(from: Element, to: Element, step: Step): void {
    const { roots } = this.tools;
    const tree = from.shadowRoot ? roots.indexOf(from.shadowRoot) : 0;
    let children: Iterable<Node> = from.childNodes;
    let own = step.tree;
    if (from.shadowRoot && tree > 0) {
      to.setAttribute(HOST, `${tree}`);
      children = from.shadowRoot.childNodes;
      own = tree;
    } else if (from instanceof HTMLSlotElement && from.getRootNode() instanceof ShadowRoot) {
      const given = from.assignedNodes();
      if (given.length) {
        children = given;
        own = Math.max(roots.indexOf(given[0].getRootNode() as ShadowRoot), 0);
      }
    }
    const list = from.childElementCount > MANY ? this.fewer(from) : [...children];
    for (let at = list.length - 1; at >= 0; at--) this.steps.push({ ...step, from: list[at], into: to, tree: own });
  }

  /**
   * Children of a long list that can be seen, and one for each stretch of others that is as high as all of them. Stretches
   * are a multiple of twelve long: stripes of a table stay on their rows.
   */
  private fewer(from: Element): Node[] {
    const out: Node[] = [];
    const all = [...from.children];
    for (let at = 0; at < all.length; ) {
      let end = at;
      while (end < all.length - 1 && !this.tools.near.has(all[end])) end++;
      const count = end - at - ((end - at) % 12);
      if (count > 12) {
        // One stays and stands for the others, with the twelve before the next that is seen.
        this.heights.set(all[at], all[at + count - 11].getBoundingClientRect().top - all[at].getBoundingClientRect().top);
        out.push(all[at]);
        // Eleven more keep the count.
        out.push(...all.slice(at + count - 11, at + count));
        at += count;
      } else {
        out.push(...all.slice(at, Math.max(end, at + 1)));
        at = Math.max(end, at + 1);
      }
    }
    return out;
  }

  /** The group that the words of an element belong to, or none where they may not be read. */
  private reading(from: Element, group?: Group): Group | undefined {
    const chip = from.localName === "button" && AWAY.test(from.textContent ?? "");
    if ((chip || from.matches(DATA)) && !from.closest(PUBLIC)) return undefined;
    if (!group && !from.matches(WORDS) && !this.tools.described.has(from)) return undefined;
    const { display, unicodeBidi, whiteSpace } = getComputedStyle(from);
    // `bidi-override`, `isolate-override`: letters laid from the right make no word that the core knows.
    if (/-o/.test(unicodeBidi)) return undefined;
    // A row of boxes may hold a word or a number letter by letter.
    if (group && !from.matches(APART) && (!from.textContent![2] || /^(inline|contents)/.test(display))) return group;
    return this.tools.cover.group(/^(pre|break)/.test(whiteSpace), !!from.closest(HEADS));
  }

  private attributes(from: Element, to: Element, svg: boolean): void {
    if (svg) {
      for (const { name, value } of from.attributes) {
        const local = /^(xlink:)?href$/.test(name) && value.startsWith("#");
        if (local) to.setAttribute("href", value);
        else if (!NOT_SVG.test(name) && !/url\((?!["']?#)/.test(value)) to.setAttribute(name, value);
      }
    } else {
      for (const name of KEPT) {
        const value = from.getAttribute(name);
        if (value !== null && !(name === "name" && from.localName !== "slot") && !to.hasAttribute(name)) to.setAttribute(name, value);
      }
      const kept = this.tools.choices.get(from) ?? [...from.classList].filter((it) => !marks(from, it)).join(" ");
      if (!OPEN && from.classList.length) to.setAttribute("class", kept);
      if (from.hasAttribute("href")) to.setAttribute("href", "#");
      // The numbers of a list may be data.
      if (from.localName === "li" && from.hasAttribute("value")) to.setAttribute("value", "9");
      if (/\d\d/.test(to.getAttribute("start") ?? "")) to.setAttribute("start", "9");
    }
    const { declarations, computed } = this.tools;
    let style = (from as HTMLElement).style?.cssText ?? "";
    if (!OPEN && this.tools.choices.has(from)) style = style.replace(LOOKS, "");
    const cssText = style + (computed && this.tools.near.has(from) ? `;${computed(from)}` : "");
    if (cssText) {
      const own = declarations.custom(declarations.clean(cssText, OPEN ? document.baseURI : null), true);
      to.setAttribute(STYLE, `${own}${to.getAttribute(STYLE) ?? ""}`);
    }
    for (const name of this.tools.declarations.attributes) {
      const value = from.getAttribute(name);
      if (value) this.tools.cover.text(value, (text) => to.setAttribute(`pdk-a-${name}`, text));
    }
  }

  /** Any class, attribute or icon of it may tell whether it is chosen: its words stay, beside a sign that stands for either. */
  private choice(from: Element, to: Element, step: Step): void {
    to.setAttribute(STYLE, `display:${getComputedStyle(from).display}`);
    const tick = this.make("input");
    tick.className = "pdk-tick";
    const words = this.document.createTextNode("");
    to.append(tick, words);
    step.into.append(to);
    const text = from.textContent ?? "";
    if (!text.trim()) return;
    const done = (it: string) => (words.data = it);
    const group = this.reading(from, step.group);
    if (group) this.tools.cover.words(group, text, done);
    else this.tools.cover.text(text, done);
  }

  private hide(to: Element): void {
    to.removeAttribute(STYLE);
    to.classList.add("pdk-covered");
    to.textContent = COVERED;
  }

  /** Dialogs over everything else: in a copy nothing is above the page but by its order. */
  private topLayer(from: Element, to: Element): void {
    const is = (state: string) => {
      try {
        return from.matches(state);
      } catch {
        return false;
      }
    };
    const popover = from.hasAttribute("popover");
    if (is("dialog:modal")) {
      to.classList.add("pdk-modal");
      to.after(this.make("pdk-backdrop"));
    } else if (popover && is(":popover-open")) {
      to.classList.add("pdk-popover");
    } else if (popover) {
      to.setAttribute(STYLE, "display:none!important");
    }
  }

  /** A copy cannot be scrolled: its children are moved instead. */
  private scrolled(from: Element, to: Element): Element | undefined {
    const { scrollTop: y, scrollLeft: x } = from;
    if ((!x && !y) || from === document.scrollingElement) return undefined;
    to.setAttribute(SCROLLED, "");
    more(to, `--pdk-y:${-y}px;--pdk-x:${-x}px`);
    return from;
  }

  /** The head of a table stays where the scrolled box has it. */
  private stuck(from: Element, to: Element, box: Element): void {
    const style = getComputedStyle(from);
    if (style.position !== "sticky") return;
    const { top, height } = from.getBoundingClientRect();
    const y = top - box.getBoundingClientRect().top - box.clientTop;
    const off = [y - parseFloat(style.top), box.clientHeight - y - height - parseFloat(style.bottom)];
    if (off.some((it) => Math.abs(it) < 2)) to.setAttribute(STUCK, `${Math.round(y + box.clientTop)}`);
    // Where nothing is measured, in a frame of the page.
    if (to.parentElement!.hasAttribute(SCROLLED)) more(to, "translate:none!important");
  }
}
