import { acknowledge, giveBackIn, keepTyping, sweep } from "./app/kept.js";
import { focusWhatIsNew, forgetEarlier } from "./app/focus.js";
import { keepLive } from "./app/live.js";
import { sendWithCare } from "./app/sending.js";

keepTyping();
sendWithCare();

document.addEventListener("DOMContentLoaded", () => {
  sweep();
  acknowledge();
  giveBackIn(document);
  focusWhatIsNew();
  keepLive();
});
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const { method, action } = detail.ctx.request;
  if (method !== "GET") forgetEarlier(action);
  acknowledge();
  giveBackIn(document);
  if (method !== "GET") focusWhatIsNew();
});
