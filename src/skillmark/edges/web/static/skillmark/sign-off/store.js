// What this phone keeps: today's team, and what was signed while there was no network. Pages and the worker share it, so it
// is written to be loaded by both: by `import` there, by `importScripts` here.
self.signOffStore = (() => {
  const SHARED_FOR = 120_000; // a shared phone that nobody touches for two minutes forgets the team, as the server does

  const opened = () => new Promise((resolve, reject) => {
    const asked = indexedDB.open("skillmark-sign-off", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("kept", { keyPath: "at", autoIncrement: true });
      asked.result.createObjectStore("team");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

  // Resolves when it is written, not merely asked for: a phone may be switched off a moment later.
  const within = async (name, mode, act) => {
    const db = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = db.transaction(name, mode, { durability: "strict" });
        const asked = act(transaction.objectStore(name));
        transaction.oncomplete = () => resolve(asked?.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally { db.close(); }
  };

  const forgetTeam = () => within("team", "readwrite", (store) => store.delete("now"));
  const keepTeam = (team) => within("team", "readwrite", (store) => store.put({ ...team, touched: Date.now() }, "now"));

  const isStale = (team) => Boolean(team?.shared) && Date.now() - team.touched >= SHARED_FOR;

  return {
    keepTeam,
    forgetTeam,
    // In one go, so that a touch never brings back a team that was wiped meanwhile.
    touch: () => within("team", "readwrite", (store) => {
      const asked = store.get("now");
      asked.onsuccess = () => {
        if (asked.result && !isStale(asked.result)) store.put({ ...asked.result, touched: Date.now() }, "now");
      };
    }),
    // Nothing once a shared phone has lain untouched for too long.
    team: async () => {
      const found = await within("team", "readonly", (store) => store.get("now"));
      if (!isStale(found)) return found;
      await forgetTeam();
      return undefined;
    },
    // Handed over without a network: the team is wiped at once, and the server hears of it before it shows anything.
    handOver: () => within("team", "readwrite", (store) => { store.clear(); store.put(true, "handed"); }),
    tellHandOver: ({ team, handOver }) => navigator.locks.request("hand-over", async () => {
      if (!(await within("team", "readonly", (store) => store.get("handed")))) return;
      const answer = await fetch(team, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const { csrf } = await answer.json();
        await fetch(handOver, { method: "POST", headers: { "X-CSRFToken": csrf }, redirect: "manual" });
      }
      if (answer.ok || answer.status === 401) await within("team", "readwrite", (store) => store.delete("handed"));
    }),
    // In the order in which they were signed, whatever the phone's clock says.
    kept: () => within("kept", "readonly", (store) => store.getAll()),
    keep: (one) => within("kept", "readwrite", (store) => store.add(one)),
    change: (one) => within("kept", "readwrite", (store) => store.put(one)),
    drop: (at) => within("kept", "readwrite", (store) => store.delete(at)),
  };
})();
