// Streamlit hears of a text only when its field is left, so a reload or a sign-out would lose the field one is in.
(() => {
  "use strict";
  const PAUSE = 600;
  const FIELDS = '[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input:not([type="password"])';
  const FIRST = 'input:not([type="hidden"]):not([disabled]), textarea, [contenteditable="true"]';
  let waiting = 0;

  const isField = (found) => found instanceof HTMLElement && found.matches(FIELDS);
  const tell = (field) => {
    if (field.isConnected) field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  const tellLater = (event) => {
    if (!isField(event.target) || event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(tell, PAUSE, event.target);
  };
  const tellNow = () => {
    clearTimeout(waiting);
    if (isField(document.activeElement)) tell(document.activeElement);
  };
  addEventListener("input", tellLater, true);
  addEventListener("compositionend", tellLater, true);
  // The page that comes may ask before the last words have arrived: it is given them by the browser, too.
  const LEFT = "left_in_a_field";
  const YOUNG = 30000;
  const placeOf = (field) => [...(field.closest('[class*="st-key-"]')?.classList ?? [])].find((name) => name.startsWith("st-key-"));
  const leave = () => {
    const field = document.activeElement;
    const place = isField(field) && field.value && placeOf(field);
    if (place) sessionStorage.setItem(LEFT, JSON.stringify({ path: location.pathname, place, value: field.value, at: Date.now() }));
    tellNow();
  };
  const giveBack = () => {
    const left = JSON.parse(sessionStorage.getItem(LEFT) ?? "null");
    if (!left) return;
    if (left.path !== location.pathname || Date.now() - left.at > YOUNG) return sessionStorage.removeItem(LEFT);
    const field = document.querySelector(`.${CSS.escape(left.place)}`)?.querySelector("input, textarea");
    if (!isField(field) || !field.value || !left.value.startsWith(field.value)) return;
    sessionStorage.removeItem(LEFT);
    if (field.value === left.value) return;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, left.value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (let after = 250; after <= 8000; after += 250) setTimeout(giveBack, after); // what fills a field is no new element
  addEventListener("beforeunload", leave);
  document.addEventListener("visibilitychange", () => document.hidden && tellNow());

  // A dialog that opens is there to be typed into.
  const met = new WeakSet();
  new MutationObserver(() => {
    for (const dialog of document.querySelectorAll('[role="dialog"][aria-modal="true"], [data-testid="stDialog"]')) {
      if (met.has(dialog) || !dialog.querySelector(FIRST)) continue;
      met.add(dialog);
      setTimeout(() => dialog.querySelector(FIRST)?.focus(), 200); // a large field comes a moment after small ones
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
