// What does not fit on this page, in words; `fill` writes long words where people's own words stand.
const LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesentwurfsfassung";
const THEIRS = "bdi, main [lang], main [dir=auto], main h1, main .what > a, main td, main option";

window.fill = () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const part of document.querySelectorAll(THEIRS)) {
    if (part.matches("textarea, input")) part.value = LONG;
    else if (!part.querySelector("p, div, li, form, input, button, select")) part.append(part.matches(".number") ? "1" : ` ${LONG}`);
  }
  for (const reading of document.querySelectorAll(".reading, .card p[dir=auto]")) {
    reading.insertAdjacentHTML("beforeend", `<a href="#long">https://school.example/${LONG}?and=${LONG}</a>`);
  }
  for (const count of document.querySelectorAll(".rail .count > [aria-hidden]")) count.textContent = "99+";
};

const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

function sideways() {
  const root = document.documentElement;
  const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : [];
  for (const element of document.querySelectorAll("body *")) {
    const { overflowX, clipPath, webkitLineClamp } = getComputedStyle(element);
    if (overflowX === "visible" || clipPath !== "none" || webkitLineClamp !== "none") continue;
    if (element.matches("input, select, textarea, option")) continue;
    if (element.scrollWidth > element.clientWidth + 1 && element.tabIndex < 0) found.push(`cut off: ${name(element)}`);
  }
  return found;
}

function reaches(element) {
  element.focus();
  const [{ left, top, width, height }] = element.getClientRects();
  const [x, y] = [left + width / 2, top + Math.min(height, 40) / 2];
  if (left < -1 || left + width > innerWidth + 1) return "sticks out";
  if (y < 0 || y > innerHeight) return "cannot be scrolled to";
  const hit = document.elementFromPoint(x, y);
  return element.contains(hit) || hit?.closest("label")?.control === element ? "" : `is covered by ${hit && name(hit)}`;
}

function badges() {
  return [...document.querySelectorAll(".rail .count")].filter(shown).flatMap((count) => {
    const icon = count.closest("a").querySelector(".icon").getBoundingClientRect();
    const { left, right, top, bottom } = count.getBoundingClientRect();
    const apart = left >= icon.right || right <= icon.left || top >= icon.bottom || bottom <= icon.top;
    return apart ? [] : ["the count covers its icon"];
  });
}

window.complaints = () => {
  const reached = [...document.querySelectorAll(FOCUSABLE)].filter((element) => shown(element) && !element.matches(".skip"));
  const lost = reached.map((element) => [reaches(element), element]).filter(([wrong]) => wrong);
  return [...sideways(), ...badges(), ...lost.map(([wrong, element]) => `${name(element)} ${wrong}`)].slice(0, 5);
};
