/** Rules of the editor, on top of those of the panel that it stands in: colours and buttons are the panel's. */
export const LOOK = `
dialog.edit, dialog[data-look].edit {
  inset: 0; width: 100%; height: 100%; border: 0; animation: none; display: flex; flex-direction: column; overflow: auto;
}
dialog.edit:not([open]) { display: none; }
.edit .head { position: static; }
.edit .choice { margin: .5em 0; align-items: center; }
.edit .work { display: grid; grid-template-columns: minmax(0, 1fr) 17em; gap: 1em; padding: 1em; align-items: start; }
.edit .stage { display: block; max-width: 100%; border-radius: 2px; }
.edit canvas { max-height: 74vh; width: auto; touch-action: pinch-zoom; cursor: crosshair; margin: auto; }
.edit [role="listbox"] { max-height: 38vh; overflow: auto; padding: 0; margin: .25em 0 .75em; border: 1px solid var(--edge); border-radius: 6px; list-style: none; }
.edit [role="option"] { min-height: 44px; margin: 0; padding: .5em .75em; cursor: pointer; }
.edit [role="option"][aria-selected="true"] { background: var(--tint); box-shadow: inset 4px 0 var(--main); font-weight: 600; }
.edit [role="option"] span { color: var(--bad); }
.edit .said { min-height: 1.5em; margin: .25em 0 0; }
@media (max-width: 700px) {
  .edit .work { grid-template-columns: minmax(0, 1fr); padding: .5em; }
  .edit canvas { max-height: 56vh; }
  .edit .head { padding: .5em; }
  .edit .quiet, .edit .main { padding: .25em .5em; }
}
@media (forced-colors: active) { .edit [aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; } }
`;
