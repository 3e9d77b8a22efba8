/**
 * A canary for every field of the portal's forms: artificial values that must never leave the page.
 *
 * `wrong` marks the values that the rules refuse, so that their errors, fixes and summary are on the page as well.
 */
export const FORMS = {
  appointment: {
    full_name: { value: 'Ярополкова Евлампия Тихомировна' },
    birth_date: { value: '31.02.1987', wrong: true },
    snils: { value: '008-765-432 17', wrong: true },
    phone: { value: '+7 900 846-57-З1', wrong: true },
    email: { value: 'evlampia.yaropolk@pochta-kraya.example' },
  },
  'tax-registration': {
    inn: { value: '7707083894', wrong: true },
    passport: { value: '4587 623814' },
    passport_date: { value: '17.08.2013' },
    department_code: { value: '486-317' },
    address: { value: 'Зареченск, Мукомольная улица, дом 14, квартира 83' },
    postcode: { value: '648317' },
  },
  refund: {
    bik: { value: '048613752' },
    account: { value: '40817810648135720461' },
    payee_inn: { value: '500186421753', wrong: true },
    kpp: { value: '761543218' },
    amount: { value: '86413,57' },
  },
};

/** Two people whose values all hold, in the fields of `appointment`: nothing that leaves the page may tell them apart. */
export const TWINS = [
  {
    full_name: 'Ярополкова Евлампия Тихомировна',
    birth_date: '17.11.1987',
    snils: '008-765-432 67',
    phone: '+7 900 846-57-31',
    email: 'evlampia.yaropolk@pochta-kraya.example',
  },
  {
    full_name: 'Стрелецкая Серафима Афанасьевна',
    birth_date: '05.03.1968',
    snils: '006-543-218 19',
    phone: '+7 912 513-86-34',
    email: 'serafima.strelets@zemlya-rodni.example',
  },
];

/** What a page may say of a person by itself: in a heading, a greeting, a message. */
export const PLANTED = {
  name: 'Велемудрова Зинаида',
  short: 'Благонравова Е. Т.',
  mail: 'zinaida.velemudr@pochta-kraya.example',
  number: '48-2719-6305',
};

/** Spellings of a canary that would give it away: as typed, and its digits without separators. */
export function spellings(value) {
  const digits = value.replace(/\D/g, '');
  const words = value.match(/[\p{L}@.-]{5,}/gu) ?? [];
  return [...new Set([value, ...(digits.length >= 6 ? [digits] : []), ...words])];
}

/** Every run of five letters or digits of a value: what a picture must not show. */
export function pieces(value) {
  const found = new Set();
  for (const run of [value.replace(/\D/g, ''), ...(value.toLowerCase().match(/\p{L}{5,}/gu) ?? [])]) {
    for (let at = 0; at + 5 <= run.length; at++) found.add(run.slice(at, at + 5));
  }
  return [...found];
}
