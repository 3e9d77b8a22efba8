// On a wide window the list of pages is open; on a narrow one it waits to be pressed.
const menu = document.querySelector('.menu details');
const wide = matchMedia('(min-width: 60rem)');
const fit = () => (menu.open = wide.matches);
wide.addEventListener('change', fit);
fit();
