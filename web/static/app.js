import { acknowledge, giveBackIn, keepTyping, sweep } from "./app/kept.js";
import { focusWhatIsNew, forgetEarlier } from "./app/focus.js";
import { keepLive } from "./app/live.js";
import { showPasskeys, withPasskeys } from "./app/passkeys.js";
import { sendWithCare } from "./app/sending.js";

keepTyping();
withPasskeys();
sendWithCare();

document.addEventListener("DOMContentLoaded", () => {
  sweep();
  acknowledge();
  giveBackIn(document, document.body.hasAttribute("data-answer"));
  keepLive();
  showPasskeys();
});
// Going to a part of the page takes the focus away until the page is there.
window.addEventListener("load", focusWhatIsNew);
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const { method, action } = detail.ctx.request;
  if (method !== "GET") forgetEarlier(action);
  acknowledge();
  giveBackIn(document, method !== "GET");
  if (method !== "GET") focusWhatIsNew();
});
