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
  addEventListener("beforeunload", tellNow);
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
