// Comfort for the map of voices: rows and columns in another order, and those under the pointer set off.
"use strict";
(() => {
  const box = document.querySelector(".voices");
  if (!box) return;
  const table = box.querySelector("table");
  const body = table.tBodies[0];
  const head = table.tHead.rows[0];
  const rows = [...body.rows];
  // The order in which the page came, of rows and of columns: what is equal stays in it.
  const cells = new Map([head, ...rows].map((row) => [row, [...row.cells].slice(1)]));
  const count = (cell) => Number((cell.textContent || "").replace(/[^0-9]/g, ""));
  const name = (cell) => cell.querySelector("a").textContent;

  function chooser(label, names, change) {
    const holder = document.createElement("div");
    const text = document.createElement("label");
    const select = document.createElement("select");
    text.textContent = label;
    select.id = `sort-${names.length}-${label.length}`;
    text.htmlFor = select.id;
    select.append(new Option(box.dataset.total, "-1"));
    names.forEach((one, at) => select.append(new Option(one, String(at))));
    select.addEventListener("change", () => change(Number(select.value)));
    holder.append(text, select);
    return holder;
  }

  function sortRows(column) {
    const by = (row) => (column < 0 ? 0 : count(cells.get(row)[column]));
    body.append(...[...rows].sort((one, other) => by(other) - by(one) || rows.indexOf(one) - rows.indexOf(other)));
  }

  function sortColumns(row) {
    const own = row < 0 ? null : cells.get(rows[row]);
    const order = cells.get(head).map((_, at) => at);
    if (own) order.sort((one, other) => count(own[other]) - count(own[one]) || one - other);
    for (const [line, there] of cells) line.append(...order.map((at) => there[at]));
  }

  const tools = document.createElement("div");
  tools.className = "fields sorting screen";
  tools.append(
    chooser(box.dataset.rows, cells.get(head).map(name), sortRows),
    chooser(box.dataset.columns, rows.map((row) => name(row.cells[0])), sortColumns),
  );
  box.before(tools);

  let lit = [];
  function light(cell) {
    for (const [element, mark] of lit) element.classList.remove(mark);
    lit = [];
    if (!cell || cell.parentElement === head) return;
    lit.push([cell.parentElement, "across"]);
    if (cell.cellIndex > 0) for (const row of [head, ...rows]) lit.push([row.cells[cell.cellIndex], "down"]);
    for (const [element, mark] of lit) element.classList.add(mark);
  }
  let last = null;
  const follow = (event) => {
    const cell = event.target.closest("td, th");
    if (cell !== last) light((last = cell));
  };
  table.addEventListener("pointerover", follow);
  table.addEventListener("focusin", follow);
  table.addEventListener("pointerleave", () => light((last = null)));
})();
