import { isSame, read, typedFields, write } from "./fields.js";
import { drop, forgetAll, forgetOthers, keyOf, lastSent, load, noteSent, nothingSent, save } from "./store.js";
import { clear, prepare, say } from "./telling.js";

const asServed = new WeakMap();

// What is typed is kept until it is known to have arrived: through a lost line, a reload, a closed tab, an ended session.
export const isKept = (form) => Boolean(document.body.dataset.reader && form.getAttribute("action") && form.method === "post" && typedFields(form).length);

export function keepTyping() {
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => target.form && isKept(target.form) && keep(target.form));
  }
}

export function keep(form) {
  const action = new URL(form.action).pathname;
  save(keyOf(form), { at: Date.now(), action, ...read(form) });
}

export function noteSending(form) {
  if (isKept(form)) keep(form);
  noteSent(form);
}

// The page says what was done: what this tab had sent there has arrived.
export function acknowledge() {
  const said = [...document.querySelectorAll(".flash")].map((flash) => flash.dataset.form);
  if (said.includes("/sign-out")) forgetAll();
  const key = lastSent();
  if (!key || !said.length) return;
  if (said.includes(load(key)?.action)) drop(key);
  nothingSent();
}

// A page that answers what was sent from it shows what was typed, with what it was changed to.
export function giveBackIn(root, isAnswer) {
  for (const form of root.querySelectorAll("form[method=post]")) {
    if (isKept(form) && !asServed.has(form)) giveBack(form, isAnswer);
  }
}

function giveBack(form, isAnswer) {
  const key = keyOf(form);
  const kept = load(key);
  asServed.set(form, read(form).hidden);
  prepare(form);
  if (!kept) return;
  if (isAnswer && lastSent() === key) return keep(form);
  if (isSame(form, kept)) return drop(key);
  const left = write(form, kept);
  form.closest("details")?.setAttribute("open", "");
  say(form, "back", { at: kept.at, left, drop: () => dropTyped(form) });
}

export function dropTyped(form) {
  drop(keyOf(form));
  form.reset();
  write(form, { ...read(form), hidden: asServed.get(form) ?? [] });
  clear(form);
  typedFields(form)[0]?.focus();
}

export const sweep = () => document.body.dataset.reader && forgetOthers();
