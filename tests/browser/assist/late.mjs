/** A slow link: what shows and mends comes after the person has typed, left and sent. */
import { assert, field, form } from './bed.mjs';

const WRONG = '7707083894';
const PAGE = form(field('inn', { label: 'ИНН' }) + field('birth_date', { label: 'Дата' }) + field('note', { kind: '' }));
const LATE = ['**/use.js', '**/mask*'];

/** Holds the parts back until `release`. */
async function hold(bed) {
  let release;
  const gate = new Promise((done) => (release = done));
  for (const it of LATE) await bed.page.route(it, (route) => gate.then(() => route.continue()));
  return {
    release,
    end: async () => {
      release();
      for (const it of LATE) await bed.page.unroute(it);
    },
  };
}

/** A behaviour with the parts held back. */
const late = (name, run) => [`late: ${name}`, async (bed) => {
  const gate = await hold(bed);
  try {
    await run(bed, gate);
  } finally {
    await gate.end();
  }
}, { only: 'chromium: a request that is held back' }];

export const LATE_ONES = [
  late('given a value typed and left before, when the parts come, then it has its error and stays as it was typed', async (bed, gate) => {
    await bed.open(PAGE);
    await bed.focus('#inn');
    await bed.type(WRONG);
    await bed.keys('Tab');
    assert.equal(await bed.errors(), 0);
    gate.release();
    await bed.until(() => document.querySelector('#inn').dataset.podskazkaCode === 'inn.checksum');
    assert.equal(await bed.value('#inn'), WRONG);
    assert.match((await bed.ax('#inn')).description, /Ошибка: .*опечатка/);
  }),
  late('given a date half typed with slashes, when the parts come, then it is the date that was meant', async (bed, gate) => {
    await bed.open(PAGE);
    await bed.focus('#birth_date');
    await bed.type('1/');
    gate.release();
    await bed.masks();
    await bed.type('2/1990');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('#birth_date').value === '01.02.1990');
    assert.equal(await bed.errors(), 0);
  }),
  late('given a press that is held, when the parts come, then nothing moves before it is over', async (bed, gate) => {
    await bed.open(PAGE);
    await bed.focus('#inn');
    await bed.type(WRONG);
    const { x, y, height } = await bed.page.locator('#note').boundingBox();
    await bed.page.mouse.move(x + 5, y + height / 2);
    await bed.page.mouse.down();
    gate.release();
    await bed.masks();
    assert.equal(await bed.errors(), 0);
    assert.equal((await bed.page.locator('#note').boundingBox()).y, y);
    await bed.page.mouse.up();
    await bed.until(() => document.querySelector('.pdk-error'));
  }),
  late('given a wrong form, when it is sent before the parts come, then it stays and its summary follows', async (bed, gate) => {
    await bed.open(PAGE);
    await bed.run((text) => (document.querySelector('#inn').value = text), WRONG);
    const path = await bed.run(() => location.pathname);
    await bed.send();
    assert.equal(await bed.run(() => location.pathname + location.search), path);
    gate.release();
    await bed.until(() => document.activeElement.className === 'pdk-summary');
    assert.equal(await bed.errors(), 1);
  }),
  late('given a widget that ends before the parts come, then nothing of ours is left', async (bed, gate) => {
    await bed.open(PAGE);
    await bed.focus('#inn');
    await bed.type(WRONG);
    await bed.keys('Tab');
    await bed.run(() => window.Podskazka.destroy());
    gate.release();
    await bed.run(() => import('/podskazka/use.js').then(() => 0));
    assert.equal(await bed.count('[class^=pdk],[data-podskazka-code],[aria-describedby]'), 0);
    assert.equal(await bed.run(() => document.adoptedStyleSheets.length), 0);
  }),
];
