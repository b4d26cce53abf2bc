// A table that is wider than a telephone is shown as cards, one for each row: every cell behind the name of
// its column. Without scripts it is moved sideways, with a shade at the edge behind which there is more.

const NARROW = 640;
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

export default function run(box) {
  const table = box.querySelector("table");
  const names = [...table.querySelectorAll("thead tr:only-child th")].map((cell) => cell.textContent.trim());
  const rows = [...table.querySelectorAll("tbody tr")];
  const plain = rows.every((row) => row.cells.length === names.length) && !table.querySelector("[colspan], [rowspan]");
  if (names.length < 2 || !plain) return;
  for (const row of rows) {
    [...row.cells].forEach((cell, column) => (cell.dataset.column = names[column]));
  }
  // Shown as blocks, they would no longer be a table for some screen readers.
  for (const element of [table, ...table.querySelectorAll("thead, tbody, tr, td")]) {
    element.setAttribute("role", ROLES[element.tagName]);
  }
  let width = 0;
  new ResizeObserver(() => {
    if (width === box.clientWidth) return;
    width = box.clientWidth;
    box.classList.remove("stacked");
    box.classList.toggle("stacked", width < NARROW && table.offsetWidth > width);
  }).observe(box);
}
