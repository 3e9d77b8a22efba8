/**
 * Work that a server asks for where many write at once: the number whose SHA-256 with the salt is the challenge. Loaded when it is
 * asked for. In slices between which the page has its turn: a worker would need a policy that portals do not have.
 */

export interface Challenge {
  algorithm: string;
  challenge: string;
  maxnumber: number;
  salt: string;
  signature: string;
}

/** Hashes between two turns of the page: a cheap phone makes some thousands a second, so that is well under 50 ms. */
const SLICE = 64;

const hex = (bytes: ArrayBuffer) => Array.from(new Uint8Array(bytes), (it) => it.toString(16).padStart(2, "0")).join("");

/** The page has its turn: a message comes before no input and is not slowed down as timers are. */
const turn = () =>
  new Promise<void>((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(0);
  });

/** The header `X-Altcha`. */
export async function solve(it: Challenge, signal?: AbortSignal): Promise<string> {
  const encoder = new TextEncoder();
  for (let from = 0; from <= it.maxnumber; from += SLICE) {
    if (signal?.aborted) break;
    const numbers = Array.from({ length: Math.min(SLICE, it.maxnumber + 1 - from) }, (_, at) => from + at);
    const hashes = await Promise.all(numbers.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(it.salt + number))));
    const at = hashes.findIndex((hash) => hex(hash) === it.challenge);
    if (at >= 0) {
      const { algorithm, challenge, salt, signature } = it;
      return btoa(JSON.stringify({ algorithm, challenge, number: numbers[at], salt, signature }));
    }
    await turn();
  }
  throw new Error("no number fits");
}
