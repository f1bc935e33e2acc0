// Behaviour shared by every page. Everything works by attributes; new fragments (htmx) get it too.
import { watch } from "./watch.js";
import "./menus.js";
import "./dialogs.js";
import "./drop.js";
import "./paste.js";
import "./forms.js";
import "./grid.js";
import "./codes.js";

watch("[data-chart]", async (figure) => {
  const { draw } = await import("./charts.js");
  await draw(figure);
});

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-dismiss]");
  if (closer) closer.closest(closer.dataset.dismiss)?.remove();
  if (event.target.closest("[data-print]")) window.print();
});
