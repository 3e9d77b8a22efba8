// The same way in another engine, by WebDriver: hint, error, article, ticket, number after a reload. BROWSER: firefox or webkit.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { TICKET, WORDS } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';
import { steps } from './lib/steps.mjs';
import { FORMS, spellings } from './lib/values.mjs';
import { openBrowser, until } from './lib/webdriver.mjs';

const PAGE = `const panel = document.querySelector('podskazka-panel')?.shadowRoot;
const text = (it) => it.textContent.trim();
const dialog = panel?.querySelector('dialog[open]');`;
const BUTTON = `${PAGE} return [...(arguments[1] ? panel : document).querySelectorAll('button')].find((it) => text(it) === arguments[0]);`;
const CONTROL = `${PAGE} const label = [...panel.querySelectorAll('label')].find((it) => text(it).startsWith(arguments[0]));
return label && panel.getElementById(label.htmlFor);`;
/** What \`aria-describedby\` says, in the field's own tree. */
const DESCRIPTION = `const root = arguments[0].getRootNode();
return (arguments[0].getAttribute('aria-describedby') ?? '').split(/\\s+/).filter(Boolean)
  .map((id) => root.getElementById(id).textContent.trim()).join(' | ');`;
const ENTER = '\uE007';
const TAB = '\uE004';
const INN = FORMS['tax-registration'].inn.value;

const POLICY = process.env.POLICY ?? 'wasm';

let server;
let browser;
before(async () => {
  server = await startServer({ policy: POLICY, reports: true });
  browser = await openBrowser(process.env.BROWSER);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test(`the way in ${process.env.BROWSER}, ${POLICY} policy`, async (t) => {
  const step = steps(t);
  let field;
  const button = (name, inPanel = true) => browser.find(`the button «${name}»`, BUTTON, name, inPanel);
  const control = (label) => browser.find(`the field «${label}»`, CONTROL, label);
  const panelText = () => browser.run(`${PAGE} return dialog?.innerText ?? '';`);

  await step('the page is ready, and the field has its role, name and description', async () => {
    await browser.go(`${server.origin}/tax-registration.html`);
    await browser.find('the launcher', "return document.querySelector('.pdk-launcher');");
    await browser.find('bound fields', "return document.querySelector('form[novalidate]');");
    field = await browser.find('the field', "return document.querySelector('[name=inn]');");
    assert.equal(await field.role(), 'textbox');
    assert.equal(await field.label(), 'ИНН');
    assert.match(await field.run(DESCRIPTION), /^12 цифр/);
  });
  await step('a hint while typing, and no error yet', async () => {
    await field.type(INN.slice(0, 7));
    await until('the hint', async () => /Осталось 3 цифры/.test(await field.run(DESCRIPTION)));
    await field.type(INN.slice(7));
    assert.equal(await field.run("return arguments[0].getAttribute('aria-invalid');"), null);
  });
  await step('an error after leaving, bound to the field and said in words', async () => {
    await field.type(TAB);
    await until('the error', () => field.run("return arguments[0].getAttribute('aria-invalid') === 'true';"));
    const description = await field.run(DESCRIPTION);
    assert.match(description, /^12 цифр.* \| .*Ошибка: .*ИНН.*цифр/s, 'the hint, then the error');
    assert.equal(await field.label(), 'ИНН', 'the name has not changed');
    assert.equal(await field.run("return arguments[0].getAttribute('data-podskazka-code');"), 'inn.checksum');
  });
  await step('«Почему?» opens the article on this error', async () => {
    const why = await button(WORDS.why, false);
    assert.equal(await why.role(), 'button');
    assert.match(await why.label(), /Почему\?/);
    await why.type(ENTER);
    const dialog = await browser.find('the dialog', `${PAGE} return dialog;`);
    assert.equal(await dialog.role(), 'dialog');
    await until('the article', async () => /ИНН/.test(await dialog.label()));
    const heading = await browser.find('the heading', `${PAGE} return panel.querySelector('h2');`);
    assert.equal(await heading.role(), 'heading');
  });
  await step('the ticket is filled in already and its fields have names', async () => {
    await (await button(WORDS.write)).type(ENTER);
    for (const [label, value] of [['Фамилия', TICKET.name], ['Телефон или почта', TICKET.contact], [WORDS.text, TICKET.text]]) {
      const input = await control(label);
      assert.equal(await input.role(), 'textbox', label);
      assert.ok((await input.label()).startsWith(label), await input.label());
      await input.type(value);
    }
    const shown = await until('the summary', async () => (await panelText()).match(/Что мы отправим[^]*/)?.[0]);
    assert.match(shown, /inn\.checksum/);
    assert.match(shown, /9999999999/, 'the shape of the value');
    await browser.find('the picture', `${PAGE} return panel.querySelector('canvas');`);
  });
  let number;
  await step('the ticket is sent and has a number', async () => {
    await (await button(WORDS.send)).type(ENTER);
    number = await until('the number', async () => (await panelText()).match(WORDS.number)?.[0]);
    const posts = server.sent.filter((it) => it.method === 'POST' && it.url.startsWith('/v1/')).map((it) => it.url.split('/').at(-1));
    assert.deepEqual(posts, ['uploads', 'tickets']);
    const [picture] = server.sent.filter((it) => it.url.endsWith('/uploads'));
    assert.equal(picture.body.subarray(1, 4).toString(), 'PNG');
  });
  await step('the number and its state are there after a reload', async () => {
    await browser.reload();
    const launcher = await button(WORDS.launcher, false);
    assert.equal(await launcher.label(), WORDS.launcher);
    await launcher.type(ENTER);
    await until('the ticket in the list', async () => new RegExp(`${number}[^]*получен`).test(await panelText()));
  });
  await step('no typed value was sent, and the policy was never broken', async () => {
    for (const { method, url, body } of server.sent) {
      for (const spelling of spellings(INN)) assert.ok(!`${url}${body}`.includes(spelling), `${method} ${url}`);
    }
    // Where the policy forbids WebAssembly and nothing told the loader so, its own try may be reported; nothing else is.
    const told = await browser.run(`return !!document.querySelector('script[data-site][data-build="js"]');`);
    const may = POLICY === 'js' && !told ? /wasm-eval/ : /^$/;
    assert.deepEqual(server.reports().filter((it) => !may.test(it)), []);
  });
  await step('a breach of the policy would have been reported', async () => {
    await browser.run("new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';");
    await until('the report', () => server.reports().some((it) => it.includes('img-src')));
  });
  console.log(`${browser.version}, ${POLICY} policy: ${number}`);
});
