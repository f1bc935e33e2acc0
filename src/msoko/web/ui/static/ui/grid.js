// <tbody data-grid> of inputs: a block copied in a spreadsheet and pasted into a cell fills the cells to the right and
// below; rows are added as needed. [data-grid-more] adds rows. Enter goes one row down.
import { watch } from "./watch.js";

const fields = (row) => [...row.querySelectorAll("input")];

function addRow(grid) {
  const last = grid.rows[grid.rows.length - 1];
  const row = last.cloneNode(true);
  const number = grid.rows.length;
  for (const field of fields(row)) {
    field.name = field.name.replace(/-\d+-/, `-${number}-`);
    field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, number + 1));
    field.value = "";
  }
  grid.append(row);
}

watch("tbody[data-grid]", (grid) => {
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!/[\t\n]/.test(text.trimEnd()) || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const startRow = event.target.closest("tr").rowIndex - grid.rows[0].rowIndex;
    const startColumn = fields(event.target.closest("tr")).indexOf(event.target);
    text.replace(/\r/g, "").trimEnd().split("\n").forEach((line, down) => {
      while (startRow + down >= grid.rows.length) addRow(grid);
      line.split("\t").forEach((value, right) => {
        const field = fields(grid.rows[startRow + down])[startColumn + right];
        if (field) field.value = value.trim().replace(/^"|"$/g, "");
      });
    });
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  grid.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const row = event.target.closest("tr");
    const place = fields(row).indexOf(event.target);
    if (!row.nextElementSibling) addRow(grid);
    fields(row.nextElementSibling)[place]?.focus();
  });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-grid-more]");
  const grid = button?.closest("form").querySelector("tbody[data-grid]");
  if (grid) for (let count = 0; count < 5; count += 1) addRow(grid);
});
