// The worker of a person's own page: without a network it shows the copy that they asked for. Every other page is left alone.
// It keeps nothing before they press the button, and lets go as soon as they close the page here or anywhere else.
const { home, copy, state, close, shell } = self.ownPage;
const CACHE = "my-page";
const OFTEN = 60_000; // the copy is made anew at most once a minute

const kept = () => caches.match(copy, { cacheName: CACHE });

const forget = async () => {
  await caches.delete(CACHE);
  await self.registration.unregister();
};

// A page that is closed, or that is somebody else's, leads elsewhere: then the copy stays as it is.
const fill = async () => {
  const answer = await fetch(copy, { cache: "reload" });
  if (!answer.ok || answer.redirected) return false;
  const cache = await caches.open(CACHE);
  await cache.addAll(shell.map((url) => new Request(url, { cache: "reload" })));
  await cache.put(copy, answer);
  return true;
};

const look = async (atHome) => {
  const before = await kept();
  if (!before) return;
  const answer = await fetch(state, { cache: "no-store" });
  if (answer.status === 410) await forget();
  else if (atHome && Date.now() - Date.parse(before.headers.get("date")) > OFTEN) await fill();
};

const shown = async (event, atHome) => {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(look(atHome).catch(() => {}));
    return answer;
  } catch {
    return (await kept()) ?? Response.error();
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data !== "fill") return;
  event.waitUntil(fill().catch(() => false).then((done) => event.ports[0].postMessage(done)));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate" && (pathname === home || pathname.startsWith(`${home}/`))) {
    if (request.method === "GET") event.respondWith(shown(event, pathname === home));
    else if (pathname === close) event.waitUntil(forget());
  } else if (request.method === "GET" && shell.includes(pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request, { cacheName: CACHE })) ?? Response.error()));
  }
});
