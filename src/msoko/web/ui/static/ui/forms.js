// Forms: filters that submit themselves, autosave, a warning before unsaved work is left, no double submit.
import { watch } from "./watch.js";

watch("form[data-autosubmit]", (form) => {
  let timer;
  form.addEventListener("change", (event) => {
    if (event.target.type !== "search") form.requestSubmit();
  });
  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), 600);
  });
  // the address of a filter holds only what was chosen
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
  });
});
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[data-autosubmit] :disabled")) field.disabled = false;
});

watch("input[type=search][data-keep-focus]", (field) => {
  if (!field.value) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
});

// <form data-autosave="address"> posts itself 0.8 s after the last change; [data-saved] tells how it went.
watch("form[data-autosave]", (form) => {
  const line = form.querySelector("[data-saved]");
  const tell = (text) => line && (line.textContent = text);
  let timer;
  const save = async () => {
    tell("Сохраняется…");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, credentials: "same-origin",
      });
      tell(answer.ok ? `Сохранено в ${new Date().toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" })}`
        : "Не сохранено: проверьте отмеченные поля");
      if (answer.ok) form.dataset.isDirty = "";
    } catch {
      tell("Нет связи. Введённое не потеряно: сохраним, когда связь появится");
      timer = setTimeout(save, 5000);
    }
  };
  form.addEventListener("input", () => {
    form.dataset.isDirty = "1";
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  });
});

// A box of a table's head ticks all boxes of its form, and shows whether all of them are ticked.
watch("input[data-check-all]", (all) => {
  const boxes = () => [...all.form.querySelectorAll('input[type=checkbox][name="key"]')];
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; });
  all.form.addEventListener("change", () => { all.checked = boxes().every((box) => box.checked); });
});

watch("form[data-guard]", (form) => {
  form.addEventListener("input", () => { form.dataset.isDirty = "1"; });
  form.addEventListener("submit", () => { form.dataset.isDirty = ""; });
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector('form[data-is-dirty="1"]')) event.preventDefault();
});

// A second click while the first is under way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.hasAttribute("hx-post")) return;
  setTimeout(() => { for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true; });
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[method=post] [type=submit]:disabled")) {
    if (!button.hasAttribute("data-stays-disabled")) button.disabled = false;
  }
});
