// Comfort on an article: from statement to statement, decisions and one speaker alone by a key or a click.
"use strict";
(() => {
  const reading = document.getElementById("reading");
  if (!reading) return;
  const told = document.getElementById("told");
  const all = [...reading.querySelectorAll(".card")];
  const cards = () => all.filter((card) => !card.hidden);
  let here = null;
  const wordsOf = (card) => document.getElementById(card.id.replace(/^c-/, "s-"));
  let silence = 0;
  const tell = (text) => {
    if (!told) return;
    told.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { told.textContent = ""; }, 5000);
  };

  function go(card) {
    if (here) { here.classList.remove("here"); wordsOf(here)?.classList.remove("here"); }
    here = card;
    if (!card) return;
    card.classList.add("here");
    const words = wordsOf(card);
    words?.classList.add("here");
    card.focus({ preventScroll: true });
    (words || card).scrollIntoView({ block: "center" });
  }

  function step(by) {
    const list = cards();
    if (!list.length) return;
    const at = here ? list.indexOf(here) : -1;
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by;
    if (next >= 0 && next < list.length) go(list[next]);
  }

  // A form sent as the browser would, but staying on the page: the answer, or nothing where it was refused.
  async function send(form, button) {
    const data = new URLSearchParams(new FormData(form, button));
    const token = document.querySelector('meta[name="csrf"]')?.content || data.get("csrf") || "";
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: data, headers: { Accept: "application/json", "X-CSRF-Token": token },
      });
      if (answer.ok) return await answer.json();
    } catch { /* told below */ }
    tell(reading.dataset.failed);
    return null;
  }

  async function judge(card, verdict) {
    const button = card.querySelector(`button[name="verdict"][value="${verdict}"]`);
    if (!button) return;
    const done = await send(button.form, button);
    if (!done) return;
    const said = verdict === "right" ? reading.dataset.right : reading.dataset.wrong;
    let mark = card.querySelector(".verdict");
    if (!mark) {
      mark = document.createElement("span");
      card.querySelector(".head p").append(" ", mark);
    }
    mark.className = `verdict ${verdict}`;
    mark.textContent = said;
    card.classList.toggle("gone", verdict === "wrong");
    card.dataset.decision = done.decision;
    tell(said);
    if (card === here) step(1);
  }

  async function undo() {
    const form = document.createElement("form");
    form.action = reading.dataset.undo;
    if (await send(form)) window.location.reload();
  }

  reading.addEventListener("submit", (event) => {
    const verdict = event.submitter?.name === "verdict" ? event.submitter.value : "";
    if (verdict !== "right" && verdict !== "wrong") return;
    event.preventDefault();
    judge(event.submitter.closest(".card"), verdict);
  });

  // One speaker alone, without another page: the link does the same where there is no script.
  document.querySelector(".voices ul")?.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-speaker]");
    if (!link || document.querySelector(".voices p a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const alone = link.getAttribute("aria-current") === "true" ? "" : link.dataset.speaker;
    for (const other of document.querySelectorAll("a[data-speaker]")) other.removeAttribute("aria-current");
    if (alone) link.setAttribute("aria-current", "true");
    for (const card of all) card.hidden = alone !== "" && card.dataset.speaker !== alone;
    for (const words of reading.querySelectorAll("[data-number]")) {
      words.classList.toggle("muted", alone !== "" && words.dataset.speaker !== alone);
    }
    go(null);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const on = here && here.contains(document.activeElement);
    const keys = {
      KeyJ: () => step(1),
      KeyK: () => step(-1),
      [reading.dataset.next]: () => step(1),
      [reading.dataset.previous]: () => step(-1),
      ...(on ? { ArrowDown: () => step(1), ArrowUp: () => step(-1) } : {}),
      ...(on && reading.dataset.undo ? {
        KeyA: () => judge(here, "right"),
        KeyR: () => judge(here, "wrong"),
        KeyE: () => here.querySelector("[data-edit]")?.click(),
      } : {}),
      ...(reading.dataset.undo ? { KeyU: undo } : {}),
    };
    // By their place on the keyboard, so that they work with Arabic letters on it too.
    const act = keys[event.code];
    if (act) { event.preventDefault(); act(); }
  });

  reading.addEventListener("click", async (event) => {
    const copy = event.target.closest(".copy");
    if (copy) {
      await navigator.clipboard.writeText(copy.parentElement.querySelector(".citation").textContent);
      tell(reading.dataset.copied);
      copy.textContent = reading.dataset.copied;
    }
  });
  if (navigator.clipboard) for (const copy of reading.querySelectorAll(".copy")) copy.hidden = false;

  const start = /^#[sc]-/.test(location.hash) && document.getElementById(location.hash.replace(/^#s-/, "#c-").slice(1));
  if (start && all.includes(start) && !start.querySelector(".mend")) go(start);
})();
