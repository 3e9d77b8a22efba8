// Asks every engine the same questions and prints the figures as JSON.
//
// node run.mjs WORK OURS: WORK holds sets.json ({set: {articles, pack, questions: {variant: [{query, relevant, expected}]}}},
// written by `cargo xtask bench faq`) and OURS is the search of this project as a module for Node.
// `expected`: what the native build answered, article and bits of the score in turn.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const [work, ours] = process.argv.slice(2);
const sets = JSON.parse(fs.readFileSync(path.join(work, 'sets.json'), 'utf8'));
const { Search } = await import(pathToFileURL(path.resolve(ours)).href).then((it) => it.default ?? it);

const project = {
  name: 'Подсказка (wasm)',
  build(articles, set) {
    const pack = fs.readFileSync(path.join(work, set.pack));
    const search = new Search(pack);
    const raw = (text) => search.ask(text);
    return { raw, ask: (text) => [...raw(text)].filter((_, i) => i % 2 === 0).map((i) => articles[i].id), saved: () => '' };
  },
};

/** Index of the value below which a share of the sorted list lies. */
const part = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const mean = (list) => list.reduce((sum, it) => sum + it, 0) / list.length;

async function measure(engine) {
  const figures = { engine: engine.name, build_ms: 0, variants: {} };
  const index = { raw: 0, brotli: 0 };
  const rows = {};
  let different = 0;
  for (const set of Object.values(sets)) {
    const start = performance.now();
    const built = await engine.build(set.articles, set);
    figures.build_ms += performance.now() - start;
    const saved = Buffer.from(await built.saved());
    index.raw += saved.length;
    index.brotli += saved.length && brotliCompressSync(saved).length;
    for (const [variant, questions] of Object.entries(set.questions)) {
      const row = { r1: 0, r3: 0, mrr: 0, times: [] };
      const asked = questions.slice(0, engine.most ?? Infinity);
      for (const { query, relevant, expected } of asked) {
        const start = performance.now();
        const ids = (await built.ask(query)).slice(0, 10);
        row.times.push(performance.now() - start);
        const place = ids.findIndex((id) => relevant.includes(id));
        row.r1 += place === 0;
        row.r3 += place >= 0 && place < 3;
        row.mrr += place >= 0 ? 1 / (place + 1) : 0;
        if (built.raw && String([...built.raw(query)]) !== String(expected)) different += 1;
      }
      const share = 100 / asked.length;
      row.times.sort((a, b) => a - b);
      const [p50, p95] = [part(row.times, 0.5), part(row.times, 0.95)];
      (rows[variant] ??= []).push({ r1: row.r1 * share, r3: row.r3 * share, mrr: row.mrr * share, p50, p95 });
    }
  }
  for (const [variant, list] of Object.entries(rows)) {
    figures.variants[variant] = Object.fromEntries(
      Object.keys(list[0]).map((key) => [key, mean(list.map((row) => row[key]))]),
    );
  }
  return { ...figures, index_raw: index.raw, index_brotli: index.brotli, different };
}

/** A thousand articles made of all sets, some twice: for time alone. Every fourth question, the least of five. */
function speed() {
  const set = { pack: 'thousand.pdk' };
  const start = performance.now();
  const { raw } = project.build([], set);
  const build_ms = performance.now() - start;
  const texts = Object.values(sets).flatMap((it) => Object.values(it.questions).flatMap((list) => list.map((q) => q.query)));
  const some = texts.filter((_, i) => i % 4 === 0);
  const times = some.map((text) => {
    let least = Infinity;
    for (let i = 0; i < 5; i += 1) {
      const start = performance.now();
      raw(text);
      least = Math.min(least, performance.now() - start);
    }
    return least;
  });
  times.sort((a, b) => a - b);
  return { build_ms, p50: part(times, 0.5), p95: part(times, 0.95), most: times.at(-1) };
}

const peers = [];
for (const file of fs.readdirSync(new URL('./peers/', import.meta.url)).sort()) {
  peers.push(...(await import(`./peers/${file}`)).default);
}
const engines = [];
for (const engine of [project, ...peers]) engines.push(await measure(engine));
console.log(JSON.stringify({ engines, thousand: speed() }));
