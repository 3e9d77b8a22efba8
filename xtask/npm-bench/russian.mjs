// What the peers lack for Russian and get from us: a stemmer and stop words, so that the comparison is about search.
import { stemmer as stem } from '@orama/stemmers/russian';

export { stem };

const STOP = new Set(
  (
    'а без более бы был была были было быть в вам вас ваш весь во вот все всех вы да даже для до его ее ей если есть еще ' +
    'же за здесь и из или им их к как ко когда кто ли мне может мой мы на над нам наш не него нее нет ни них но о об от ' +
    'по под при с со так также там те тем то тоже только том ты у уже чего чем что чтобы эта эти это я ' +
    'здравствуйте добрый день утро вечер подскажите скажите пожалуйста спасибо'
  ).split(' '),
);

/** A word as an index keeps it, or null for a stop word. */
export function term(word) {
  const plain = word.toLowerCase().replaceAll('ё', 'е');
  return STOP.has(plain) ? null : stem(plain);
}

/** Words of a text: letters and digits of any alphabet. */
export const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
