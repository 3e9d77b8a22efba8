/** Reads a picture with tesseract, at twice its size as the engine likes it. */
import { spawn } from 'node:child_process';

/**
 * The words of a PNG: small letters and figures only, so that layout and separators do not matter. It is read twice, as it
 * is and through red glass: tesseract takes the red frame of a wrong field for a drawing.
 */
export async function read(page, png) {
  const views = await Promise.all([false, true].map((red) => page.evaluate(enlarge, [png.toString('base64'), red])));
  const text = (await Promise.all(views.map((it) => tesseract(Buffer.from(it, 'base64'))))).join('\n');
  return { text, letters: letters(text), digits: text.replace(/\D/g, '') };
}

/** Letters only, in lower case. */
export const letters = (text) => text.toLowerCase().replace(/[^\p{L}]/gu, '');

/** Runs in a page without a policy: `blank()`. */
async function enlarge([base64, red]) {
  const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(image.width * 2, image.height * 2);
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  if (red) {
    pen.globalCompositeOperation = 'lighten';
    pen.fillStyle = '#0ff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  const out = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  let text = '';
  for (const byte of out) text += String.fromCharCode(byte);
  return btoa(text);
}

function tesseract(png) {
  return new Promise((done, failed) => {
    const child = spawn('tesseract', ['-', '-', '-l', 'rus+eng', '--psm', '11'], { env: { ...process.env, OMP_THREAD_LIMIT: '1' } });
    let out = '';
    let faults = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (faults += chunk));
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done(out) : failed(new Error(`tesseract ended with ${code}: ${faults}`))));
    child.stdin.end(png);
  });
}
