import htmx from "htmx.org";

// What was done, or the first thing that is wrong, gets the focus: after a page and after a swap.
function focusWhatIsNew(root) {
  const found = root.querySelector("[aria-invalid=true]") ?? root.querySelector(".flash") ?? root.querySelector(".alert[role=alert]");
  found?.focus();
}

function isBeingUsed(part) {
  const typed = [...part.querySelectorAll("textarea, input:not([type=hidden]):not([type=radio])")];
  return typed.some((field) => field.value !== field.defaultValue) || part.contains(document.activeElement) && document.activeElement.matches("textarea, input, summary");
}

// A part with data-live is asked for anew whenever its stream says that it changed; never under somebody's fingers.
function keepLive() {
  const part = document.querySelector("[data-live]");
  if (!part || !window.EventSource) return;
  const stream = new EventSource(part.dataset.live);
  let waiting = false;
  const renew = () => {
    const now = document.getElementById(part.id);
    if (!now) return stream.close();
    waiting = isBeingUsed(now);
    if (!waiting) htmx.ajax("GET", now.dataset.page, { source: now, target: now, swap: "outerHTML" });
  };
  stream.addEventListener("changed", renew);
  // Somebody may have begun to type while the answer was on its way.
  document.addEventListener("htmx:before:swap", (event) => {
    const { request, target } = event.detail.ctx;
    if (request.method !== "GET" || target?.id !== part.id || !isBeingUsed(target)) return;
    event.preventDefault();
    waiting = true;
  });
  document.addEventListener("focusout", () => waiting && setTimeout(renew, 500));
}

// What is typed survives a lost line or a closed tab, until it is sent.
const KEPT = "kept:";
function keyOf(form) {
  return KEPT + document.body.dataset.reader + form.getAttribute("action") + (form.querySelector("[name=version]")?.value ?? "");
}
function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.matches("textarea, input[type=text], input[type=datetime-local], input[type=url]"));
}
function keep(form) {
  const texts = Object.fromEntries(fieldsOf(form).filter((field) => field.value !== field.defaultValue).map((field) => [field.name, field.value]));
  if (Object.keys(texts).length) sessionStorage.setItem(keyOf(form), JSON.stringify(texts));
}
function giveBack(form) {
  const texts = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "{}");
  for (const field of fieldsOf(form)) if (texts[field.name] && !field.value) field.value = texts[field.name];
}
document.addEventListener("input", (event) => event.target.form?.method === "post" && event.target.form.getAttribute("action") && keep(event.target.form));
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/sign-out") sessionStorage.clear();
  else if (event.target.getAttribute("action")) sessionStorage.removeItem(keyOf(event.target));
}, true);

document.addEventListener("DOMContentLoaded", () => {
  focusWhatIsNew(document);
  for (const form of document.querySelectorAll("form[method=post][action]")) giveBack(form);
  keepLive();
});
document.addEventListener("htmx:after:swap", () => focusWhatIsNew(document));
