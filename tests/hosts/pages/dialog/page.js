document.querySelector("#show").addEventListener("click", () => document.querySelector("dialog").showModal());
