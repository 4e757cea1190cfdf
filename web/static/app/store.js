// What is kept on this device, for one reader and form; where nothing can be kept, nothing is.
const KEPT = "kept:";
const DAYS = 30;

const reader = () => document.body.dataset.reader;
const mine = () => `${KEPT}${reader()}:`;

function trying(storage, act) {
  try {
    return act(window[storage]);
  } catch {
    return null;
  }
}

const keys = (store) => Object.keys(store).filter((key) => key.startsWith(KEPT));

// Forms of one address are kept apart by what they start from: an event, a cluster.
function nameOf(form) {
  const { pathname, search } = new URL(form.action);
  const from = [...form.querySelectorAll("[type=hidden]:is([name=event_id], [name=cluster_id])")].map((field) => field.value);
  return pathname + search + from.join("");
}

export const keyOf = (form) => mine() + nameOf(form);

export const load = (key) => trying("localStorage", (store) => JSON.parse(store.getItem(key)));
export const save = (key, kept) => trying("localStorage", (store) => store.setItem(key, JSON.stringify(kept)));
export const drop = (key) => trying("localStorage", (store) => store.removeItem(key));
export const forgetAll = () => trying("localStorage", (store) => keys(store).forEach((key) => store.removeItem(key)));

// The next reader at this device finds nothing of the one before, and nobody what is old.
export function forgetOthers() {
  const since = Date.now() - DAYS * 86_400_000;
  const isOthers = (store, key) => !key.startsWith(mine()) || JSON.parse(store.getItem(key)).at < since;
  trying("localStorage", (store) => keys(store).filter((key) => isOthers(store, key)).forEach((key) => store.removeItem(key)));
}

// The form that this tab has sent, until a page says that it arrived. Its key is that of who reads this page:
// where the session had ended, it was sent by nobody.
export const noteSent = (form) => trying("sessionStorage", (store) => store.setItem("sent", nameOf(form)));
export const lastSent = () => trying("sessionStorage", (store) => store.getItem("sent") && mine() + store.getItem("sent"));
export const nothingSent = () => trying("sessionStorage", (store) => store.removeItem("sent"));
