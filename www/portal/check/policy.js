// What a page's Content-Security-Policy lets the widget do, and how to mend it. Pure: the page `/check` and the tests call it. What each id
// says to a person stands in `words.js`.

/** Sources that the widget needs, by what it does. `where`: `files` for our files, `server` for the ticket server. */
export const NEEDS = [
  { id: 'script', chain: ['script-src-elem', 'script-src', 'default-src'], where: 'files' },
  { id: 'wasm', chain: ['script-src', 'default-src'], keyword: "'wasm-unsafe-eval'", also: ["'unsafe-eval'"], only: 'wasm' },
  { id: 'image', chain: ['img-src', 'default-src'], where: 'files' },
  { id: 'files', chain: ['connect-src', 'default-src'], where: 'files' },
  { id: 'server', chain: ['connect-src', 'default-src'], where: 'server' },
  { id: 'frame', chain: ['frame-src', 'child-src', 'default-src'], where: 'files' },
];

/** What may come to be needed: the server keeps pictures of its articles that our files lack. Told where it is not let in yet. */
export const MAY = { id: 'pictures', chain: ['img-src', 'default-src'], where: 'server' };
/** Where they stand, under the server's address. */
const PICTURES = 'v1/faq/';

/** Sources that the widget can do without, and that make a policy weaker. */
export const LOOSE = [
  { chain: ['script-src', 'default-src'], source: "'unsafe-inline'", unless: /^'(nonce-|sha(256|384|512)-|strict-dynamic')/, id: 'inline' },
  { chain: ['script-src', 'default-src'], source: "'unsafe-eval'", id: 'eval' },
  { chain: ['script-src', 'default-src'], source: '*', id: 'scripts' },
  { chain: ['script-src', 'default-src'], source: 'data:', id: 'data' },
  { chain: ['script-src', 'default-src'], source: 'https:', id: 'scripts' },
  { chain: ['trusted-types'], source: '*', id: 'names' },
];

/** Every directive that browsers know, those that went out of use too. */
export const DIRECTIVES = (
  'base-uri block-all-mixed-content child-src connect-src default-src fenced-frame-src font-src form-action frame-ancestors frame-src ' +
  'img-src manifest-src media-src navigate-to object-src plugin-types prefetch-src referrer report-to report-uri ' +
  'require-sri-for require-trusted-types-for sandbox script-src script-src-attr script-src-elem style-src style-src-attr ' +
  'style-src-elem trusted-types upgrade-insecure-requests webrtc worker-src'
).split(' ');
/** Words of a directive, which stand in quotes. */
const KEYWORDS = (
  "'self' 'none' 'unsafe-inline' 'unsafe-eval' 'unsafe-hashes' 'wasm-unsafe-eval' 'strict-dynamic' 'report-sample' " +
  "'inline-speculation-rules' 'trusted-types-eval' 'script' 'allow-duplicates' 'allow' 'block'"
).split(' ');

/** Letters to change, put in or leave out to make one word of another. */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [to, wanted] of [...other].entries()) next.push(Math.min(row[to] + (letter === wanted ? 0 : 1), row[to + 1] + 1, next[to] + 1));
    row = next;
  }
  return row.at(-1);
}

/** The word that was meant: a third of the letters may differ. */
function likely(word, known) {
  const [best] = known.map((it) => [distance(word, it), it]).sort((a, b) => a[0] - b[0]);
  return best[0] <= Math.max(2, word.length / 3) ? best[1] : '';
}

const unquoted = (word) => word.replace(/^['"‘’“”`«]|['"‘’“”`»]$/g, '');

/** What browsers pass over without a word: directives and keywords that do not exist, and what was likely meant; empty where nothing is alike. */
export function misspelt(policies) {
  const found = [];
  for (const [name, sources] of policies.flatMap((it) => [...it])) {
    if (!DIRECTIVES.includes(name)) {
      // A variable of a server's settings: `$csp`, `%{csp}e`.
      if (/^[$%]/.test(name)) found.push({ what: 'variable', name, likely: '' });
      else found.push({ what: 'directive', name, likely: likely(name, DIRECTIVES) });
      continue;
    }
    // Names of policies and groups, addresses of reports and flags of a sandbox are the page's own words.
    if (/^(trusted-types|report-|sandbox|plugin-types|referrer)/.test(name)) continue;
    for (const source of sources) {
      const low = source.toLowerCase();
      const word = `'${unquoted(low)}'`;
      // The server puts the nonce in.
      if (/^'nonce-[$%]/.test(low)) continue;
      if (/^[$%]/.test(low)) {
        found.push({ what: 'variable', name: source, likely: '' });
        continue;
      }
      if (KEYWORDS.includes(low) || /^'(nonce-|sha(256|384|512)-)[\w+/=-]+'$/.test(low)) continue;
      const quoted = word.length !== low.length + 2;
      if (KEYWORDS.includes(word)) found.push({ what: 'keyword', name: source, likely: word });
      else if (quoted) found.push({ what: 'keyword', name: source, likely: likely(word, KEYWORDS) });
    }
  }
  return found;
}

const effective = (policy, chain) => chain.find((name) => policy.has(name));
const scheme = (url) => url.protocol;
const ports = { 'http:': '80', 'https:': '443' };
const port = (url) => url.port || ports[url.protocol];

/** Does one source let this address through? `page` is the page's own origin. */
export function allows(source, url, page) {
  const low = source.toLowerCase();
  if (low === '*') return /^(https?|wss?):$/.test(scheme(url)) || scheme(url) === scheme(page);
  if (low === "'self'") return url.origin === page.origin;
  if (/^[a-z][a-z0-9+.-]*:$/.test(low)) return scheme(url) === low || (low === 'http:' && scheme(url) === 'https:');
  if (low.startsWith("'")) return false;
  const [, asked, host, wanted, path] = low.match(/^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(\/[^?#]*)?$/) ?? [];
  if (!host) return false;
  const upgraded = (from) => from === scheme(url) || (from === 'http:' && scheme(url) === 'https:');
  if (!(asked ? upgraded(`${asked}:`) : upgraded(scheme(page)))) return false;
  if (host.startsWith('*.') ? !url.hostname.endsWith(host.slice(1)) : host !== '*' && host !== url.hostname) return false;
  const same = wanted ?? (asked ? ports[`${asked}:`] : ports[scheme(url)]);
  if (same !== '*' && same !== port(url) && !(same === '80' && port(url) === '443')) return false;
  return !path || (path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path);
}

const nonced = (sources) => sources.find((it) => /^'nonce-/i.test(it));
const strict = (sources) => sources.some((it) => it.toLowerCase() === "'strict-dynamic'");

/** One need under one policy: `ok`, `nonce` (the tag needs the page's nonce) or `lack`. */
function meets(need, policy, { page, files, server, build }) {
  if (need.only && need.only !== build) return 'ok';
  const name = effective(policy, need.chain);
  if (!name) return 'ok';
  const sources = policy.get(name);
  if (need.keyword) return sources.some((it) => [need.keyword, ...need.also].includes(it.toLowerCase())) ? 'ok' : 'lack';
  const url = need === MAY ? new URL(PICTURES, server) : need.where === 'server' ? server : files;
  if (need.id === 'script') {
    if (strict(sources)) return nonced(sources) ? 'nonce' : 'lack';
    if (sources.some((it) => allows(it, url, page))) return 'ok';
    return nonced(sources) ? 'nonce' : 'lack';
  }
  return sources.some((it) => allows(it, url, page)) ? 'ok' : 'lack';
}

const source = (url, page) => (url.origin === page.origin ? "'self'" : url.origin);

/** The directive with what it lacks, as it should be written. */
function mend(need, policy, given) {
  const name = effective(policy, need.chain);
  const own = name === 'default-src' || (need.id === 'frame' && name === 'child-src') ? need.chain.find((it) => !it.endsWith('-elem')) : name;
  const kept = policy.get(name).filter((it) => it.toLowerCase() !== "'none'");
  const url = need.where === 'server' ? given.server : given.files;
  const added = need.keyword ?? (need.id === 'script' && strict(kept) ? "'nonce-…'" : source(url, given.page));
  return { name: own, sources: [...kept, added] };
}

/** A directive that holds the widget up whatever the sources are. */
function blocked(policy) {
  const found = [];
  const sandbox = policy.get('sandbox');
  if (sandbox) {
    const missing = ['allow-scripts', 'allow-same-origin', 'allow-forms'].filter((it) => !sandbox.includes(it));
    if (missing.length) found.push({ id: 'sandbox', state: 'lack', fix: `sandbox ${[...sandbox, ...missing].join(' ')}` });
  }
  return found;
}

/** Trusted Types never hold the widget up: it puts no text where a browser would run it, so it makes no policy of its own. */
function trusted(policies) {
  if (!policies.some((it) => it.has('require-trusted-types-for') || it.has('trusted-types'))) return [];
  const named = policies.some((it) => it.has('trusted-types'));
  return [{ id: 'trusted', state: 'ok', advice: ['none', ...(named ? [] : ['any']), 'others'] }];
}

/**
 * What the widget needs under all policies of a page: rows `{id, state, fix, advice}` with `state` of `ok`, `nonce`,
 * `may` or `lack`, notes about what is looser than needed, and the policies mended.
 */
export function judge(policies, { page, files, server, build }) {
  const given = { page: new URL(page), files: new URL(files, page), server: new URL(server, page), build };
  const mended = policies.map((policy) => new Map(policy));
  const needs = NEEDS.filter((need) => !need.only || need.only === build);
  for (const need of needs) {
    for (const policy of mended) {
      if (meets(need, policy, given) !== 'lack') continue;
      const { name, sources } = mend(need, policy, given);
      policy.set(name, sources);
    }
  }
  const rows = needs.map((need) => {
    const met = policies.map((policy) => meets(need, policy, given));
    const fixes = mended.flatMap((policy, at) => {
      const name = effective(policy, need.chain);
      return met[at] === 'lack' ? [`${name} ${policy.get(name).join(' ')}`] : [];
    });
    return { id: need.id, state: ['lack', 'nonce'].find((it) => met.includes(it)) ?? 'ok', fix: fixes.join('\n') };
  });
  const later = mended.filter((policy) => meets(MAY, policy, given) === 'lack').map((policy) => mend(MAY, policy, given));
  if (later.length) rows.push({ id: MAY.id, state: 'may', fix: later.map(({ name, sources }) => `${name} ${sources.join(' ')}`).join('\n') });
  rows.push(...policies.flatMap(blocked), ...trusted(policies));
  const notes = policies.flatMap((policy) =>
    LOOSE.flatMap(({ id, chain, source, unless }) => {
      const sources = policy.get(effective(policy, chain)) ?? [];
      return sources.includes(source) && !(unless && sources.some((it) => unless.test(it))) ? [{ id, source }] : [];
    }),
  );
  return { rows, notes, mended: mended.map(write).join(', '), works: rows.every((row) => row.state !== 'lack') };
}

/** A policy as the header has it. */
export function write(policy) {
  return [...policy].map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}
