// Passkeys: a form that is marked asks the browser, and is sent with what it answered.
const IN_TIME = 0.8; // of a challenge's life: who unlocks a device takes a while
const RAN_OUT = "ran out";
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin"];
let offered = new AbortController();

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
    if (form.dataset.passkey === "get") offer(form);
  }
}

// In the list of the address field, for as long as somebody may take it there; silent where nobody does.
async function offer(form) {
  const offering = offered = new AbortController();
  const { signal } = offering;
  try {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    if (document.hidden) await somebody();
    const asked = await ask(form, "?offered=true", signal);
    if (!asked.ok) return;
    const publicKey = readable(await asked.json());
    const ends = Date.now() + publicKey.timeout;
    setTimeout(() => offering.abort(RAN_OUT), publicKey.timeout * IN_TIME);
    const credential = await navigator.credentials.get({ publicKey, mediation: "conditional", signal });
    // A device that slept has not counted the time.
    if (Date.now() < ends) send(form, credential);
    else answer(form);
  } catch {
    if (signal.reason !== RAN_OUT) return;
    await somebody();
    if (offered === offering) offer(form);
  }
}

const somebody = () =>
  new Promise((resolve) => SIGNS.forEach((sign) => addEventListener(sign, resolve, { once: true, capture: true })));

const ask = (form, how, signal) =>
  fetch(`${form.getAttribute("action")}/options${how}`, { method: "POST", signal });

function send(form, credential) {
  form.elements.answer.value = JSON.stringify(written(credential));
  form.requestSubmit();
}

async function answer(form) {
  const said = form.querySelector("[data-said]");
  said.textContent = "";
  // A browser asks for one thing at a time.
  offered.abort();
  try {
    const asked = await ask(form, "");
    if (asked.status === 409) {
      said.textContent = await asked.text();
      return;
    }
    if (!asked.ok) throw new Error(asked.status);
    const publicKey = readable(await asked.json());
    send(form, await navigator.credentials[form.dataset.passkey]({ publicKey }));
  } catch (error) {
    const why = { InvalidStateError: "known", NotAllowedError: "stopped", AbortError: "stopped" }[error.name];
    said.textContent = said.dataset[why ?? "failed"];
    if (form.dataset.passkey === "get") offer(form);
  }
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
