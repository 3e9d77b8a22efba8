/** A slow link: what shows and mends comes after the person has typed, left and sent. */
import { assert, field, form } from './bed.mjs';

const WRONG = '7707083894';
const PAGE = form(field('inn', { label: 'ИНН' }) + field('birth_date', { label: 'Дата' }) + field('note', { kind: '' }));
const LATE = /\/(use\.js|mask)/;

/** A behaviour with the parts held back. */
const late = (name, run) => [`late: ${name}`, async (bed) => {
  const release = bed.hold(LATE);
  try {
    await run(bed, { release });
  } finally {
    release();
  }
}];

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
  late('given a block pasted before, when the parts come, then its distribution is offered', async (bed, gate) => {
    await bed.open(form(field('full_name', { label: 'ФИО' }) + field('birth_date', { label: 'Дата рождения' })));
    await bed.focus('#full_name');
    await bed.copy('Иванов Иван Иванович, 05.03.1990');
    await bed.keys('Control+v');
    gate.release();
    await bed.until(() => document.querySelector('.pdk-warn[role=group]'));
  }),
  late('given a press that is held, when the parts come, then nothing moves before it is over', async (bed, gate) => {
    await bed.open(PAGE);
    await bed.focus('#inn');
    await bed.type(WRONG);
    const note = () => bed.run(() => document.querySelector('#note').getBoundingClientRect().toJSON());
    const { x, y, height } = await note();
    await bed.down(x + 5, y + height / 2);
    gate.release();
    await bed.masks();
    assert.equal(await bed.errors(), 0);
    assert.equal((await note()).y, y);
    await bed.up();
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
  ['late: given a part that cannot be had, when a wrong form is sent, then the browser shows what is wrong, and a right one goes', async (bed) => {
    const mend = bed.cut(/\/use\.js/);
    try {
      await bed.open(PAGE);
      await bed.run((text) => (document.querySelector('#inn').value = text), WRONG);
      await bed.send();
      await bed.until(() => document.activeElement.id === 'inn' && /опечатка/.test(document.activeElement.validationMessage));
      await bed.run(() => (document.querySelector('#inn').value = '7707083893'));
      await bed.send();
      await bed.landed('/done');
    } finally {
      mend();
    }
  }],
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
