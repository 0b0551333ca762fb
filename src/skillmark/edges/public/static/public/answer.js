// The answer takes the focus, so that a screen reader reads it first, but not before what is to be put right in a form;
// printing is offered where a script can do it.
(document.querySelector(".errors") ?? document.querySelector("h1[tabindex]"))?.focus({ preventScroll: true });
for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.addEventListener("click", async () => {
    source.select();
    // Browsers give `clipboard` to secure addresses only; the selected text is the way that always works.
    if (navigator.clipboard) await navigator.clipboard.writeText(source.value);
    else document.execCommand("copy");
    button.lastChild.textContent = button.dataset.done;
  });
}
