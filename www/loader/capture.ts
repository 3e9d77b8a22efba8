/**
 * A picture of the window where no value can be seen: controls are solid bars, and only the words of labels, legends,
 * headings, buttons and hints are written. Nothing else of the page is drawn.
 */

const WORDS = "label,legend,h1,h2,h3,button,.hint";
const CONTROLS = "input,select,textarea,[contenteditable]:not([contenteditable='false']),[role=textbox],[role=combobox]";
const HIDDEN = "[data-podskazka-mask],[data-podskazka-ignore]";
const OURS = ".pdk-launcher,podskazka-panel,[data-podskazka-panel]";
const MAX_SIDE = 2000;

function visible(element: Element, box: DOMRect): boolean {
  if (box.width < 1 || box.height < 1) return false;
  if (box.bottom < 0 || box.right < 0 || box.top > innerHeight || box.left > innerWidth) return false;
  const style = getComputedStyle(element);
  return style.visibility === "visible" && style.opacity !== "0";
}

/** Own words of an element, without what stands inside controls, marked parts or an editable area. */
function words(element: Element): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    if (around && !around.closest(`${CONTROLS},${HIDDEN},output,option,script,style`)) text += node.textContent ?? "";
  }
  // A label may hold the page's data as well: figures are hidden, their shape stays.
  return text.replace(/\s+/g, " ").trim().replace(/\S+@\S+/g, "***").replace(/\d/g, "9");
}

function write(pen: CanvasRenderingContext2D, text: string, box: DOMRect, size: number): void {
  const step = size * 1.25;
  let line = "";
  let top = box.top + size;
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && pen.measureText(longer).width > box.width + 2) {
      pen.fillText(line, box.left, top);
      line = word;
      top += step;
    } else {
      line = longer;
    }
  }
  pen.fillText(line, box.left, top);
}

function drawWords(pen: CanvasRenderingContext2D): void {
  for (const element of document.body.querySelectorAll(WORDS)) {
    if (element.closest(`${OURS},${HIDDEN}`)) continue;
    if (element.parentElement?.closest(WORDS)) continue;
    const box = element.getBoundingClientRect();
    if (!visible(element, box)) continue;
    const style = getComputedStyle(element);
    const size = Math.min(parseFloat(style.fontSize) || 16, 48);
    if (element.localName === "button") {
      pen.strokeStyle = "#59636e";
      pen.strokeRect(box.left, box.top, box.width, box.height);
    }
    pen.fillStyle = "#1b1f24";
    pen.font = `${size > 20 ? "bold " : ""}${size}px system-ui, sans-serif`;
    pen.save();
    pen.beginPath();
    pen.rect(box.left - 1, box.top - 1, box.width + 2, box.height + size * 0.5);
    pen.clip();
    write(pen, words(element), box, size);
    pen.restore();
  }
}

/** Bars come last, so that they cover whatever lies under them. */
function drawControls(pen: CanvasRenderingContext2D): void {
  for (const element of document.body.querySelectorAll(`${CONTROLS},${HIDDEN}`)) {
    if (element.closest(OURS)) continue;
    const box = element.getBoundingClientRect();
    if (!visible(element, box)) continue;
    const wrong = element.getAttribute("aria-invalid") === "true";
    pen.fillStyle = "#d0d5db";
    pen.fillRect(box.left, box.top, box.width, box.height);
    // The same bar whatever the value: neither its length nor whether there is one can be read off.
    const height = Math.min(box.height * 0.4, 18);
    pen.fillStyle = "#59636e";
    pen.fillRect(box.left + 6, box.top + (box.height - height) / 2, Math.max(box.width * 0.5, 0), height);
    pen.lineWidth = wrong ? 3 : 1;
    pen.strokeStyle = wrong ? "#b3261e" : "#59636e";
    pen.strokeRect(box.left, box.top, box.width, box.height);
    pen.lineWidth = 1;
  }
}

/** PNG of the window, or null where the browser gives no canvas. */
export async function capture(): Promise<Blob | null> {
  const scale = Math.min(1, MAX_SIDE / Math.max(innerWidth, innerHeight, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(innerWidth * scale));
  canvas.height = Math.max(1, Math.round(innerHeight * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.scale(scale, scale);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, innerWidth, innerHeight);
  drawWords(pen);
  drawControls(pen);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
