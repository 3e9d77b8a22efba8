// Every state of the panel's views and parts, and of what stands on the page itself, as `cargo xtask docs` and `test` have put them into the gallery: sound markup, and axe; with
// the wasm policy light and wide, with the other one dark and at 320 CSS px.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

import { POLICY, audit, launch, openPage } from './lib/chromium.mjs';
import { pageExamples } from './lib/page-states.mjs';
import { examples } from './lib/states.mjs';

const FILE = resolve(process.env.GALLERY ?? 'target/gallery.html');
/** Parts that draw nothing: work for a busy server, what brings the news to a closed panel. */
const UNSEEN = ['proof', 'wake'];
/** Parts of the fields that say what they have to say as the others do, beside a field, or say nothing. */
const SAID = ['ask', 'codes', 'guess', 'schema', 'stats', 'trail'];

const sections = readFileSync(FILE, 'utf8')
  .split(/(?=<section data-example)/)
  .map((it) => it.match(/^<section data-example="([^"]*)"(?: data-part="([^"]*)")?(?: data-place="([^"]*)")?><h2>.*?<\/h2>(.*)<\/section>\s*$/s));
const css = [FILE.replace(/\.html$/, '.css'), 'www/docs/assets/gallery.css'].map((it) => readFileSync(it, 'utf8')).join('\n');
const panelCss = readFileSync('widget/panel/src/panel.css', 'utf8');

const browser = await launch();
after(() => browser.close());
const look = POLICY === 'js' ? { viewport: { width: 320, height: 640 }, colorScheme: 'dark' } : { viewport: { width: 480, height: 900 } };
const page = await openPage(browser, look);

/** Runs in the page: what is wrong with the markup of a state. */
function faults() {
  const root = document.querySelector('.body, .page');
  const all = [...root.querySelectorAll('*')];
  const said = [];
  const ids = all.map((it) => it.id).filter(Boolean);
  said.push(...ids.filter((it, at) => ids.indexOf(it) !== at).map((it) => `two ids ${it}`));
  // What is not shown may still wait for what it names.
  for (const it of all.filter((it) => !it.closest('[hidden]'))) {
    const name = `${it.localName}${it.id && `#${it.id}`}`;
    if (it.localName === 'script') said.push('a script');
    if (it.hasAttribute('style')) said.push(`${name}: a style attribute`);
    for (const attribute of ['for', 'aria-labelledby', 'aria-describedby', 'aria-activedescendant', 'aria-controls']) {
      for (const id of (it.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean)) if (!ids.includes(id)) said.push(`${name}: ${attribute} names ${id}, which is not there`);
    }
    if (it.localName === 'button') {
      if (!it.getAttribute('type')) said.push(`${name}: a button without a type`);
      if (!(it.getAttribute('aria-label') ?? it.textContent).trim()) said.push(`${name}: a button without a name`);
    }
    if (it.matches('input:not([type=hidden]),select,textarea') && !it.labels.length && !it.getAttribute('aria-label')) said.push(`${name}: without a label`);
    if (it.matches('.error,.hint,.note,dd') && !it.matches(':empty') && !it.textContent.trim() && !it.querySelector('input,button')) said.push(`${name}: says nothing`);
  }
  if (/\{\w|undefined|NaN|\[object/.test(root.textContent)) said.push(`a trace of the code: ${root.textContent.match(/.{0,20}(?:\{\w|undefined|NaN|\[object).{0,20}/)[0]}`);
  if (document.documentElement.scrollWidth > innerWidth) said.push(`wider than the window by ${document.documentElement.scrollWidth - innerWidth}`);
  return said;
}

test('every part that draws has its states, and every state of the data is there', () => {
  const drawn = sections.map((it) => it[1]);
  assert.deepEqual([...examples(), ...pageExamples()].map((it) => `${it.part}: ${it.state}`).filter((it) => !drawn.includes(it)), [], 'states of the data that were not drawn');
  const parts = readdirSync('widget/panel/later').filter((it) => it.endsWith('.ts') && existsSync(`dist/podskazka/${it.replace('.ts', '.js')}`)).map((it) => it.slice(0, -3));
  assert.ok(parts.includes('letter'), 'the parts are found');
  const fields = readdirSync('widget/fields/later').filter((it) => it.endsWith('.js') && existsSync(`dist/podskazka/${it}`)).map((it) => it.slice(0, -3));
  assert.ok(fields.includes('review'), 'the parts of the fields are found');
  const page = new Set(pageExamples().map((it) => it.part));
  assert.deepEqual([...fields, 'launcher', 'help'].filter((it) => !SAID.includes(it) && !page.has(it)), [], 'parts of the page without states');
  const shown = new Set(examples().map((it) => it.part));
  assert.deepEqual([...parts, 'editor'].filter((it) => !UNSEEN.includes(it) && !shown.has(it)), [], 'parts without states');
  assert.deepEqual(['home', 'article', 'tickets'].filter((view) => !drawn.some((it) => it.startsWith(`${view}: `))), [], 'views without states');
});

for (const [, name, sheets = '', place, markup] of sections) {
  test(name, async () => {
    const said = `<html lang="ru"><title>${name}</title><style>`;
    if (place) {
      await page.setContent(`${said}:root{color-scheme:light dark}${css}</style><main><h1>${name}</h1><h2>${name}</h2><div class="page ${sheets}">${markup}</div></main>`);
      assert.deepEqual(await page.evaluate(faults), []);
      return audit(page);
    }
    // The heading of the panel, where the state is of a view alone.
    const heading = /<h2[\s>]/.test(markup) ? '' : `<h2>${name}</h2>`;
    await page.setContent(`${said}${panelCss}${css}dialog{animation:none!important}</style><main><h1>${name}</h1><dialog open aria-label="${name}">${heading}<div class="body ${sheets}">${markup}</div></dialog></main>`);
    assert.deepEqual(await page.evaluate(faults), []);
    await audit(page);
  });
}
