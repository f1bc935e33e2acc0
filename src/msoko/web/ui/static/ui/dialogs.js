// <dialog>: data-open="#id" opens it, data-close closes it; form[data-confirm] asks first; Ctrl+K searches.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    event.preventDefault();
    const dialog = document.querySelector(opener.dataset.open);
    dialog?.showModal();
    dialog?.querySelector("[autofocus]")?.focus();
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement) event.target.close(); // a click on the backdrop
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const asks = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  const dialog = document.querySelector("#confirm");
  if (!asks || !dialog || form.dataset.isConfirmed) return;
  event.preventDefault();
  event.stopPropagation();
  dialog.querySelector("[data-confirm-text]").textContent = asks;
  const button = dialog.querySelector("[data-confirm-yes]");
  button.textContent = event.submitter?.dataset.confirmYes ?? event.submitter?.textContent.trim() ?? "Да";
  button.onclick = () => {
    form.dataset.isConfirmed = "1";
    dialog.close();
    form.requestSubmit(event.submitter ?? undefined);
    delete form.dataset.isConfirmed;
  };
  dialog.showModal();
}, { capture: true });

const search = () => document.querySelector("#search");
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK" && search()) {
    event.preventDefault();
    if (!search().open) search().showModal();
  }
  if (!search()?.open || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const stops = [search().querySelector("input"), ...search().querySelectorAll("a.menu-item")];
  const at = stops.indexOf(document.activeElement);
  stops[(at + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length].focus();
  event.preventDefault();
});
