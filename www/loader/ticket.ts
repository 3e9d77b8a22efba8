/** The page behind a link to one's ticket: opens it on another device. The token stays in the fragment, which no server gets. */

const toTickets = () => window.Podskazka?.open("status");

document.querySelector("#open")?.addEventListener("click", toTickets);
void window.Podskazka?.ready.then(toTickets);
