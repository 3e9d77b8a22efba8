/** An SVG onto a canvas, and the canvas as a file. */

/** Asked for the whole picture, in bytes: up to here it stays without loss. */
const TARGET = 300_000;
/** Of a picture of the page. */
const MOST = 1_000_000;

/** For pictures inside the drawing, in ms. */
const SETTLE = 150;

export interface Drawing {
  svg: string;
  width: number;
  height: number;
  scale: number;
  /** Rows of one colour at the end are room that was not needed. */
  whole?: boolean;
}

async function image(svg: string): Promise<HTMLImageElement> {
  const it = new Image();
  // A blob would taint the canvas in Chromium, even where the policy allows it.
  it.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await it.decode();
  return it;
}

export async function draw({ svg, width, height, scale, whole }: Drawing): Promise<HTMLCanvasElement> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no picture");
  const picture = await image(svg);
  // Firefox and WebKit call a drawing ready before the pictures in it are: what is drawn first makes them load.
  const inner = !("userAgentData" in navigator) && /["']data:(image|font)/.test(svg);
  if (inner) {
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    await new Promise((done) => setTimeout(done, SETTLE));
  }
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(inner ? await image(svg) : picture, 0, 0, canvas.width, canvas.height);
  return whole ? shorter(canvas, pen) : canvas;
}

/** Rows that are looked at in one go. */
const ROWS = 64;

function shorter(canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D): HTMLCanvasElement {
  const { width } = canvas;
  let end = canvas.height;
  for (let colour: number | undefined; end > ROWS; end -= ROWS) {
    const pixels = new Uint32Array(pen.getImageData(0, end - ROWS, width, ROWS).data.buffer);
    colour ??= pixels[pixels.length - 1];
    if (pixels.some((it) => it !== colour)) break;
  }
  const cut = document.createElement("canvas");
  cut.width = width;
  cut.height = end;
  cut.getContext("2d")?.drawImage(canvas, 0, 0);
  return cut;
}

const encoded = (canvas: HTMLCanvasElement, type: string, quality?: number) =>
  new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality));

/** PNG where it is small enough; WebP, or JPEG where the browser has no WebP, for pages full of colour. Never more than `most` bytes. */
export async function file(canvas: HTMLCanvasElement, most = MOST): Promise<Blob> {
  const png = await encoded(canvas, "image/png");
  if (!png) throw new Error("no picture");
  if (png.size <= TARGET) return png;
  for (const quality of [0.8, 0.6]) {
    let it = await encoded(canvas, "image/webp", quality);
    if (it?.type !== "image/webp") it = await encoded(canvas, "image/jpeg", quality);
    if (it && it.size <= most) return it.size < png.size ? it : png;
  }
  throw new Error("no picture");
}
