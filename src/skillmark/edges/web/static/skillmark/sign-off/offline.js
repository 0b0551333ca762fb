// The page for without the network. It draws what the address asks for from what the phone keeps: the team, one person (also
// by the code on their hard hat), or one skill with its form. Everything that was typed by people is set as text.
import "./store.js";

const store = self.signOffStore;
const room = document.querySelector("[data-page]");
const { home, icons } = room.dataset;
const copy = (name) => document.querySelector(`template[data-${name}]`).content.cloneNode(true);

const fill = (drawn, texts) => {
  for (const [name, text] of Object.entries(texts)) {
    for (const found of drawn.querySelectorAll(`[data-${name}]`)) { found.textContent = text; found.hidden = !text; }
  }
  return drawn;
};

const CLASSES = { due: "warn", photo: "warn", miss: "bad", none: "unk" };
const chip = (drawn, { sign, word, detail }) => {
  const found = drawn.querySelector("[data-chip]");
  const kind = CLASSES[sign] ?? sign;
  found.classList.add(kind);
  found.querySelector("svg").classList.add(kind);
  found.querySelector("use").setAttribute("href", `${icons}#s-${sign === "none" ? "unk" : sign}`);
  found.querySelector("[data-said]").textContent = detail ? `${word} · ${detail}` : word;
  return drawn;
};

const initials = (name) => name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase();

const mate = (one) => {
  const due = one.skills.filter((skill) => skill.due).length;
  const drawn = fill(copy("mate"), { initials: initials(one.name), name: one.name, place: one.place, count: due ? String(due) : "" });
  drawn.querySelector("a").href = `${home}/${one.id}`;
  if (!due) drawn.querySelector("[data-due]").remove();
  return drawn;
};

const team = (kept) => {
  const drawn = copy("team");
  const sorted = kept.people.toSorted((a, b) => b.skills.some((one) => one.due) - a.skills.some((one) => one.due));
  drawn.querySelector("[data-list]").append(...sorted.map(mate));
  return drawn;
};

const person = (kept, one) => {
  const drawn = fill(copy("person"), { initials: initials(one.name), name: one.name, place: one.place });
  const said = new Map(one.skills.map((skill) => [skill.item, skill]));
  const items = Object.entries(kept.items).toSorted(([a], [b]) => (said.get(b)?.due ?? false) - (said.get(a)?.due ?? false));
  for (const [id, item] of items) {
    const row = fill(copy("skill"), { name: item.name });
    row.querySelector("a").href = `${home}/${one.id}/${id}`;
    if (said.has(id)) chip(row, said.get(id)); else row.querySelector("[data-chip]").remove();
    drawn.querySelector("[data-list]").append(row);
  }
  drawn.querySelector("[data-own]").hidden = !one.own;
  if (one.own) drawn.querySelector("[data-list]").remove();
  return drawn;
};

const step = (text, number, item) => {
  const drawn = fill(copy("step"), { text, from: item.document ? `${item.document} ${item.revision}` : "" });
  drawn.querySelector("input").value = number;
  return drawn;
};

const sign = (kept, one, item_id) => {
  const item = kept.items[item_id];
  const drawn = fill(copy("sign"), {
    initials: initials(one.name), name: one.name, item: item.name, signer: kept.name, where: one.place, asked: item.asked,
    instruction: item.document ? `${item.document} ${item.revision}` : "", phrase: item.phrase,
    when: new Date().toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }),
  });
  if (!item.document) drawn.querySelector("[data-instruction]").parentElement.remove();
  const form = drawn.querySelector("form");
  form.action = `${home}/${one.id}/${item_id}?kept`;
  form.elements.sign_off_id.value = crypto.randomUUID();
  form.elements.version_id.value = item.version_id;
  form.elements.revision.value = item.revision;
  form.elements.language_used.value = one.language;
  if (!item.leveled) drawn.querySelector("[data-levels]").remove();
  if (!item.hours) drawn.querySelector("[data-hours]").remove();
  if (item.steps.length) drawn.querySelector("[data-steps]").append(...item.steps.map((text, number) => step(text, number, item)));
  if (item.steps.length || !item.phrase) drawn.querySelector("[data-phrases]").remove();
  if (!item.steps.length) drawn.querySelector("[data-steps]").remove();
  const missed = drawn.querySelector("[data-missed]");
  form.addEventListener("submit", (event) => {
    // What the server would ask back for, asked here: afterwards nobody is there to answer.
    const data = new FormData(form);
    const said = data.has("steps") || data.has("phrase") || data.get("seen").trim() || data.get("hours");
    const whole = (!item.leveled || data.has("level")) && (!item.hours || Number(data.get("hours")) > 0);
    if (said && whole) return;
    event.preventDefault();
    missed.hidden = false;
    missed.focus();
  });
  return drawn;
};

// A code is kept as its digest: the phone that scanned it makes the same.
const scanned = async (kept, code) => {
  const plain = [...decodeURIComponent(code).toUpperCase()].filter((one) => /[\p{L}\p{N}]/u.test(one)).join("");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(plain)));
  const hex = [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
  return kept.people.find((one) => one.codes.includes(hex));
};

const back = (link, name) => {
  const found = document.querySelector("[data-back]");
  found.href = link;
  found.querySelector("span").textContent = name;
  found.hidden = false;
};

const page = async (kept) => {
  if (!kept) return copy("unknown");
  const [, q, code] = location.pathname.match(/^\/(q)\/([^/]+)$/) ?? [];
  const [person_id, item_id] = q ? [] : location.pathname.slice(home.length + 1).split("/");
  const one = q ? await scanned(kept, code) : kept.people.find((mate) => mate.id === person_id);
  if ((q || person_id) && !one) return copy("stranger");
  if (one) back(item_id ? `${home}/${one.id}` : home, item_id ? one.name : document.querySelector("[data-back]").dataset.team);
  if (item_id) return kept.items[item_id] && !one.own ? sign(kept, one, item_id) : copy("stranger");
  return one ? person(kept, one) : team(kept);
};

const draw = async () => {
  const kept = await store.team();
  room.replaceChildren(await page(kept));
  fill(document, { asof: kept?.as_of ?? "" });
  for (const one of document.querySelectorAll("[data-shared]")) one.hidden = !kept?.shared;
  fill(document, { holder: kept?.name ?? "" });
  return kept;
};

const kept = await draw();
if (kept?.shared) {
  // Two minutes without a touch, or "Hand over": the team is gone from the phone. What was signed stays until it is sent.
  for (const touched of ["pointerdown", "keydown"]) addEventListener(touched, () => store.touch());
  setInterval(async () => { if (!(await store.team())) await draw(); }, 5_000);
}
document.querySelector("[data-pass]").addEventListener("click", async () => { await store.handOver(); await draw(); });
