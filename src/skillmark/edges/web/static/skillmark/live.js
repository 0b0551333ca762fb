// While a check of many runs, its numbers are read again every three seconds. Without this script a link does it.
// Screen readers hear of it once a quarter, and the whole page is read anew when it is done.
const live = document.querySelector("[data-live]");
const words = document.querySelector("[data-live-words]");

const look = async () => {
  const answer = await fetch(live.dataset.live).catch(() => null); // the network will be back
  if (answer?.ok) {
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-part]");
    if (!part || !("running" in part.dataset)) { location.reload(); return; }
    live.replaceChildren(part);
    if (words.textContent !== part.dataset.words) words.textContent = part.dataset.words;
  }
  setTimeout(look, 3000);
};

if (live?.querySelector("[data-running]")) setTimeout(look, 1000);
