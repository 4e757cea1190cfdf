// What somebody typed and chose in a form, and what the page put beside it; never a password, a code or a file.
const TEXTS = "textarea, input:not([type=hidden], [type=password], [autocomplete=one-time-code], [type=file], [type=checkbox], [type=radio])";
const CHOICES = "select, [type=checkbox], [type=radio]";
const TICKS = "[type=checkbox], [type=radio]";
// Which attempt it is, and what it was typed over: these belong to what is typed, all else that is hidden to the page.
const ATTEMPT = "[type=hidden]:is([name=once], [name=version], [name=loaded])";

const named = (form, kinds) => [...form.elements].filter((field) => field.name && field.matches(kinds));
const isSent = (field) => !field.matches(TICKS) || field.checked;
const pairs = (form, kinds) => named(form, kinds).filter(isSent).map((field) => [field.name, field.value]);

export const typedFields = (form) => [...named(form, TEXTS), ...named(form, CHOICES)];

export function differs(field) {
  if (field.matches(TICKS)) return field.checked !== field.defaultChecked;
  if (!field.matches("select")) return field.value !== field.defaultValue;
  const first = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(0, first);
}

export const read = (form) => ({ texts: pairs(form, TEXTS), choices: pairs(form, CHOICES), hidden: pairs(form, ATTEMPT) });

export function isSame(form, kept) {
  const { texts, choices } = read(form);
  return JSON.stringify([texts, choices]) === JSON.stringify([kept.texts, kept.choices]);
}

// Fields of one name are filled in their order; the texts that no field wants any more come back.
export function write(form, kept) {
  const texts = fill(named(form, TEXTS), kept.texts);
  fill(named(form, ATTEMPT), kept.hidden);
  fill(named(form, "select"), kept.choices);
  for (const tick of named(form, TICKS)) {
    tick.checked = kept.choices.some(([name, value]) => name === tick.name && value === tick.value);
  }
  return texts.map(([, value]) => value).filter(Boolean);
}

function fill(fields, kept) {
  const left = [...kept];
  for (const field of fields) {
    const at = left.findIndex(([name]) => name === field.name);
    if (at < 0) continue;
    const [[, value]] = left.splice(at, 1);
    if (!field.options || [...field.options].some((option) => option.value === value)) field.value = value;
  }
  return left;
}
