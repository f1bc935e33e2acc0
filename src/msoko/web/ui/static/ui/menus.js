// Drop-down menus are <details class="menu">: they close on Escape, a click elsewhere and when focus leaves.
function closeAll(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => closeAll(event.target.closest("details.menu")));
document.addEventListener("focusin", (event) => closeAll(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const items = [...menu.querySelectorAll(".menu-item")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = items.indexOf(document.activeElement);
    items[(at + step + items.length) % items.length]?.focus();
    event.preventDefault();
  }
  if (event.key === "Escape") openSide(false);
});

// The left menu of a narrow screen.
function openSide(isOpen) {
  if (document.body.classList.contains("side-is-open") === isOpen) return;
  document.body.classList.toggle("side-is-open", isOpen);
  document.querySelector(".side-open")?.setAttribute("aria-expanded", String(isOpen));
  (isOpen ? document.querySelector(".side-close") : document.querySelector(".side-open"))?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".side-open")) openSide(true);
  else if (event.target.closest(".side-close") || !event.target.closest(".side")) openSide(false);
});
