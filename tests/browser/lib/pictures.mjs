// The pictures of docs/panel: every view as it looks on a wide window, on a phone of 320 px, in the dark, in forced colours, at 400 % zoom,
// and docked beside the page.
//   NPM=.tools/npm node tests/browser/lib/pictures.mjs
import { writeFileSync } from 'node:fs';

import { launch } from './chromium.mjs';
import { draw, examples } from './states.mjs';

const SHEETS = {
  answers: ['around: first view', 'around: what was found', 'around: an article'],
  letter: ['letter: about an error', 'letter: sent empty', 'outbox: waits', 'outbox: sent'],
  tickets: ['tickets: a list', 'tickets: a question to the citizen', 'tickets: solved, how it went is asked', 'tickets: found by mail'],
  rest: ['contacts: open', 'access: a known fault of the portal', 'settings: as it comes'],
  editor: ['editor: begun'],
};
/** 400 % of a window of 1280 × 1024 leaves 320 × 256 CSS px. */
const LOOKS = {
  wide: { viewport: { width: 1280, height: 900 } },
  320: { viewport: { width: 320, height: 640 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  forced: { viewport: { width: 1280, height: 900 }, forcedColors: 'active' },
  'zoom-400': { viewport: { width: 320, height: 256 } },
  docked: { viewport: { width: 1280, height: 900 } },
};
const QUALITY = 0.4;
/** A wide window is shown smaller: its letters stay legible. */
const WIDE = 0.75;

/** Runs in a page: pictures side by side, as one WebP. */
async function beside([pictures, quality, scale]) {
  const all = await Promise.all(pictures.map(async (it) => createImageBitmap(await (await fetch(`data:image/png;base64,${it}`)).blob())));
  const [width, height] = [(it) => Math.round(it.width * scale), (it) => Math.round(it.height * scale)];
  const gap = 12;
  const canvas = document.createElement('canvas');
  canvas.width = all.reduce((sum, it) => sum + width(it) + gap, gap);
  canvas.height = Math.max(...all.map(height)) + 2 * gap;
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.fillStyle = '#8a929b';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  let x = gap;
  for (const it of all) {
    pen.drawImage(it, x, gap, width(it), height(it));
    x += width(it) + gap;
  }
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}

/** Docked, the panel is seen with the page beside it: one view is enough, the others look as in a wide window. */
const DOCKED = { answers: ['around: first view', 'around: an article'] };
const KEPT = { 'podskazka.settings': { docked: true } };

const all = new Map(examples().map((it) => [`${it.part}: ${it.state}`, it]));
const browser = await launch();
const table = await browser.newPage();
for (const [look, context] of Object.entries(LOOKS)) {
  const docked = look === 'docked';
  for (const [sheet, names] of Object.entries(docked ? DOCKED : SHEETS)) {
    const pictures = [];
    for (const name of names) {
      const it = all.get(name);
      const shot = async (page) => {
        await page.evaluate(() => Promise.all(document.querySelector('podskazka-panel').shadowRoot.getAnimations().map((it) => it.finished)));
        const clip = docked ? undefined : await page.locator('podskazka-panel dialog').last().boundingBox();
        return page.screenshot({ clip, caret: 'initial' });
      };
      const kept = docked ? { ...it.kept, ...KEPT } : it.kept;
      pictures.push((await draw(browser, { ...it, kept, context }, shot)).toString('base64'));
    }
    const bytes = Buffer.from(await table.evaluate(beside, [pictures, QUALITY, context.viewport.width > 320 ? WIDE : 1]), 'base64');
    writeFileSync(`docs/panel/${look}-${sheet}.webp`, bytes);
    console.log(`docs/panel/${look}-${sheet}.webp: ${Math.ceil(bytes.length / 1000)} KB`);
  }
}
await browser.close();
