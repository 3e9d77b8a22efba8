/** The words of drafts: they come with the part, since few pages need them. */

/** The name of the offer, its two sentences, its two buttons, the switch. */
export const WORDS = {
  ru: [
    "Черновик",
    "Остался черновик, сохранён",
    "Вернуть в форму то, что было введено?",
    "Вернуть введённое",
    "Удалить черновик",
    "Это чужой компьютер: не сохранять то, что я ввожу",
  ],
  en: [
    "Draft",
    "There is a draft, saved",
    "Restore it?",
    "Restore what I typed",
    "Delete the draft",
    "This computer is not mine: do not keep what I type",
  ],
};

/** «2 часа назад (25 ноября 2026 г. в 18:40)». */
export function ago(at, lang = "ru") {
  const minutes = Math.max(0, Math.round((Date.now() - at) / 6e4));
  /** @type {[Intl.RelativeTimeFormatUnit, number]} */
  const [unit, length] = minutes < 60 ? ["minute", 1] : minutes < 2880 ? ["hour", 60] : ["day", 1440];
  const past = new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(-Math.round(minutes / length), unit);
  const day = new Date(at).toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
  return `${past} (${day})`;
}
