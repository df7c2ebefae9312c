// Drag over the picture to see the results of these days alone. Without this script each bar is a link to its own.
"use strict";
(() => {
  const svg = document.querySelector(".when svg.bars");
  if (!svg) return;
  // Each bar with where it is in the picture and the days that its link asks for.
  const bars = [...svg.querySelectorAll("a[href]")].map((link) => {
    const rect = link.querySelector("rect");
    return { rect, query: new URL(link.getAttribute("href"), location).searchParams };
  }).filter((bar) => bar.rect && bar.query.get("from"));
  if (bars.length < 2) return;
  let start = null;
  let brush = null;
  const edges = (a, b) => {
    const low = Math.min(a, b), high = Math.max(a, b);
    return bars.filter(({ rect }) => {
      const box = rect.getBoundingClientRect();
      return box.right >= low && box.left <= high;
    });
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    start = event.clientX;
  });
  // A link must not be dragged away.
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  window.addEventListener("pointermove", (event) => {
    if (start === null || Math.abs(event.clientX - start) < 6) return;
    if (!brush) {
      brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      brush.setAttribute("class", "brush");
      brush.setAttribute("y", "0");
      brush.setAttribute("height", svg.viewBox.baseVal.height);
      svg.append(brush);
    }
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    brush.setAttribute("x", (Math.min(start, event.clientX) - box.left) * scale);
    brush.setAttribute("width", Math.abs(event.clientX - start) * scale);
  });
  window.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const chosen = brush ? edges(start, event.clientX) : [];
    start = null;
    if (!brush) return;
    brush.remove();
    brush = null;
    svg.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    if (!chosen.length) return;
    const days = chosen.flatMap(({ query }) => [query.get("from"), query.get("to")]).sort();
    const to = new URL(location);
    to.searchParams.set("from", days[0]);
    to.searchParams.set("to", days[days.length - 1]);
    to.searchParams.delete("page");
    location.assign(to);
  });
  window.addEventListener("pointercancel", () => { start = null; if (brush) { brush.remove(); brush = null; } });
})();
