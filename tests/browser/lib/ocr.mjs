/** Reads a picture with tesseract, at twice its size as the engine likes it. */
import { spawn } from 'node:child_process';

/** The words of a PNG: small letters and figures only, so that layout and separators do not matter. */
export async function read(page, png) {
  const twice = Buffer.from(await page.evaluate(enlarge, png.toString('base64')), 'base64');
  const text = await tesseract(twice);
  return { text, letters: text.toLowerCase().replace(/[^\p{L}]/gu, ''), digits: text.replace(/\D/g, '') };
}

/** Runs in a page without a policy: `blank()`. */
async function enlarge(base64) {
  const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(image.width * 2, image.height * 2);
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
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
