/** The words of drafts: they come with the part, since few pages need them. */

const WORDS = {
  ru: {
    offer: "Черновик",
    left: "Остался черновик, сохранён",
    ask: "Вернуть в форму то, что было введено?",
    restore: "Вернуть введённое",
    discard: "Удалить черновик",
    stranger: "Это чужой компьютер: не сохранять то, что я ввожу",
  },
  en: {
    offer: "Draft",
    left: "There is a draft, saved",
    ask: "Put what was typed back into the form?",
    restore: "Restore what I typed",
    discard: "Delete the draft",
    stranger: "This computer is not mine: do not keep what I type",
  },
};

export const words = (lang) => (key) => (WORDS[lang] ?? WORDS.ru)[key];

/** «2 часа назад (25 ноября, 18:40)». */
export function ago(at, lang = "ru") {
  const minutes = Math.max(0, Math.round((Date.now() - at) / 6e4));
  const [count, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  const past = new Intl.RelativeTimeFormat(lang, { numeric: count ? "always" : "auto" }).format(-count, unit);
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(at);
  return `${past} (${day})`;
}
