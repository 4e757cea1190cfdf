import htmx from "htmx.org";
import { differs, typedFields } from "./fields.js";

function isBeingUsed(part) {
  const forms = [...part.querySelectorAll("form")];
  return part.contains(document.activeElement) || forms.some((form) => typedFields(form).some(differs));
}

// A part with data-live is asked for anew whenever its stream says that it changed; never under somebody's fingers.
export function keepLive() {
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
