// A form of five hundred fields, as a register of people is typed.
const KINDS = ["phone", "inn", "snils", "birth_date", "email"];
const form = document.createElement("form");
form.setAttribute("data-podskazka-form", "register");
form.action = "/sent";
for (let at = 0; at < 500; at++) {
  const row = document.createElement("p");
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.htmlFor = input.id = input.name = `f${at}`;
  label.textContent = `${KINDS[at % 5]} ${at}`;
  input.setAttribute("data-podskazka", KINDS[at % 5]);
  input.required = true;
  row.append(label, " ", input);
  form.append(row);
}
const send = document.createElement("button");
send.textContent = "Отправить";
form.append(send);
document.querySelector("main").append(form);
