// A verdict as a sentence: its parts go to the module, which has the words of both languages.
import { kinds, placeOf } from './arguments.js';
import { COMPLETE, FAULT, OTHER, PARTIAL } from './check.js';
import { among, calls, grow, most, part, read, take, write } from './desk.js';

const LANGUAGES = ['ru', 'en'];
/** Classes by what a verdict is called. */
const CLASSES = { complete: COMPLETE, partial: PARTIAL, fault: FAULT, empty: OTHER };

export function explain(kind, verdict, { lang = 'ru', label = '' } = {}) {
  const language = LANGUAGES.indexOf(lang);
  if (language < 0) throw new TypeError(`lang: "${lang}" is not there; take ru or en`);
  if (typeof label !== 'string') throw new TypeError('label: give a string, such as "ИНН"');
  // What a rule finds between fields has no verdict.
  const what = CLASSES[verdict?.verdict] ?? (verdict?.fields && (verdict.warning ? COMPLETE : FAULT));
  if (what === undefined) throw new TypeError('verdict: give what `check` or `checkForm` has returned');
  if (what === COMPLETE && verdict.warnings) {
    return verdict.warnings.map(({ code }) => say(language, COMPLETE, 0, [code, label])).filter(Boolean).join(' ');
  }
  const code = what === PARTIAL ? kinds()[placeOf(kind)] : (verdict.code ?? '');
  return say(language, what, verdict.missing ?? 0, [code, label, verdict.expected ?? '', verdict.found ?? '']);
}

function say(language, what, missing, texts) {
  grow(texts.reduce((sum, it) => sum + most(it) + 1, 0), 0);
  let at = 0;
  for (const text of texts) at = part(write(among(text), at));
  read(calls.say(language, what, missing, at - 1));
  const said = take();
  // The sentence follows the label and a colon; without a label it begins itself.
  return texts[1] ? said : said.replace(/^: /, '').replace(/^./, (letter) => letter.toUpperCase());
}
