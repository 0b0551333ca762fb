// Speed only: a chosen, dropped or pasted file is checked at once. Without this script the button does the same.
const form = document.querySelector("[data-check]");
const files = form?.querySelectorAll("input[type=file]") ?? [];
const wait = form?.querySelector("[data-wait]");

for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;

const send = () => {
  setTimeout(() => { wait.hidden = false; }, 400);
  form.requestSubmit();
};

for (const file of files) file.addEventListener("change", () => { if (file.files.length) send(); });

document.addEventListener("paste", (event) => {
  const pasted = event.clipboardData?.files;
  if (!pasted?.length || !files.length) return;
  event.preventDefault();
  files[0].files = pasted;
  send();
});

addEventListener("pageshow", () => { if (wait) wait.hidden = true; });
