// The button stays off until it says what and how, and says why. The server asks for the same.
const form = document.querySelector("[data-kind]");
const button = form.querySelector("button.go");
const words = button.textContent;
const needed = ["name", "did", "how"];

const look = () => {
  const missing = needed.find((name) => !form.elements[name].value.trim());
  button.disabled = Boolean(missing);
  button.textContent = missing ? form.getAttribute(`data-need-${missing}`) : words;
};

form.addEventListener("input", look);
addEventListener("pageshow", look);
look();
