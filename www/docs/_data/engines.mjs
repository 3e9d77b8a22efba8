import { readFileSync } from 'node:fs';

/** The causes of `docs/engines.md` in Russian: a new one is asked for. */
const CAUSES = {
  'a window is 500 px wide at least': 'окно не бывает уже 500 точек',
  'a window is 447 px wide at least': 'окно не бывает уже 447 точек',
  'the driver has no input method': 'драйвер не умеет набирать через метод ввода',
  'the driver presses no key of another layout': 'драйвер не нажимает клавиш другой раскладки',
  'the driver needs scripts from text, which this policy forbids': 'драйверу нужны скрипты из текста, а эта политика их запрещает',
  'the driver does not reach into the panel by names; the way through it is `smoke.mjs`': 'драйвер не ищет в панели по именам; путь через неё проходит `smoke.mjs`',
};

/** Rows of `docs/engines.md`, which the behaviours of the fields hold to themselves. */
const text = readFileSync('docs/engines.md', 'utf8');
const rows = text.split('\n').slice(6).filter((line) => line.startsWith('| ')).map((line) => {
  const [what, where, en] = line.split(/(?<!\\)\|/).slice(1, -1).map((it) => it.trim());
  if (!CAUSES[en]) throw new Error(`www/docs/_data/engines.mjs: say «${en}» in Russian`);
  return { what, where, en, ru: CAUSES[en] };
});
export default { all: Number(text.match(/Of (\d+) behaviours/)[1]), rows };
