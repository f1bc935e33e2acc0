// <label class="drop" data-drop><input type="file" multiple>…<ul data-drop-files></ul></label>: lists what was chosen.
// data-drop="submit" sends the form at once. Pasting a table into the page fills [data-paste-target].
import { watch } from "./watch.js";

const units = (bytes) => bytes < 1024 * 1024
  ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString("ru")} КБ`
  : `${(bytes / 1024 / 1024).toLocaleString("ru", { maximumFractionDigits: 1 })} МБ`;

watch("[data-drop]", (zone) => {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-drop-files]") ?? zone.parentElement.querySelector("[data-drop-files]");
  const show = () => {
    const files = [...input.files];
    list?.replaceChildren(...files.map((file) => {
      const row = document.createElement("li");
      const size = document.createElement("span");
      size.className = "num muted";
      size.textContent = units(file.size);
      row.append(file.name, size);
      return row;
    }));
    for (const button of input.form?.querySelectorAll("[data-needs-files]") ?? []) button.disabled = !files.length;
    if (files.length && zone.dataset.drop === "submit") input.form.requestSubmit();
  };
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, () => zone.classList.add("is-over"));
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("is-over"));
  input.addEventListener("change", show);
  show();
});
