// Many files at once are handed over in portions, because one request takes a hundred at most. Without this script a ZIP does it.
const form = document.querySelector("[data-add]");
const files = form?.querySelector("#id_files");
const wait = form?.querySelector("[data-wait]");
const count = form?.querySelector("[data-count]");
const AT_ONCE = 40;
const BYTES = 20 * 2 ** 20;

for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;

const portions = (all) => {
  const found = [];
  let size = 0;
  for (const file of all) {
    if (!found.length || found.at(-1).length >= AT_ONCE || size + file.size > BYTES) { found.push([]); size = 0; }
    found.at(-1).push(file);
    size += file.size;
  }
  return found;
};

const hand = async (all) => {
  let address = form.action;
  let page = "";
  let done = 0;
  for (const portion of portions(all)) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const file of portion) body.append("files", file);
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (!answer?.ok || !told?.more) {
      wait.textContent = told?.errors?.[0] ?? form.dataset.problem;
      if (page) location.assign(page);
      return;
    }
    ({ more: address, page } = told);
    done += portion.length;
    count.textContent = `${done} / ${all.length}`;
  }
  location.assign(page);
};

form?.addEventListener("submit", (event) => {
  wait.hidden = false;
  if (files.files.length <= AT_ONCE) return;
  event.preventDefault();
  hand([...files.files]);
});

addEventListener("pageshow", () => { if (wait) wait.hidden = true; });
