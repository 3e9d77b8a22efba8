// On a wide window the list of pages is open; on a narrow one it waits to be pressed.
const menu = document.querySelector('.menu details');
const wide = matchMedia('(min-width: 60rem)');
const fit = () => (menu.open = wide.matches);
wide.addEventListener('change', fit);
fit();

// The search is the help panel with these pages as its articles. A press before it has loaded waits in the queue.
window.Podskazka ||= function () {
  (window.Podskazka.q ||= []).push(arguments);
};
const search = document.querySelector('.search');
if (search) {
  search.hidden = false;
  search.addEventListener('click', () => window.Podskazka('open', 'help'));
}
