/** What a page calls. */

import { begin, end } from "./fields_bg.js";
import { fields } from "./forms.js";
import { again, close, open } from "./page.js";
import { listen } from "./roots.js";

export { reveal } from "./reach.js";
export { snapshot } from "./state.js";

/**
 * Look after every `form[data-podskazka-form]` and every `[data-podskazka]` field of the page.
 *
 * `config.words` is the text of a file of words (`words.ru.txt`). It may hold `today` (`YYYY-MM-DD`, instead of the clock) and
 * `override: false` (no «Всё равно отправить»). A further start takes other words: errors that stand there are said anew in these.
 */
export function start(config) {
  const wrong = Object.values(fields).filter((it) => it.error);
  destroy();
  open(config);
  begin();
  listen();
  again(wrong);
}

/** Take every listener, node, attribute and style of ours off the page. */
export function destroy() {
  close();
  end();
}
