/** The tickets that wait in this browser (widget/panel/later/outbox/store.ts): looked at without making anything. */

export const OUTBOX = "podskazka-outbox";

/** Acts on the outbox, if there is one. */
export async function outbox<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | void> {
  if (!(await indexedDB.databases?.())?.some((it) => it.name === OUTBOX)) return;
  return new Promise((done, failed) => {
    const opening = indexedDB.open(OUTBOX);
    // Gone since it was listed: it is not made anew.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = failed;
    opening.onsuccess = () => {
      const work = opening.result.transaction(OUTBOX, mode);
      const request = act(work.objectStore(OUTBOX));
      work.oncomplete = () => done(request.result);
      work.onerror = failed;
      opening.result.close();
    };
  });
}
