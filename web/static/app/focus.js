const NEWS = [".flash", "[aria-invalid=true]", ".alert[role=alert]"];

// What was done, or the first thing that is wrong, gets the focus: after a page and after a form was swapped.
export function focusWhatIsNew() {
  NEWS.map((news) => document.querySelector(news)).find(Boolean)?.focus();
}

// What was done before is said no more once something else was done.
export function forgetEarlier(action) {
  const { pathname } = new URL(action, location.href);
  for (const flash of document.querySelectorAll(".flash")) if (flash.dataset.form !== pathname) flash.remove();
}
