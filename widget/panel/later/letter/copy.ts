/** Copies what stands in a field; where the browser does not let it be copied, it is selected for the person's own hand. */

/** Whether it was copied. */
export function copy(text: HTMLTextAreaElement): Promise<boolean> {
  // Where the focus is, Ctrl+C copies.
  text.focus();
  text.select();
  const byHand = () => document.execCommand("copy");
  return navigator.clipboard?.writeText(text.value).then(() => true, byHand) ?? Promise.resolve(byHand());
}
