// Calls wait in `q` until the script is there. No inline script: a strict policy would refuse it.
window.Podskazka =
  window.Podskazka ||
  function () {
    (window.Podskazka.q = window.Podskazka.q || []).push(arguments);
  };

window.Podskazka("on", "ready", (event) => (document.documentElement.dataset.build = event.detail.build));
window.Podskazka("prefill", { text: "Не проходит возврат." });
window.Podskazka("on", "beforesend", (event) => (event.detail.text += " (из кабинета)"));

document.addEventListener("click", (event) => {
  if (event.target.id !== "help") return;
  event.preventDefault();
  window.Podskazka("open", "help");
});
