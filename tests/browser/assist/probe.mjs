/** Every kind that is written with separators, the hard way: keys, undo to the start and forward again, composition, autofill, reset. */
import { readFileSync } from 'node:fs';
import { assert, field, form } from './bed.mjs';

/** Kind and its example, where a mask has something to write. */
const KINDS = [...readFileSync('src/messages/ru.txt', 'utf8').matchAll(/^(\w+)\.example = (.+)$/gm)]
  .map(([, kind, example]) => [kind, example])
  .filter(([kind, example]) => /^[+\dA-ZА-Я][\dA-ZА-Я ().-]*$/i.test(example) && /[ .-]/.test(example) && !/^(address|full_name|card|email|money|percent|okved|birth_place|text)$/.test(kind));
const signs = (text) => text.replace(/[^\p{L}\p{N}]/gu, '');

/** A page with a field for each. */
const page = form(KINDS.map(([kind]) => field(kind)).join('') + field('note', { kind: '' }));
const state = (bed, kind) => bed.run((kind) => {
  const it = document.getElementById(kind);
  return [it.value, it.selectionStart];
}, kind);

export const PROBE = [
  ['probe: there are kinds to try', () => assert.ok(KINDS.length >= 10, KINDS.map(([kind]) => kind).join())],
  ['probe: given every masked kind, when its signs are typed, then undone to the start and redone, then each state is one that was there, caret and all', async (bed) => {
    await bed.open(page);
    for (const [kind, example] of KINDS) {
      await bed.focus(`#${kind}`);
      await bed.masks();
      const states = [await state(bed, kind)];
      // A repair is a step of its own: what stood before it may come back too.
      await bed.run((kind) => {
        window.between = [];
        const it = document.getElementById(kind);
        it.addEventListener('input', () => window.between.push([it.value, it.selectionStart]));
      }, kind);
      for (const key of signs(example)) {
        await bed.type(key);
        states.push(await state(bed, kind));
      }
      const full = states.at(-1);
      assert.equal(signs(full[0]), signs(example), kind);
      const known = new Set([...states, ...(await bed.run(() => window.between))].map(String));
      let steps = 0;
      for (let now = full; now[0] !== ''; steps++) {
        assert.ok(steps <= states.length + 1, `${kind}: undo ends at ${now}`);
        await bed.undo();
        now = await state(bed, kind);
        assert.ok(known.has(String(now)), `${kind}: undo led to ${now}, states were ${[...known].join(' | ')}`);
      }
      for (; steps > 0; steps--) {
        await bed.redo();
        const now = await state(bed, kind);
        assert.ok(known.has(String(now)), `${kind}: redo led to ${now}, states were ${[...known].join(' | ')}`);
      }
      assert.deepEqual(await state(bed, kind), full, `${kind}: redone`);
    }
  }],
  ['probe: given every masked kind, when its value is pasted, filled in, pasted over, and the form is reset, then it is there once, and the next key starts clean', async (bed) => {
    await bed.open(page);
    const before = {};
    for (const [kind, example] of KINDS) {
      await bed.focus(`#${kind}`);
      await bed.masks();
      await bed.copy(`\u00a0${example}\u200b`);
      await bed.keys('Control+v');
      assert.equal(signs(await bed.value(`#${kind}`)), signs(example), `${kind} pasted`);
      await bed.run((kind) => document.getElementById(kind).select(), kind);
      await bed.keys('Control+v');
      assert.equal(signs(await bed.value(`#${kind}`)), signs(example), `${kind} pasted over`);
      before[kind] = await bed.value(`#${kind}`);
      await bed.run((kind, text) => {
        const el = document.getElementById(kind);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(el, text);
        el.dispatchEvent(new Event('input', { bubbles: true }));
        el.dispatchEvent(new Event('change', { bubbles: true }));
      }, kind, signs(example).replace(/^7(?=\d{10}$)/, '+7'));
      const [value, caret] = await state(bed, kind);
      assert.deepEqual([signs(value), caret], [signs(example), value.length], `${kind} filled in`);
    }
    await bed.keys('Tab');
    await bed.run(() => document.querySelector('form').reset());
    assert.equal(await bed.errors(), 0);
    for (const [kind, example] of KINDS) {
      assert.equal(await bed.value(`#${kind}`), '', `${kind} reset`);
      await bed.focus(`#${kind}`);
      const [first] = signs(example).replace(/^7(?=\d{10}$)/, '');
      await bed.type(first);
      assert.equal(signs(await bed.value(`#${kind}`)).replace(/^7(?=9)/, ''), first, `${kind} after a reset`);
    }
  }],
  ['probe: given every masked kind and a keyboard that composes, when it grows a word of all signs or commits each, then they are there once', async (bed) => {
    await bed.open(page);
    for (const [kind, example] of KINDS.filter(([, example]) => /^[+\d ().-]+$/.test(example))) {
      const all = signs(example).replace(/^7(?=\d{10}$)/, '');
      const bare = (text) => signs(text).replace(/^7(?=\d{10}$)/, '');
      await bed.focus(`#${kind}`);
      await bed.masks();
      // One word that grows to the end, as some phones hold a number.
      for (let at = 1; at <= all.length; at++) {
        await bed.cdp.send('Input.imeSetComposition', { text: all.slice(0, at), selectionStart: at, selectionEnd: at });
        assert.equal(await bed.value(`#${kind}`), all.slice(0, at), `${kind}: nothing is written into a word`);
      }
      await bed.cdp.send('Input.insertText', { text: all });
      assert.equal(bare(await bed.value(`#${kind}`)), all, `${kind}: one word`);
      await bed.run((kind) => document.getElementById(kind).select(), kind);
      await bed.keys('Backspace');
      assert.equal(await bed.value(`#${kind}`), '', kind);
      // A word for each sign.
      for (const text of all) {
        await bed.cdp.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 });
        await bed.cdp.send('Input.insertText', { text });
      }
      assert.equal(bare(await bed.value(`#${kind}`)), all, `${kind}: a word a sign`);
      const [value, caret] = await state(bed, kind);
      assert.equal(caret, value.length, kind);
      // In the middle of a text.
      await bed.run((kind) => {
        const it = document.getElementById(kind);
        const place = [...it.value].findIndex((_, at) => it.value.slice(0, at).replace(/[^\p{L}\p{N}]/gu, '').length === 4);
        it.setSelectionRange(place, place);
      }, kind);
      const [, at] = await state(bed, kind);
      await bed.keys('Backspace');
      // The zero of a day or a month goes with its digit.
      const least = signs(value).length - (kind.endsWith('date') ? 2 : 1);
      assert.equal(signs(await bed.value(`#${kind}`)).length, least, kind);
      const gone = signs(value.slice(0, at)).at(-1);
      await bed.cdp.send('Input.imeSetComposition', { text: gone, selectionStart: 1, selectionEnd: 1 });
      await bed.cdp.send('Input.insertText', { text: gone });
      assert.equal(signs(await bed.value(`#${kind}`)), signs(value), `${kind}: in the middle`);
    }
  }, { only: 'the driver has no input method' }],
];
