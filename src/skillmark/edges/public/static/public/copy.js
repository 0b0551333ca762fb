// The copy on a phone: says when it is shown without a network, tells the time of this phone, and can be deleted on the spot.
const page = document.querySelector("[data-copy-page]");
page.querySelector("[data-offline]").hidden = navigator.onLine && location.pathname === page.dataset.address;
for (const time of page.querySelectorAll("time[data-local]")) {
  time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
}
page.querySelector("[data-forget]").addEventListener("click", async () => {
  await caches.delete("my-page");
  await (await navigator.serviceWorker?.getRegistration())?.unregister();
  page.hidden = true;
  const gone = document.querySelector("[data-gone]");
  gone.hidden = false;
  gone.focus();
});
