/**
 * A mark that names no kind (`data-podskazka="inm"`) makes a text of its field, in silence. Its developer is told when somebody first comes
 * into a field, by the part of the panel that tells it when help is opened; only such a page loads that.
 */

/** Every kind has its lines in the words of the fields, whatever the language: `kind=…`, `kind.part=…`. */
export function prove({ load, words }, forms) {
  const lines = `\n${words}`;
  const known = (kind) => [".", "=", " "].some((end) => lines.includes(`\n${kind}${end}`));
  const strange = forms.flatMap((it) => it.fields).map((it) => it.kind).filter((kind) => kind && !known(kind));
  if (strange[0]) load("around.js").then((it) => it.unknown(strange, load), () => {});
}
