// The worker of a phone: without the network, the pages of signing are drawn from what the phone keeps, and what is signed
// waits on it. Every other page is left alone.
const { shell, offline, closing, home, team, handOver } = self.signOff;
const store = self.signOffStore;
const CACHE = "sign-off";
const ITEM = new RegExp(`^${home}/([0-9a-f-]{36})/([0-9a-f-]{36})$`);
const PAGE = new RegExp(`^(${home}(/[0-9a-f-]{36}){0,2}|/q/[^/]+)$`);

const fill = async () => {
  const cache = await caches.open(CACHE);
  await cache.addAll(shell.map((url) => new Request(url, { cache: "reload" })));
};

const fromPhone = async (request) => (await caches.match(request, { cacheName: CACHE })) ?? Response.error();

// A form that could not be sent is kept with the moment at which it was signed, and with who had the phone in hand.
const keep = async (request, path) => {
  const fields = [...await request.formData()].filter(([name, value]) =>
    name !== "csrfmiddlewaretoken" && (typeof value === "string" || value.size > 0));
  const [, person_id, item_id] = ITEM.exec(path);
  const known = await store.team();
  await store.keep({
    fields, person_id, item_id, member: known?.member ?? 0, signer: known?.name ?? "",
    person: known?.people.find((one) => one.id === person_id)?.name ?? "", item: known?.items[item_id]?.name ?? "",
    observed_at: new Date().toISOString(),
  });
  return Response.redirect(home, 303);
};

const signed = async (request, url) => {
  const copy = request.clone();
  if (!url.searchParams.has("kept")) {
    try { return await fetch(request); } catch { /* no network: the phone keeps it */ }
  }
  return keep(copy, url.pathname);
};

const shown = (request, url) => store.tellHandOver({ team, handOver }).then(() => fetch(request))
  .catch(() => (PAGE.test(url.pathname) ? fromPhone(offline) : Response.error()));

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => { if (event.data === "fill") event.waitUntil(fill().catch(() => {})); });
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && request.method === "POST") {
    // Whoever goes leaves no team behind; what they signed stays until it is sent.
    if (closing.includes(url.pathname)) event.waitUntil(store.forgetTeam());
    else if (ITEM.test(url.pathname)) event.respondWith(signed(request, url));
  } else if (request.mode === "navigate" && (PAGE.test(url.pathname) || url.pathname.startsWith(home))) {
    event.respondWith(shown(request, url));
  } else if (request.method === "GET" && shell.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(() => fromPhone(request)));
  }
});
