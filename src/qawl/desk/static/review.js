// One key a decision. A key stands for the button or link that bears it, so nothing can be done here that cannot be
// done without this script. Keys are known by their place, for on an Arabic keyboard they write other letters.
"use strict";
let sent = false;
document.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
window.addEventListener("pageshow", () => { sent = false; });
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const mend = document.getElementById("mend");
  if (event.key === "Escape" && mend && mend.open) {
    mend.open = false;
    mend.querySelector("summary").focus();
    return;
  }
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.code)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
  if (mend && mend.open && mend.contains(wanted)) {
    const first = mend.querySelector("#speaker");
    first.focus();
    first.select();
  }
});
