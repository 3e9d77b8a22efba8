/** Fields of the live gallery, each with what the page types into it and what then stands beside it. */
export default [
  { name: 'hint', kind: 'inn', text: '770708', ru: 'Подсказка, пока пишут', en: 'A hint while a person types', stay: true },
  { name: 'error', kind: 'inn', text: '7707083894', ru: 'Ошибка с исправлениями', en: 'An error with its fixes' },
  { name: 'chip', kind: 'phone', text: '89161234567', ru: 'Исправлено само, можно вернуть', en: 'Mended by itself, with the way back' },
  { name: 'doubt', kind: 'email', text: 'anna@gmial.com', ru: 'Сомнение, которое ничему не мешает', en: 'A doubt that stops nothing' },
  { name: 'echo', kind: 'birth_date', text: '05.03.1990', ru: 'Как прочитано значение', en: 'How a value reads' },
  { name: 'empty', kind: 'snils', text: '', ru: 'Пустое обязательное поле', en: 'An empty mandatory field' },
];
