// A router in miniature: the view is taken away and built anew, as a framework does.
const FORMS = { "#/first": ["first", "ИНН", "inn"], "#/second": ["second", "СНИЛС", "snils"] };

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function show() {
  const [form, label, kind] = FORMS[location.hash] ?? [];
  const view = form
    ? element(
        "form",
        { "data-podskazka-form": form, action: "/sent" },
        element("label", { for: kind }, label),
        element("input", { id: kind, name: kind, "data-podskazka": kind, required: "" }),
        element("button", { type: "submit" }, "Отправить"),
      )
    : element("p", {}, "Выберите форму.");
  document.querySelector("#view").replaceChildren(view);
}

addEventListener("hashchange", show);
show();
