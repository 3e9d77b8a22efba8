/** What is not played in Firefox ESR and WebKitGTK, as rows of `docs/engines.md`: the behaviour, the engines, the cause. */
import { TABLES } from './tables.mjs';

const NAMES = { firefox: 'Firefox ESR', webkit: 'WebKitGTK' };

/** Why a behaviour is left out in an engine; `undefined` where it is played. */
export const cause = (engine, { only, except = {} } = {}) => (engine === 'chromium' ? undefined : (only ?? except[engine]));

/** The document as it has to be. */
export function engines() {
  const rows = [];
  for (const [name, , given] of TABLES) {
    const where = {};
    for (const [engine, said] of Object.entries(NAMES)) {
      const why = cause(engine, given);
      if (why) (where[why] ??= []).push(said);
    }
    for (const [why, said] of Object.entries(where)) rows.push(`| ${name.replaceAll('|', '\\|')} | ${said.join(', ')} | ${why} |`);
  }
  return `# Behaviours that only Chromium is asked for

Of ${TABLES.length} behaviours of the fields, each a test by its number, Chromium is asked for all. What Firefox ESR and WebKitGTK are not asked for, and why: the drivers of these browsers cannot do it, or their windows. Written by \`UPDATE=1 node --test tests/browser/assist.mjs\`.

| behaviour | left out in | because |
|---|---|---|
${rows.join('\n')}
`;
}
