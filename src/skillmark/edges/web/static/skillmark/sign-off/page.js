// On every page of signing: tells what this phone keeps, sends it as soon as there is a network, and keeps today's team
// for when there is none. Without this script the pages work as they are; they only need the network then.
import "./store.js";

const store = self.signOffStore;
const box = document.querySelector("[data-waiting]");
const words = (name) => box.querySelector(`template[data-${name}]`).content.cloneNode(true);

const line = (one, member) => {
  const drawn = words("kept");
  const put = (name, text) => { drawn.querySelector(`[data-${name}]`).textContent = text; };
  put("person", one.person);
  put("item", one.item);
  put("when", new Date(one.observed_at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }));
  put("why", one.refused ?? "");
  put("signer", one.signer);
  drawn.querySelector("[data-waits]").hidden = one.member === member;
  const again = drawn.querySelector("[data-again]");
  const drop = drawn.querySelector("[data-drop]");
  if (one.refused) again.href = `${box.dataset.home}/${one.person_id}/${one.item_id}`; else again.remove();
  drop.addEventListener("click", async () => { await store.drop(one.at); await draw(); });
  return drawn;
};

// `closed`: "locked" or "signed_out", where the server does not know who has the phone in hand.
const draw = async (closed) => {
  const [kept, team] = [await store.kept(), await store.team()];
  box.hidden = kept.length === 0 && self.isSecureContext;
  if (box.hidden) { box.querySelector("[data-shown]")?.remove(); return; }
  const drawn = words(self.isSecureContext ? "box" : "insecure");
  if (self.isSecureContext) {
    const count = drawn.querySelector(`[data-${kept.length === 1 ? "one" : "many"}]`);
    count.hidden = false;
    count.textContent = count.textContent.replace("99", kept.length);
    const note = drawn.querySelector(`[data-${closed ?? "open"}]`);
    if (note) note.hidden = false;
    drawn.querySelector("[data-lines]").append(...kept.map((one) => line(one, team?.member)));
  }
  box.querySelector("[data-shown]")?.remove();
  box.append(drawn);
};

const send = async (one, csrf) => {
  const body = new FormData();
  for (const [name, value] of one.fields) body.append(name, value);
  for (const name of ["person_id", "item_id", "observed_at", "member"]) body.set(name, one[name]);
  const answer = await fetch(box.dataset.sync, { method: "POST", body, headers: { "X-CSRFToken": csrf, Accept: "application/json" } });
  if (!answer.ok) throw new Error(`sync ${answer.status}`); // locked meanwhile, or the server is not well: it stays here
  const said = await answer.json();
  if (said.state === "kept") await store.drop(one.at);
  else await store.change({ ...one, refused: said.sentence });
};

const sync = async () => {
  await store.tellHandOver(box.dataset);
  const answer = await fetch(box.dataset.team, { headers: { Accept: "application/json" } });
  if (answer.status === 401) {
    await store.forgetTeam();
    await draw((await answer.json()).code);
    return;
  }
  if (!answer.ok) return;
  const { csrf, ...team } = await answer.json();
  await store.keepTeam(team);
  const before = await store.kept();
  for (const one of before) if (!one.refused && one.member === team.member) await send(one, csrf);
  await draw();
  const sent = before.length - (await store.kept()).length;
  if (sent) { const told = words("sent"); box.hidden = false; box.append(told); }
};

// One page at a time sends; what was sent twice all the same is kept once.
const quietly = async () => {
  try { await navigator.locks.request("sign-off", { ifAvailable: true }, (lock) => lock && sync()); } catch { await draw(); }
};

const undo = document.querySelector("[data-undo]");
if (undo) setTimeout(() => { undo.hidden = true; }, Math.max(0, Number(undo.dataset.undo) * 1000));

if (box && !self.isSecureContext) await draw();
if (box && self.isSecureContext && "serviceWorker" in navigator) {
  await draw();
  navigator.serviceWorker.register(box.dataset.worker, { scope: "/", updateViaCache: "none" })
    .then(async () => { (await navigator.serviceWorker.ready).active.postMessage("fill"); }, () => {});
  addEventListener("online", quietly);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") quietly(); });
  await quietly();
}
