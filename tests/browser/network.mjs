// What a person is told when the network or the server does not do its part: help that cannot be loaded, a letter that waits,
// a picture or a letter that is refused, an error without an article of its own.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, audit, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus } from './lib/keyboard.mjs';
import { TICKET, WORDS, dialogOf, fillLetter, fillTicket, numberOf, pictureOf, writeTicket } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();

/** A form with its ticket filled in, the picture taken. */
async function letter() {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  await pictureOf(page).waitFor();
  return page;
}

/** The same, sent while the network was away: it waits, and the network is back. */
async function waiting() {
  const [page, restore] = await cutOff();
  restore();
  return page;
}

/** The same with nothing getting through, until what is returned is called. */
async function cutOff() {
  const page = await letter();
  const restore = server.cut();
  await press(page, WORDS.send);
  await assertFocus(page, 'heading', WORDS.waits);
  return [page, restore];
}

const press = (page, name) => dialogOf(page).getByRole('button', { name, exact: true }).first().click();
const posts = (from) => server.sent.slice(from).filter((it) => it.method === 'POST');
/** What the panel says to a screen reader. */
const said = (page) => dialogOf(page).getByRole('status').textContent();

async function inWindow(page, locator) {
  const box = await locator.boundingBox();
  const { width, height } = page.viewportSize();
  assert.ok(box && box.y >= 0 && box.y + box.height <= height && box.x >= 0 && box.x + box.width <= width, `seen without scrolling: ${JSON.stringify(box)}`);
}

for (const viewport of [{ width: 1280, height: 900 }, { width: 320, height: 568 }]) {
  test(`help asked for without a network says so, and opens when it is back, at ${viewport.width} px`, async () => {
    const page = await openPage(browser, { viewport });
    await ready(page, `${server.origin}/refund.html`);
    const told = page.locator('.pdk-said');
    assert.equal(await told.textContent(), '', 'the live region is there before its words');
    await page.context().setOffline(true);
    await page.locator('.pdk-launcher').click();
    await told.getByText(WORDS.offline).waitFor();
    assert.equal(await told.evaluate((it) => it.computedRole ?? it.localName), 'output');
    await inWindow(page, told);
    await shot(page, `offline-${viewport.width}`);
    await audit(page);
    await page.context().setOffline(false);
    await dialogOf(page).waitFor();
    await dialogOf(page).getByRole('listitem').first().waitFor();
    assert.equal(await told.textContent(), '');
    await assertClean(page);
    await page.context().close();
  });
}

test('help does not open over somebody who types by then', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.context().setOffline(true);
  await page.locator('.pdk-launcher').click();
  await page.locator('.pdk-said').getByText(WORDS.offline).waitFor();
  await page.locator('[name="bik"]').fill('0445');
  await page.context().setOffline(false);
  await page.locator('.pdk-said:empty').waitFor({ state: 'attached' });
  assert.equal(await page.locator('podskazka-panel').count(), 0);
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).waitFor();
  await page.context().close();
});

test('a letter that is sent before its picture is made waits for it, and goes once it was seen', async () => {
  const page = await openPage(browser);
  let release;
  const held = new Promise((done) => (release = done));
  await page.route('**/capture*.js', (route) => held.then(() => route.continue()));
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await writeTicket(page);
  const filled = fillLetter(page);
  const dialog = dialogOf(page);
  await page.waitForFunction((text) => document.querySelector('podskazka-panel').shadowRoot.querySelector('#pdk-text')?.value === text, TICKET.text);
  const from = server.sent.length;
  // Sent right after a key: what is found for the text a moment later does not talk over it.
  await page.evaluate(() => {
    const inside = document.querySelector('podskazka-panel').shadowRoot;
    inside.querySelector('#pdk-text').dispatchEvent(new InputEvent('input', { bubbles: true }));
    inside.querySelector('button[type="submit"]').click();
  });
  const taking = dialog.getByRole('status').getByText(/Готовим снимок/);
  await taking.waitFor();
  await page.waitForTimeout(1200);
  assert.equal(await taking.count(), 1);
  // Pressed once more: nothing is doubled.
  await dialog.getByRole('button', { name: 'Отправляем…', exact: true }).press('Enter');
  assert.deepEqual(posts(from), []);
  release();
  await filled;
  // It is shown and said, and stays until the person agrees to it.
  await dialog.getByRole('status').getByText(/Снимок готов/).waitFor();
  await inWindow(page, dialog.locator('#pdk-part-picture'));
  assert.deepEqual(posts(from), []);
  await press(page, WORDS.send);
  await numberOf(page);
  assert.deepEqual(posts(from).map((it) => it.url.replace(/^.*\/v1/, '/v1')), ['/v1/uploads', '/v1/tickets']);
  await page.context().close();
});

test('a letter that waits is seen and said, told of on the first view, and goes by itself', async () => {
  const page = await letter();
  const from = server.sent.length;
  const restore = server.cut();
  await press(page, WORDS.send);
  await assertFocus(page, 'heading', WORDS.waits);
  await inWindow(page, dialogOf(page).getByRole('heading', { level: 2 }));
  assert.match(await said(page), WORDS.waits);
  await audit(page);
  await shot(page, 'waits');
  // A further try in vain takes nobody back to the heading.
  await dialogOf(page).getByRole('button', { name: 'Мои обращения' }).focus();
  const tried = page.waitForEvent('requestfailed');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await tried;
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await assertFocus(page, 'button', /Мои обращения/);
  await press(page, 'К ответам');
  await dialogOf(page).getByText(WORDS.waiting).waitFor();
  await inWindow(page, dialogOf(page).getByText(WORDS.waiting));
  await audit(page);
  await shot(page, 'waits-home');
  restore();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await numberOf(page);
  assert.match(await said(page), /Обращение принято.*PS-/);
  assert.equal(await dialogOf(page).getByText(WORDS.waiting).count(), 0);
  assert.equal(posts(from).filter((it) => it.url.endsWith('/tickets')).length, 1);
  await page.context().close();
});

test('the next page sends a letter that waits, with no panel open', async () => {
  const page = await waiting();
  const from = server.sent.length;
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'submitted'));
  assert.equal(posts(from).filter((it) => it.url.endsWith('/tickets')).length, 1);
  await page.waitForFunction(() => localStorage['podskazka.waits'] === undefined);
  await page.context().close();
});

test('a letter that the storage does not give out now is not forgotten: it goes when it can be read', async () => {
  const [page, restore] = await cutOff();
  // The page that wrote the letter would send it by itself: it is left before anything gets through.
  await page.route('**/nothing.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Пусто</title>' }));
  await page.goto(`${server.origin}/nothing.html`);
  restore();
  const from = server.sent.length;
  // A disk that fails for a while: the list of names comes, what stands under them does not.
  await page.addInitScript(() => {
    const { get } = IDBObjectStore.prototype;
    window.refused = 0;
    IDBObjectStore.prototype.get = function (name) {
      if (localStorage.sick && this.name === 'podskazka-outbox') {
        window.refused += 1;
        throw new DOMException('I/O error', 'UnknownError');
      }
      return get.call(this, name);
    };
  });
  await page.evaluate(() => (localStorage.sick = '1'));
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => window.refused > 0);
  // What was asked after the refusal has been answered too.
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('listitem').first().waitFor();
  assert.equal(posts(from).length, 0);
  await page.evaluate(() => localStorage.removeItem('sick'));
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'submitted'));
  assert.equal(posts(from).filter((it) => it.url.endsWith('/tickets')).length, 1);
  await page.context().close();
});

test('a letter that is refused on a later page is back in the form, word for word', async () => {
  const page = await letter();
  const cut = server.cut();
  await press(page, WORDS.send);
  await assertFocus(page, 'heading', WORDS.waits);
  cut();
  const restore = server.lose({ url: /tickets$/, status: 403 });
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'senderror'));
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('status').getByText(/осталось в форме/).waitFor({ state: 'attached' });
  restore();
  await press(page, WORDS.write);
  assert.equal(await dialogOf(page).getByLabel(WORDS.text).inputValue(), TICKET.text);
  await pictureOf(page).waitFor();
  await press(page, WORDS.send);
  await numberOf(page);
  await page.context().close();
});

test('over a link too weak for the picture the letter goes without it', async () => {
  const page = await letter();
  const restore = server.lose({ url: /uploads$/, at: 'request' });
  await press(page, WORDS.send);
  await assertFocus(page, 'heading', WORDS.waits);
  await press(page, 'Отправить без снимка');
  await numberOf(page);
  await assertFocus(page, 'heading', /принято/);
  const { body } = server.sent.findLast((it) => it.url.endsWith('/tickets'));
  assert.deepEqual(JSON.parse(body).uploads, []);
  restore();
  await page.context().close();
});

for (const status of [413, 415]) {
  test(`a picture refused with ${status} is told; the letter goes without it by choice`, async () => {
    const page = await letter();
    const restore = server.lose({ url: /uploads$/, status });
    const from = server.sent.length;
    await press(page, WORDS.send);
    await dialogOf(page).getByText(WORDS.noPicture).waitFor();
    await assertFocus(page, 'alert', WORDS.noPicture);
    assert.ok(!posts(from).some((it) => it.url.endsWith('/tickets')), 'nothing is sent before the person has chosen');
    assert.equal(await pictureOf(page).isChecked(), false);
    await audit(page);
    await shot(page, `refused-${status}`);
    await press(page, WORDS.send);
    await numberOf(page);
    const { body } = server.sent.findLast((it) => it.url.endsWith('/tickets'));
    assert.deepEqual(JSON.parse(body).uploads, []);
    restore();
    await page.context().close();
  });
}

test('a letter refused by the server comes back with the error at its field', async () => {
  const page = await letter();
  const message = 'Напишите телефон, например +7 900 000-00-00.';
  const restore = server.lose({ url: /tickets$/, status: 422, body: { errors: [{ pointer: '/contact', code: 'format', message }] } });
  await press(page, WORDS.send);
  await assertFocus(page, 'alert', /не принял/);
  const contact = dialogOf(page).getByLabel(WORDS.contact);
  assert.equal(await contact.getAttribute('aria-invalid'), 'true');
  const ids = (await contact.getAttribute('aria-describedby')).split(' ');
  assert.equal(await dialogOf(page).locator(`[id="${ids[0]}"]`).textContent(), message);
  assert.doesNotMatch(await said(page), /Отправляем/);
  assert.notEqual(await dialogOf(page).getByLabel(WORDS.text).inputValue(), '', 'what was written stays');
  await audit(page);
  restore();
  await press(page, WORDS.send);
  await numberOf(page);
  await page.context().close();
});

test('faults of the setup reach the developer by an event: no articles, a page that the site does not name', async () => {
  const page = await openPage(browser);
  await page.route('**/faq.pdk', (route) => route.fulfill({ status: 404 }));
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByText(/сейчас не загрузились/).waitFor();
  const told = async () => (await page.seen()).events.filter((it) => it.name === 'error').map((it) => JSON.parse(it.detail));
  const [absent] = await told();
  assert.equal(absent.code, 'articles.absent');
  assert.match(absent.message, /^http.*\/podskazka\/faq\.pdk did not come\. Put .* base$/);

  const foreign = { status: 403, body: { code: 'origin-not-allowed', title: 'Эта страница не подключена к поддержке: её адреса нет в списке сайта.' } };
  // A key that the server does not know is told when a letter is begun: nobody has to send one to find out.
  const unknown = { code: 'site-disabled', title: 'Сайт не подключён к поддержке: проверьте ключ в атрибуте data-site.' };
  await page.route('**/v1/config', (route) => route.fulfill({ status: 403, json: unknown }));
  await fillTicket(page);
  assert.deepEqual((await told()).slice(1), [{ code: unknown.code, message: unknown.title, path: '' }]);
  const restore = server.lose({ url: /^\/v1\/(uploads|tickets)/, ...foreign });
  await press(page, WORDS.send);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'error' && it.detail.includes('origin-not-allowed')));
  const { message } = (await told()).at(-1);
  assert.ok(message.startsWith(`${server.origin}: `) && message.includes('нет в списке сайта'), message);
  // The person hears the server's own words; no file is blamed, and nothing of the letter is gone.
  await assertFocus(page, 'alert', /не принял обращение\. Эта страница не подключена к поддержке.*осталось здесь/);
  await pictureOf(page).waitFor();
  restore();
  await page.context().close();
});

test('«Почему?» about an error without an article gives its sentence and a search, and no other article', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/tax-registration.html`);
  await page.evaluate(() => {
    const detail = { form: 'tax-registration', field: 'department_code', code: 'department_code.unheard', text: 'такого кода не бывает.' };
    document.querySelector('[name="department_code"]').dispatchEvent(new CustomEvent('podskazka:why', { bubbles: true, detail }));
  });
  const dialog = dialogOf(page);
  await dialog.getByText('такого кода не бывает.').waitFor();
  assert.equal(await dialog.getByRole('searchbox').inputValue(), 'Код подразделения');
  await dialog.getByRole('heading', { name: 'Найденные ответы' }).waitFor();
  await audit(page);
  await shot(page, 'why-none');
  await press(page, 'Закрыть');
  await page.locator('.pdk-launcher').click();
  await dialog.getByRole('heading', { name: 'Ответы на частые вопросы' }).waitFor();
  assert.equal(await dialog.getByRole('searchbox').inputValue(), '', 'the question was ours and is gone');
  await page.context().close();
});

test('in a narrow window the button gives way to what has the focus and to who reads on', async () => {
  const page = await openPage(browser, { viewport: { width: 320, height: 256 } });
  await ready(page, `${server.origin}/appointment.html`);
  const button = page.locator('.pdk-launcher');
  const seen = () => button.evaluate((it) => getComputedStyle(it).opacity === '1' && getComputedStyle(it).pointerEvents !== 'none');
  assert.ok(await seen());
  await page.mouse.wheel(0, 300);
  await page.waitForFunction(() => scrollY > 0 && getComputedStyle(document.querySelector('.pdk-launcher')).opacity === '0');
  await page.mouse.wheel(0, -100);
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.pdk-launcher')).opacity === '1');
  await page.locator('[name="snils"]').focus();
  assert.equal(await seen(), false, 'a field has the focus');
  await button.focus();
  assert.ok(await seen(), 'the keyboard finds it');
  await page.context().close();
});
