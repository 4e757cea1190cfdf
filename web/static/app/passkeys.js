// Passkeys: a form that is marked asks the browser, and is sent with what it answered.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));

function toText(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function withPasskeys() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.passkey || form.elements.answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answer(form);
  }, true);
}

export function showPasskeys() {
  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.querySelector("[data-able]").hidden = false;
    form.querySelector("[data-unable]").remove();
  }
}

async function answer(form) {
  const said = form.querySelector("[data-said]");
  said.textContent = "";
  try {
    const asked = await fetch(`${form.getAttribute("action")}/options`, { method: "POST" });
    if (asked.status === 409) {
      said.textContent = await asked.text();
      return;
    }
    if (!asked.ok) throw new Error(asked.status);
    const publicKey = readable(await asked.json());
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.answer.value = JSON.stringify(written(credential));
  } catch (error) {
    const why = { InvalidStateError: "known", NotAllowedError: "stopped", AbortError: "stopped" }[error.name];
    said.textContent = said.dataset[why ?? "failed"];
    return;
  }
  form.requestSubmit();
}

// What JSON has as base64url, browsers take as bytes; those that read it themselves are too new to count on.
function readable(options) {
  const read = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: toBytes(options.user.id) };
  const known = options.excludeCredentials ?? [];
  return { ...read, excludeCredentials: known.map((each) => ({ ...each, id: toBytes(each.id) })) };
}

function written({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const told = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
  return { id, rawId: toText(rawId), type, response: Object.fromEntries(told) };
}
