/** Every page of the site, in reading order: the same in both languages. */
import { existsSync } from 'node:fs';

export const LANGUAGES = ['ru', 'en'];
/** The built widget: the search of the pages is made of it. */
export const WIDGET = 'dist/podskazka';
export const SCHEMA = 'docs/schema/form.v1.json';

const all = [
  { slug: '', group: 'begin', ru: 'О подсказке', en: 'What it is' },
  { slug: 'start', group: 'begin', ru: 'Начать за пять минут', en: 'Start in five minutes' },
  { slug: 'errors', group: 'begin', ru: 'Свои коды ошибок', en: 'Error codes of your own' },
  { slug: 'theming', group: 'begin', ru: 'Внешний вид', en: 'Looks' },
  { slug: 'migration', group: 'begin', ru: 'Переход с другой версии', en: 'Migration' },
  { slug: 'options', group: 'reference', ru: 'Параметры и вызовы', en: 'Options and calls' },
  { slug: 'attributes', group: 'reference', ru: 'Атрибуты страницы', en: 'Attributes of a page' },
  { slug: 'events', group: 'reference', ru: 'События', en: 'Events' },
  { slug: 'kinds', group: 'reference', ru: 'Виды полей', en: 'Kinds of fields' },
  { slug: 'codes', group: 'reference', ru: 'Коды ошибок', en: 'Error codes' },
  { slug: 'schema', group: 'reference', ru: 'Схема формы', en: 'Form schema', file: SCHEMA },
  { slug: 'articles', group: 'reference', ru: 'Статьи', en: 'Articles' },
  { slug: 'accessibility', group: 'trust', ru: 'Доступность', en: 'Accessibility' },
  { slug: 'privacy', group: 'trust', ru: 'Личные данные', en: 'Privacy' },
  { slug: 'security', group: 'trust', ru: 'Безопасность', en: 'Security' },
  { slug: 'picture', group: 'trust', ru: 'Снимок страницы', en: 'The picture of a letter' },
  { slug: 'operating', group: 'trust', ru: 'Работа сервера', en: 'Operating the server' },
  { slug: 'releases', group: 'trust', ru: 'Выпуски', en: 'Releases' },
];

/** A page made from a file is there when the file is. */
export const PAGES = all.filter((it) => !it.file || existsSync(it.file));

export const GROUPS = [
  { name: 'begin', ru: 'Начало', en: 'Beginning' },
  { name: 'reference', ru: 'Справочник', en: 'Reference' },
  { name: 'trust', ru: 'Надёжность', en: 'Trust and operation' },
];

/** Address of a page from the site's root. */
export const address = (lang, slug) => [lang === 'en' ? 'en/' : '', slug && `${slug}/`].join('');

/** `page:start`, `page:start#npm`, `ru:start`, or a file such as `assets/docs.css`, as seen from the page at `from`. */
export function find(what, from) {
  const root = '../'.repeat(from.split('/').length - 2) || './';
  const [, scheme, rest] = what.match(/^(page|ru|en|demo):(.*)$/) ?? [];
  if (!scheme) return root + what;
  // The demo portal has the documentation in its folder `docs/`.
  if (scheme === 'demo') return `${root}../${rest}`;
  const lang = scheme === 'page' ? (from.startsWith('/en/') ? 'en' : 'ru') : scheme;
  const [slug, anchor] = rest.split('#');
  if (!all.some((it) => it.slug === slug)) throw new Error(`${from}: there is no page "${slug}"`);
  return root + address(lang, slug) + (anchor ? `#${anchor}` : '');
}
