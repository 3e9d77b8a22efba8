/**
 * What waits to be sent: IndexedDB, since it must outlive the page. It holds a person's own words and files, so it lies there
 * encrypted, under a key of this browser that no script can read out. Where there is no such key or no storage, nothing is kept.
 */

/** Of www/loader/wipe.ts, which erases it at a log-out. */
const NAME = "podskazka-outbox";
const KEYS = "keys";
/**
 * In `localStorage` while something waits: the loader of the next page looks there, which costs it no database. `"wipe"` after a
 * log-out that could not erase everything: what lies there is nobody's, and nothing is added to it.
 */
const WAITS = "podskazka.waits";

/** Whether a log-out is still to be done. */
export function owed(): boolean {
  try {
    return localStorage[WAITS] === "wipe";
  } catch {
    return false;
  }
}

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
    opening.onsuccess = () => {
      const base = opening.result;
      // A log-out does not wait.
      base.onversionchange = () => base.close();
      done(base);
    };
    opening.onerror = opening.onblocked = () => failed(opening.error);
  });
}

/** Runs a request to the end of its transaction; its result. */
async function use<T>(store: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await open();
  return new Promise<T>((done, failed) => {
    const work = base.transaction(store, mode);
    work.onabort = () => failed(work.error);
    try {
      const request = act(work.objectStore(store));
      work.oncomplete = () => done(request.result);
    } catch (error) {
      // What was put before is not to stay by itself.
      failed(error);
      work.abort();
    }
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

const noRoom = (error: unknown) => (error as DOMException | null)?.name === "QuotaExceededError";

/** What became of it: the names that are kept, and whether it was room that the others lacked. */
export interface Kept {
  kept: string[];
  full: boolean;
}

/** Keeps bytes under names, in one transaction: where there is no room for all, without the largest, but never without the last name. */
export async function keep(all: [name: string, bytes: ArrayBuffer | Uint8Array<ArrayBuffer>][]): Promise<Kept> {
  let full = false;
  try {
    if (owed()) throw WAITS;
    const own = await key();
    const sealed: [string, Sealed][] = [];
    for (const [name, bytes] of all) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      sealed.push([name, { iv, data: await crypto.subtle.encrypt(named(name, iv), own, bytes) }]);
    }
    const last = sealed.pop() as [string, Sealed];
    sealed.sort(([, one], [, other]) => one.data.byteLength - other.data.byteLength);
    for (;;) {
      try {
        await use(NAME, "readwrite", (it) => [...sealed, last].map(([name, value]) => it.put(value, name)).at(-1) as IDBRequest);
        break;
      } catch (error) {
        full = noRoom(error);
        if (!full || !sealed.pop()) throw error;
      }
    }
    localStorage.setItem(WAITS, "1");
    return { kept: [...sealed, last].map(([name]) => name), full };
  } catch (error) {
    return { kept: [], full: noRoom(error) };
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
  if (owed()) return [];
  try {
    if ((await indexedDB.databases?.())?.every((it) => it.name !== NAME)) return [];
    return (await use(NAME, "readonly", (it) => it.getAllKeys())) as string[];
  } catch {
    return;
  }
}

/** Forgets a letter with its files; of what lies under a name, what comes before `to`. */
export async function forget(name: string, to = `${name}/\uffff`): Promise<void> {
  try {
    await use(NAME, "readwrite", (it) => {
      it.delete(IDBKeyRange.bound(`${name}/`, to));
      return it.delete(name);
    });
    if (!(await names())?.length) localStorage.removeItem(WAITS);
  } catch {
    // No storage here: nothing was kept.
  }
}
