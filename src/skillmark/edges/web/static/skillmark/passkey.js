// Passkeys: shows the forms that need one only where the browser can do it, and puts the signed answer into the form.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function ready(options) {
  const key = structuredClone(options.publicKey ?? options);
  key.challenge = bytes(key.challenge);
  if (key.user) key.user.id = bytes(key.user.id);
  for (const list of [key.excludeCredentials, key.allowCredentials]) {
    for (const one of list ?? []) one.id = bytes(one.id);
  }
  return key;
}

function plain(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function ask(form) {
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: ready(JSON.parse(form.dataset.options)) });
  }
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  return navigator.credentials.get({ publicKey: ready((await answer.json()).request_options) });
}

if (window.isSecureContext && window.PublicKeyCredential) {
  for (const note of document.querySelectorAll("[data-no-passkey]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[data-problem]");
      problem.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(plain(await ask(form)));
        form.submit();
      } catch {
        problem.hidden = false;
      }
    });
  }
}
