// Choosing a filter goes back to the first page and keeps the order; nothing else is needed.
"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  // Empty fields stay out of the address.
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    const given = event.detail.parameters;
    for (const name of Object.keys(given)) if (given[name] === "") delete given[name];
  });
})();
