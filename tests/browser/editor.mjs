// The editor of the picture: by mouse, by finger, by keys alone; what is hidden is gone from the file that is sent.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, audit, focused, openPage, ready, shot } from './lib/chromium.mjs';
import { dialogOf, fillTicket, send } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const WRONG = '7707083894';
const INK = [27, 31, 36];
const RED = [196, 18, 47];

const { server, browser } = await stand();

/** The page with one error, and the editor open over the letter. */
async function open(options = {}) {
  const page = await openPage(browser, { viewport: { width: 1000, height: 800 }, ...options });
  await ready(page, `${server.origin}/tax-registration.html`);
  await page.locator('[name=inn]').fill(WRONG);
  await page.locator('[name=inn]').press('Tab');
  await page.waitForSelector('.pdk-error');
  await page.evaluate(() => document.activeElement?.blur());
  await green(page);
  // On a phone the launcher steps aside for the field.
  await page.evaluate(() => void window.Podskazka.open());
  await fillTicket(page);
  const field = await drawn(page);
  await begin(page);
  return { page, field };
}
/** A field of a colour that nothing else has. */
const green = (page) =>
  page.evaluate(() => {
    const looks = new CSSStyleSheet();
    looks.replaceSync('[name=inn] { background: rgb(3, 200, 5) !important; border: 0 !important; border-radius: 0 !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, looks];
  });
/** Where that field stands in the picture of the letter, in CSS pixels: covered text above it may have moved it. */
async function drawn(page) {
  await edit(page).waitFor();
  const canvas = await dialogOf(page).first().locator('canvas').first().elementHandle();
  await page.waitForFunction((it) => it.width >= innerWidth, canvas);
  return canvas.evaluate((canvas) => {
    const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const [xs, ys] = [[], []];
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] !== 3 || data[at + 1] !== 200 || data[at + 2] !== 5) continue;
      xs.push((at / 4) % width);
      ys.push(Math.floor(at / 4 / width));
    }
    xs.sort((a, b) => a - b);
    const span = (all) => (all.length ? all.at(-1) + 1 - all[0] : 0);
    return { x: xs[0], y: ys[0], width: span(xs), height: span(ys) };
  });
}
const edit = (page) => page.getByRole('button', { name: 'Изменить снимок' });
const editor = (page) => page.getByRole('dialog', { name: 'Изменить снимок' });
const press = (page, name) => editor(page).getByRole('button', { name, exact: true }).first().click();
const said = (page) => editor(page).getByRole('status').innerText();
async function begin(page) {
  await edit(page).click();
  await editor(page).waitFor();
}

/** Where a point of the window stands in the picture on the screen. */
async function onPicture(page, x, y) {
  const box = await editor(page).locator('canvas').boundingBox();
  const { width } = page.viewportSize();
  const scale = box.width / width;
  return [box.x + x * scale, box.y + y * scale];
}
async function drag(page, from, to) {
  await page.mouse.move(...(await onPicture(page, ...from)));
  await page.mouse.down();
  await page.mouse.move(...(await onPicture(page, ...to)), { steps: 4 });
  await page.mouse.up();
}

/** The picture that was sent last: its size, and the colours at these places of it. */
async function sent(page, ...places) {
  const { body } = server.sent.findLast((it) => it.method === 'POST' && it.url.endsWith('/uploads'));
  return page.evaluate(async ([text, places]) => {
    const bytes = Uint8Array.from(atob(text), (it) => it.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    pen.drawImage(bitmap, 0, 0);
    return { width: bitmap.width, height: bitmap.height, at: places.map(([x, y]) => [...pen.getImageData(x, y, 1, 1).data].slice(0, 3)) };
  }, [body.toString('base64'), places]);
}

test('given a wrong field, when the editor opens, then it is named first, and one press highlights it', async () => {
  const { page, field } = await open();
  assert.deepEqual([(await focused(page)).role, (await focused(page)).name], ['heading', 'Изменить снимок']);
  await audit(page);
  await shot(page, 'editor');
  assert.match(await editor(page).locator('.note').innerText(), /ИНН/);
  await editor(page).locator('.note').getByRole('button', { name: 'Выделить' }).click();
  assert.match(await said(page), /Выделено/);
  await shot(page, 'editor-marked');
  await press(page, 'Готово');
  await editor(page).waitFor({ state: 'detached' });
  assert.equal((await focused(page)).name, 'Изменить снимок', 'the focus is back');
  await send(page);
  const { width, height, at } = await sent(page, [Math.round(field.x + field.width / 2), Math.round(field.y - 4)]);
  assert.deepEqual([width, height, at[0]], [1000, 800, RED]);
  await assertClean(page);
  await page.context().close();
});

test('given keys alone, when a field is hidden, cropped to and a step taken back, then the file holds just that', async () => {
  const { page, field } = await open();
  const list = editor(page).getByRole('listbox');
  for (let i = 0; i < 30 && (await focused(page)).role !== 'listbox'; i += 1) await page.keyboard.press('Tab');
  assert.match(await list.getByRole('option', { selected: true }).innerText(), /ИНН.*ошибка/);
  await page.keyboard.press('h');
  assert.match(await said(page), /Скрыто/);
  await page.keyboard.press('c');
  assert.match(await said(page), /Обрезано/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.match(await said(page), /Выделено/);
  await page.keyboard.press('Control+z');
  assert.match(await said(page), /Отменено/);
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+z');
  for (let i = 0; i < 60 && (await focused(page)).name !== 'Готово'; i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await editor(page).waitFor({ state: 'detached' });
  await send(page);
  const room = 48;
  const { width, height, at } = await sent(page, [room + 5, room + 5], [room + Math.round(field.width / 2), room + Math.round(field.height / 2)]);
  assert.ok(Math.abs(width - field.width - 2 * room) <= 2 && Math.abs(height - field.height - 2 * room) <= 2, `${width} × ${height}`);
  assert.deepEqual(at, [INK, INK]);
  await assertClean(page);
  await page.context().close();
});

test('given much covered text above the field, when it is hidden from the list, then nothing of it is left, at the top of the page and below', async () => {
  for (const [count, block] of [[3, 'end'], [30, 'center']]) {
    const page = await openPage(browser, { viewport: { width: 700, height: 1200 } });
    await ready(page, `${server.origin}/tax-registration.html`);
    await page.evaluate(([count, block]) => {
      const form = document.querySelector('form');
      for (let i = 0; i < count; i += 1) form.before(Object.assign(document.createElement('p'), { textContent: 'Широкими шрифтами, дружно. '.repeat(20) }));
      document.querySelector('[name=inn]').scrollIntoView({ block });
    }, [count, block]);
    await green(page);
    await page.evaluate(() => void window.Podskazka.open());
    await fillTicket(page);
    const before = await drawn(page);
    assert.ok(before.height > 20, `the field is in the picture: ${JSON.stringify(before)}`);
    await begin(page);
    await editor(page).getByRole('option', { name: /ИНН/ }).first().click();
    await editor(page).getByRole('listbox').press('h');
    await press(page, 'Готово');
    await editor(page).waitFor({ state: 'detached' });
    assert.equal((await drawn(page)).height, 0, `it stood at ${JSON.stringify(before)}`);
    await page.context().close();
  }
});

test('given a frame without a mouse, when keys move and size it, then its place is said and the tool goes there', async () => {
  const { page } = await open();
  await press(page, 'Скрыть');
  await press(page, 'Рамка без мыши');
  assert.match(await said(page), /Стрелки двигают/);
  await page.keyboard.press('ArrowRight');
  assert.equal(await said(page), 'Слева 308, сверху 320, ширина 400, высота 160');
  await page.keyboard.press('Shift+ArrowDown');
  assert.equal(await said(page), 'Слева 308, сверху 320, ширина 400, высота 168');
  await page.keyboard.press('Enter');
  assert.match(await said(page), /Скрыто/);
  await press(page, 'Готово');
  await editor(page).waitFor({ state: 'detached' });
  await send(page);
  const { at } = await sent(page, [310, 322], [700, 480]);
  assert.deepEqual(at, [INK, INK]);
  await page.context().close();
});

test('given a mouse, when it draws, presses a field and takes all back, then only what is left is sent', async () => {
  const { page, field } = await open();
  await drag(page, [600, 60], [800, 110]);
  assert.match(await said(page), /Выделено/);
  await press(page, 'Стрелка');
  await drag(page, [700, 400], [500, 300]);
  assert.match(await said(page), /Стрелка/);
  await press(page, 'Как было');
  await press(page, 'Скрыть');
  await page.mouse.click(...(await onPicture(page, field.x + 20, field.y + 10)));
  assert.match(await said(page), /Скрыто/);
  await press(page, 'Обрезать');
  await drag(page, [100, 100], [112, 112]);
  assert.match(await said(page), /Так мало не оставить/);
  await press(page, 'Готово');
  await editor(page).waitFor({ state: 'detached' });
  await send(page);
  const { width, height, at } = await sent(page, [Math.round(field.x + 5), Math.round(field.y + 5)], [600, 60]);
  assert.deepEqual([width, height, at[0]], [1000, 800, INK]);
  assert.notDeepEqual(at[1], RED);
  await page.context().close();
});

test('given changes, when Esc is pressed, then it asks once, and leaves the picture as it was', async () => {
  const { page } = await open();
  await page.keyboard.press('Escape');
  await editor(page).waitFor({ state: 'detached' });
  assert.equal(await dialogOf(page).count(), 1, 'the panel stays');
  await begin(page);
  await drag(page, [100, 100], [300, 200]);
  await page.keyboard.press('Escape');
  assert.match(await said(page), /ещё раз Esc/);
  await page.keyboard.press('Escape');
  await editor(page).waitFor({ state: 'detached' });
  await send(page);
  const { at } = await sent(page, [100, 150]);
  assert.notDeepEqual(at[0], RED);
  await page.context().close();
});

test('given a phone, when a finger draws, then the page does not scroll away, nothing is cut off and targets are large', async () => {
  const { page } = await open({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await shot(page, 'editor-phone');
  await audit(page);
  assert.equal(await editor(page).evaluate((it) => it.scrollWidth <= it.clientWidth), true, 'no sideways scroll');
  const low = await editor(page).getByRole('button').evaluateAll((all) => all.filter((it) => it.offsetHeight && it.offsetHeight < 44).map((it) => it.textContent));
  assert.deepEqual(low, []);
  const session = await page.context().newCDPSession(page);
  const touch = async (type, ...place) => {
    const [x, y] = place.length ? await onPicture(page, ...place) : [];
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: place.length ? [{ x, y }] : [] });
  };
  await touch('touchStart', 40, 60);
  await touch('touchMove', 120, 140);
  await touch('touchMove', 200, 200);
  await touch('touchEnd');
  assert.match(await said(page), /Выделено/);
  await assertClean(page);
  await page.context().close();
});

test('given a picture of one\'s own among the files, when it is changed, then what is hidden is gone from the file that goes', async () => {
  const page = await openPage(browser, { viewport: { width: 1000, height: 800 } });
  await ready(page, `${server.origin}/refund.html`);
  await page.evaluate(() => void window.Podskazka.open());
  await fillTicket(page);
  const dialog = dialogOf(page).first();
  await dialog.getByLabel('Приложить снимок страницы').uncheck();
  // A photo of a paper, larger than what is kept, with something to hide in its middle.
  const photo = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3600, 2400);
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#eee';
    pen.fillRect(0, 0, 3600, 2400);
    pen.fillStyle = '#00f';
    pen.fillRect(1500, 1080, 600, 240);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
  });
  const files = [{ name: 'фото.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(photo) }, { name: 'справка.txt', mimeType: 'text/plain', buffer: Buffer.from('без картинки') }];
  await dialog.locator('.files input').first().setInputFiles(files);
  const own = page.getByRole('dialog', { name: 'Изменить картинку' });
  const change = dialog.getByRole('button', { name: 'Изменить фото.jpg' });
  await change.waitFor();
  assert.equal(await dialog.locator('.held').getByRole('button', { name: /Изменить/ }).count(), 1, 'only a picture is changed');
  await change.press('Enter');
  await own.waitFor();
  assert.equal(await own.getByRole('listbox').count(), 0, 'fields of the page are not in it');
  await audit(page);
  await shot(page, 'editor-own');
  // By keys alone: the frame stands over the middle.
  await own.getByRole('button', { name: 'Скрыть', exact: true }).press('Enter');
  await own.getByRole('button', { name: 'Рамка без мыши' }).press('Enter');
  await page.keyboard.press('Enter');
  assert.match(await own.getByRole('status').innerText(), /Скрыто/);
  await own.getByRole('button', { name: 'Готово', exact: true }).press('Enter');
  await own.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: /^Изменить фото/ }).waitFor();
  assert.match((await focused(page)).name, /Изменить фото\.(png|webp)/);
  await shot(page, 'letter-own-changed');
  await send(page);
  const uploads = server.sent.filter((it) => it.method === 'POST' && it.url.endsWith('/uploads')).slice(-2);
  const { body } = uploads.find((it) => !it.body.includes('без картинки'));
  const seen = await page.evaluate(async (text) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (it) => it.charCodeAt(0))]));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    pen.drawImage(bitmap, 0, 0);
    const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    let blue = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 2] > data[at] + 60) blue++;
    return { width: bitmap.width, height: bitmap.height, blue };
  }, body.toString('base64'));
  assert.deepEqual(seen, { width: 3000, height: 2000, blue: 0 });
  await page.context().close();
});

test('given no link, when the editor cannot be loaded, then that is said and the picture stays', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/appointment.html`);
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  await edit(page).waitFor();
  await page.context().setOffline(true);
  await edit(page).click();
  await dialogOf(page).getByText(/Редактор снимка не загрузился/).first().waitFor();
  await page.context().setOffline(false);
  await begin(page);
  await page.context().close();
});
