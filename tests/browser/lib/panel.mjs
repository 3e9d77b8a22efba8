/** What a person does in the panel, by the words on the screen: the one place that knows them. */
export const WORDS = {
  launcher: 'Помощь',
  why: 'Почему?',
  write: 'Написать в поддержку',
  send: 'Отправить',
  name: /Фамилия/,
  contact: /Телефон или почта/,
  text: 'Что случилось',
  topic: 'Тема',
  waits: /ждёт сети/i,
  offline: /Нет интернета/,
  waiting: /Обращений ждёт отправки: 1/,
  picture: 'Приложить снимок страницы',
  taking: 'Готовим снимок страницы…',
  noPicture: /сервер не принял снимок/,
  number: /PS-[0-9A-Z]{8}-[0-9A-Z]/,
};

/** What the ticket itself says of the person: these go with it, and may stand in no log and no other request. */
export const TICKET = {
  name: 'Иванова Анна Петровна',
  contact: 'anna@example.ru',
  text: 'Форма просит проверить цифры, а они с карточки.',
};

export const dialogOf = (page) => page.getByRole('dialog');

/** The switch of the picture; it comes with the picture itself. */
export const pictureOf = (page) => dialogOf(page).getByLabel(WORDS.picture);

/** From an open panel to the ticket form, filled in. */
export async function fillTicket(page) {
  await writeTicket(page);
  await fillLetter(page);
}
export const writeTicket = (page) => dialogOf(page).getByRole('button', { name: WORDS.write, exact: true }).first().click();

/** The ticket form that is open, filled in. */
export async function fillLetter(page) {
  const dialog = dialogOf(page);
  await dialog.getByLabel(WORDS.name).fill(TICKET.name);
  await dialog.getByLabel(WORDS.contact).fill(TICKET.contact);
  await dialog.getByLabel(WORDS.text).fill(TICKET.text);
  const topic = dialog.getByLabel(WORDS.topic);
  if (!(await topic.inputValue())) await topic.selectOption({ index: 1 });
  await taken(page);
}

/** Nothing goes unseen: the picture is there first. */
const taken = (page) => dialogOf(page).getByText(WORDS.taking).first().waitFor({ state: 'hidden' });

/** The ticket goes; its number. */
export async function send(page) {
  await taken(page);
  await dialogOf(page).getByRole('button', { name: WORDS.send, exact: true }).click();
  return numberOf(page);
}

export async function numberOf(page) {
  const text = dialogOf(page).getByText(WORDS.number).first();
  await text.waitFor();
  return (await text.textContent()).match(WORDS.number)[0];
}

/** Files of the ticket as the server has them. */
export async function filesOf(server, page, number) {
  const own = JSON.parse(await page.evaluate(() => localStorage['podskazka.tickets'])).find((it) => it.number === number);
  const headers = { authorization: `Bearer ${own.token}` };
  const ticket = await (await fetch(`${server.origin}/v1/tickets/${number}`, { headers })).json();
  const ids = ticket.events.flatMap((it) => it.files ?? []).map((it) => it.id);
  return Promise.all(
    ids.map(async (id) => {
      // 409: it is still being checked; 429: asked for too often by that.
      for (;;) {
        const answer = await fetch(`${server.origin}/v1/tickets/${number}/attachments/${id}`, { headers });
        if (answer.ok) return Buffer.from(await answer.arrayBuffer());
        if (![409, 429].includes(answer.status)) throw new Error(`a file of the ticket: ${answer.status}`);
        await new Promise((on) => setTimeout(on, answer.status === 429 ? 1000 : 20));
      }
    }),
  );
}

/** What forgets is there: from then on a log-out needs no network. Before that it is marked, and the next page does it. */
export const forgetter = (page) =>
  page.waitForFunction(() => performance.getEntriesByName(new URL('/podskazka/wipe.js', location).href).length);

/** Everything a page of this origin has stored, bytes too, as one text. */
export function storage(page) {
  return page.evaluate(async () => {
    const out = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
    const ask = (request) =>
      new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const text = async (it) => {
      if (it instanceof Blob) return it.text();
      if (it instanceof ArrayBuffer || ArrayBuffer.isView(it)) return new TextDecoder().decode(it);
      if (it && typeof it === 'object') return (await Promise.all(Object.entries(it).map(async ([key, value]) => `${key}: ${await text(value)}`))).join('\n');
      return `${it}`;
    };
    for (const { name } of await indexedDB.databases()) {
      const base = await ask(indexedDB.open(name));
      for (const store of base.objectStoreNames) {
        const rows = base.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([ask(rows.getAllKeys()), ask(rows.getAll())]);
        out.push(name, store, await text(keys), await text(values));
      }
      base.close();
    }
    for (const key of (await caches?.keys?.()) ?? []) {
      const cache = await caches.open(key);
      for (const request of await cache.keys()) out.push(key, request.url, await (await cache.match(request)).text());
    }
    return out.join('\n');
  });
}

/** Names of what waits in the outbox: a letter, `letter/file`. */
export function outbox(page) {
  return page.evaluate(async () => {
    if (!(await indexedDB.databases()).some((it) => it.name === 'podskazka-outbox')) return [];
    return new Promise((done, failed) => {
      const opening = indexedDB.open('podskazka-outbox');
      opening.onerror = failed;
      opening.onsuccess = () => {
        const request = opening.result.transaction('podskazka-outbox').objectStore('podskazka-outbox').getAllKeys();
        request.onerror = failed;
        request.onsuccess = () => {
          opening.result.close();
          done(request.result);
        };
      };
    });
  });
}

/**
 * Runs in the page, before a picture is taken: what the frame is given to draw is kept in `window.svgs`. The frame says that it is
 * ready before it gets anything, so nothing is missed.
 */
export function keepDrawings() {
  window.svgs = [];
  addEventListener('message', ({ data, source }) => {
    if (data === 'podskazka:raster') source.addEventListener('message', ({ data }) => data.svg && window.svgs.push(data.svg));
  });
}
