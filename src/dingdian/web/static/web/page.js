// What every page does: keys, forms that send themselves, and not sending a form twice.
"use strict";
(() => {
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select");
    if (event.key === "/" && !busy && !event.ctrlKey && !event.metaKey) {
      const find = document.getElementById("find");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
    }
  });
  // <select data-send> sends its form when it changes.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });
  // <button data-ask="…"> asks before it does.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.dataset.ask && !window.confirm(button.dataset.ask)) {
      event.preventDefault();
      return;
    }
    if (event.target.method === "post" && !event.defaultPrevented && !event.target.hasAttribute("hx-post")) {
      if (event.target.dataset.sent) event.preventDefault();
      event.target.dataset.sent = "1";
    }
  }, true);
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
})();
