/** What stands in the fields of the page, and their titles, which may hold anything: words that repeat it are covered. It goes nowhere. */
export const typed = () =>
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input,textarea")]
    .filter((it) => !/^(button|checkbox|hidden|image|radio|reset|submit)$/.test(it.type))
    .flatMap((it) => [it.value, it.title])
    .map((it) => it.replace(/\s+/g, " "))
    .join("\n");
