/**
 * What waits to be sent: IndexedDB, since it must outlive the page. It holds a person's own words and files, so it lies there
 * encrypted, under a key of this browser that no script can read out. Where there is no such key or no storage, nothing is kept.
 */

/** Of www/loader/outbox.ts, which empties it at a log-out. */
const NAME = "podskazka-outbox";
const KEYS = "keys";
/** In `localStorage` while something waits: the loader of the next page looks there, which costs it no database. */
const WAITS = "podskazka.waits";

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

function open(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(NAME, 2);
    opening.onupgradeneeded = () => {
      const base = opening.result;
      for (const store of [NAME, KEYS]) if (!base.objectStoreNames.contains(store)) base.createObjectStore(store);
    };
    opening.onsuccess = () => done(opening.result);
    opening.onerror = opening.onblocked = () => failed(opening.error);
  });
}

/** Runs a request to the end of its transaction; its result. */
async function use<T>(store: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await open();
  return new Promise<T>((done, failed) => {
    const work = base.transaction(store, mode);
    const request = act(work.objectStore(store));
    work.oncomplete = () => done(request.result);
    work.onerror = work.onabort = () => failed(work.error);
  }).finally(() => base.close());
}

/** Two tabs that make a key at once: the first one stands, since `add` refuses the second. */
async function key(): Promise<CryptoKey> {
  const known = () => use<CryptoKey | undefined>(KEYS, "readonly", (it) => it.get("key"));
  const old = await known();
  if (old) return old;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await use(KEYS, "readwrite", (it) => it.add(made, "key")).catch(() => {});
  return (await known()) ?? made;
}

const named = (name: string, iv: Uint8Array<ArrayBuffer>) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) });

/** Keeps bytes under names, all or none; `false` where the browser keeps nothing, or has no room. */
export async function keep(all: [name: string, bytes: BufferSource][]): Promise<boolean> {
  try {
    const own = await key();
    const sealed: [string, Sealed][] = [];
    for (const [name, bytes] of all) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      sealed.push([name, { iv, data: await crypto.subtle.encrypt(named(name, iv), own, bytes) }]);
    }
    await use(NAME, "readwrite", (it) => sealed.map(([name, value]) => it.put(value, name)).at(-1) as IDBRequest);
    localStorage.setItem(WAITS, "1");
    return true;
  } catch {
    return false;
  }
}

/**
 * The bytes of a name; `undefined` where there are none, or none that a key of this browser opens. Rejects where the storage does
 * not answer now: what it holds may be read later.
 */
export async function fetchKept(name: string): Promise<ArrayBuffer | undefined> {
  const sealed = await use<Sealed | undefined>(NAME, "readonly", (it) => it.get(name));
  if (!sealed) return;
  const own = await key();
  try {
    return await crypto.subtle.decrypt(named(name, sealed.iv), own, sealed.data);
  } catch {
    return;
  }
}

/** Names that are kept; `undefined` where there is no storage. The database is not made by a look. */
export async function names(): Promise<string[] | undefined> {
  try {
    if ((await indexedDB.databases?.())?.every((it) => it.name !== NAME)) return [];
    return (await use(NAME, "readonly", (it) => it.getAllKeys())) as string[];
  } catch {
    return;
  }
}

/** Forgets a letter with its files. */
export async function forget(name: string): Promise<void> {
  try {
    await use(NAME, "readwrite", (it) => {
      it.delete(IDBKeyRange.bound(`${name}/`, `${name}/\uffff`));
      return it.delete(name);
    });
    if (!(await names())?.length) localStorage.removeItem(WAITS);
  } catch {
    // No storage here: nothing was kept.
  }
}
