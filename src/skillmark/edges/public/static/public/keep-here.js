// "Keep it on this phone": only where a browser can, and only when the button is pressed. A borrowed phone keeps nothing.
const line = document.querySelector("[data-keep-here]");
const form = line?.querySelector("form");

const show = (kept) => {
  form.hidden = kept;
  line.querySelector("[data-kept-yes]").hidden = !kept;
  line.querySelector("[data-kept-no]").hidden = kept;
};

const filled = async () => {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
  active.postMessage("fill", [port2]);
  return answer;
};

if (line && isSecureContext && "serviceWorker" in navigator) {
  const { worker, home } = form.dataset;
  if (form.hidden && !(await caches.has("my-page"))) show(false); // deleted on the phone, without a network
  line.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = line.querySelector("[data-problem]");
    problem.hidden = true;
    try {
      await navigator.serviceWorker.register(worker, { scope: home, updateViaCache: "none" });
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!answer.ok || !(await filled())) throw new Error("not kept");
      show(true);
    } catch { problem.hidden = false; }
  });
}
