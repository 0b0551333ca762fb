// A button that saves a file leaves its page as it stands. So what was to be put right goes, and the page says where to look;
// should something still be wrong, the whole page comes anew.
for (const form of document.querySelectorAll("[data-saves]"))
  form.addEventListener("submit", () => {
    for (const old of document.querySelectorAll(".errors, .err")) old.hidden = true;
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    form.querySelector("[data-saved]").hidden = false;
  });
