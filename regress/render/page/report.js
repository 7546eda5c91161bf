"use strict";
(() => {
  const table = document.getElementById("metrics");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows], order = new Map(rows.map((row, i) => [row, i]));
  const names = rows.map(row => row.cells[0].textContent.toLowerCase() + " " + row.cells[1].textContent.toLowerCase());
  const text = document.getElementById("filter"), verdict = document.getElementById("verdict"), shown = document.getElementById("shown");
  const details = JSON.parse(document.getElementById("details").textContent);

  // Filter: every word has to be in the name of the metric.
  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    rows.forEach((row, i) => {
      const keep = words.every(word => names[i].includes(word)) && (!verdict.value || row.dataset.verdict === verdict.value);
      row.hidden = !keep;
      if (row.nextSibling?.className === "detail") row.nextSibling.hidden = !keep;
      n += keep;
    });
    shown.textContent = n === rows.length ? `${n} metrics` : `${n} of ${rows.length} metrics`;
  };
  text.addEventListener("input", filter);
  verdict.addEventListener("change", filter);

  // Sort: by the number that a cell carries, else by its text; a third click is the order of the report.
  const key = (row, column) => {
    const cell = row.cells[column], value = cell.dataset.value;
    return value === undefined ? cell.textContent : value === "" ? NaN : Number(value);
  };
  const compare = (a, b) => typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b;
  [...table.tHead.rows[0].cells].forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")];
    for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", next);
    const keys = new Map(rows.map(row => [row, key(row, column)]));
    const sign = next === "descending" ? -1 : 1;
    const missing = v => typeof v === "number" && Number.isNaN(v);
    const sorted = next === "none" ? rows : [...rows].sort((a, b) => {
      const x = keys.get(a), y = keys.get(b);
      return (missing(x) || missing(y) ? compare(x, y) : sign * compare(x, y)) || order.get(a) - order.get(b);
    });
    body.append(...sorted.flatMap(row => row.nextSibling?.className === "detail" ? [row, row.nextSibling] : [row]));
  }));

  // Details are made when they are asked for. Their markup is the report's own.
  body.addEventListener("click", event => {
    const button = event.target.closest("button[aria-expanded]");
    if (!button) return;
    const row = button.closest("tr"), open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) {
      row.nextSibling.remove();
      return;
    }
    const detail = document.createElement("tr"), cell = detail.insertCell();
    detail.className = "detail";
    cell.colSpan = row.cells.length;
    cell.append(...new DOMParser().parseFromString(details[button.dataset.detail], "text/html").body.childNodes);
    row.after(detail);
  });
  filter();
})();
