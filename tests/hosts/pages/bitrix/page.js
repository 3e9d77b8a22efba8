// What 1C-Bitrix does to a page, in a few lines: AJAX mode of a component, and a dynamic area of the composite cache.
window.sent = [];

/** The form goes into a hidden frame; the words that come back replace the component. */
function submitComponentForm(form, container) {
  const frame = document.createElement("iframe");
  frame.name = `formTarget_${Math.random()}`;
  frame.hidden = true;
  document.body.append(frame);
  form.target = frame.name;
  frame.addEventListener("load", () => {
    if (frame.contentWindow.location.href === "about:blank") return;
    const answer = frame.contentDocument.body.innerHTML;
    document.getElementById(container).innerHTML = answer;
    frame.remove();
  });
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.closest("#comp_5f2c1")) return;
  window.sent.push(new URLSearchParams(new FormData(event.target)).toString());
  submitComponentForm(event.target, "comp_5f2c1");
});

/** The composite cache fills its areas after the page stands. */
window.fillArea = () => {
  document.getElementById("bxdynamic_feedback").innerHTML = `
    <form data-podskazka-form="feedback" action="/sent">
      <p><label for="phone">Телефон</label> <input id="phone" name="phone" data-podskazka="phone" required></p>
      <button type="submit">Перезвоните мне</button>
    </form>`;
};
