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

// The live gallery of fields: what a person would type, written by the page.
const states = document.querySelector('#states');
if (states && search) {
  const show = document.querySelector('#show-states');
  show.hidden = false;
  const fields = [...states.querySelectorAll('[data-example]')];
  const write = (field) => {
    field.focus();
    field.select();
    document.execCommand('insertText', false, field.dataset.example);
  };
  show.addEventListener('click', () => {
    for (const field of fields.filter((it) => it.dataset.example && !('stay' in it.dataset))) write(field);
    // The last one keeps the focus: its hint is of the typing.
    fields.filter((it) => 'stay' in it.dataset).forEach(write);
  });
  states.addEventListener('submit', (event) => event.preventDefault());
}

// An article of the search names its page from `/docs/`, where the demo has the site; it may stand anywhere.
const root = new URL('..', import.meta.url);
document.addEventListener('click', (event) => {
  const [link] = event.composedPath();
  const path = link.getAttribute?.('href');
  if (!path?.startsWith('/docs/') || root.pathname === '/docs/') return;
  event.preventDefault();
  location.assign(new URL(path.slice('/docs/'.length), root));
});
