// A button that prints the page.
"use strict";
document.querySelectorAll("[data-print]").forEach((each) => each.addEventListener("click", () => window.print()));
