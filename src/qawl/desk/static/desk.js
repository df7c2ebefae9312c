// Comfort only: every page works without it.
"use strict";
// "/" puts the cursor into the search box, as on many sites.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = document.querySelector("form.find input");
    if (box) { box.focus(); event.preventDefault(); }
  }
});
