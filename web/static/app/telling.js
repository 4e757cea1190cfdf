// What a form has to say, in a live region at its end; the words are in the page.
function regionOf(form) {
  let region = form.querySelector(":scope > .kept");
  if (!region) {
    region = document.createElement("div");
    region.className = "kept";
    region.setAttribute("role", "status");
    form.append(region);
  }
  return region;
}

const words = (name) => document.getElementById("kept-words").content.querySelector(`[data-say=${name}]`).cloneNode(true);

function whenOf(at) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

function button(name, act) {
  const made = words(name);
  made.addEventListener("click", act);
  return made;
}

// Makes the region before it has something to say: only what changes in it is read aloud.
export const prepare = (form) => regionOf(form);

export function say(form, what, { at, left = [], send, drop }) {
  const sentence = words(what);
  const when = sentence.querySelector("time");
  if (when) when.textContent = whenOf(at);
  const parts = [sentence];
  if (left.length) parts.push(words("left"), ...left.map(asParagraph));
  if (send) parts.push(button("send", send));
  if (drop) parts.push(button("drop", drop));
  const region = regionOf(form);
  requestAnimationFrame(() => region.replaceChildren(...parts));
}

function asParagraph(text) {
  const paragraph = document.createElement("p");
  paragraph.dir = "auto";
  paragraph.textContent = text;
  return paragraph;
}

export const clear = (form) => regionOf(form).replaceChildren();
