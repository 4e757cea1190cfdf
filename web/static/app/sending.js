import { dropTyped, isKept, noteSending } from "./kept.js";
import { clear, say } from "./telling.js";

const PATIENCE = 5_000;
const UNAVAILABLE = [502, 503, 504];
const passed = new WeakSet();
const pressed = new WeakMap();

const byHtmx = (form) => form.hasAttribute("hx-post");

// A form that cannot be sent stays as it is and says so; htmx and plain forms alike.
export function sendWithCare() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    pressed.set(form, event.submitter);
    noteSending(form);
    if (!byHtmx(form) && !passed.delete(form)) sendIfReachable(event, form);
  }, true);
  document.addEventListener("htmx:error", ({ detail }) => tellOf(detail.ctx?.sourceElement));
  document.addEventListener("htmx:before:response", (event) => {
    const { response, sourceElement } = event.detail.ctx;
    if (response.status < 500) return;
    tellOf(sourceElement);
    event.preventDefault();
  });
}

async function sendIfReachable(event, form) {
  if (!isKept(form) && navigator.onLine) return;
  event.preventDefault();
  if (!(await isReachable())) return tell(form);
  passed.add(form);
  form.requestSubmit(event.submitter);
}

async function isReachable() {
  if (!navigator.onLine) return false;
  try {
    const answer = await fetch("/live", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return !UNAVAILABLE.includes(answer.status);
  } catch {
    return false;
  }
}

function tellOf(element) {
  const form = element?.closest?.("form[method=post]");
  if (form) tell(form);
}

function tell(form) {
  const send = () => {
    clear(form);
    const button = pressed.get(form);
    button?.focus();
    form.requestSubmit(button?.isConnected ? button : undefined);
  };
  const drop = isKept(form) ? () => dropTyped(form) : undefined;
  say(form, drop ? "waiting" : "unsent", { send, drop });
}
