// Draws <figure data-chart> from the Vega specification in its <script type="application/json">.
// The expression interpreter stands in for eval, which the content security policy forbids.
import { View, defaultLocale, expressionInterpreter, parse } from "../vendor/vega.js";

const SHORT_MONTHS = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
const MONTHS = ["Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь",
  "Ноябрь", "Декабрь"];
const DAYS = ["воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"];
defaultLocale(
  { decimal: ",", thousands: "\u00a0", grouping: [3], currency: ["", "\u00a0₽"], minus: "\u2212", percent: "\u00a0%" },
  {
    dateTime: "%d.%m.%Y %H:%M", date: "%d.%m.%Y", time: "%H:%M", periods: ["", ""], days: DAYS,
    shortDays: ["вс", "пн", "вт", "ср", "чт", "пт", "сб"], months: MONTHS, shortMonths: SHORT_MONTHS,
  },
);

export async function draw(figure) {
  const place = figure.querySelector("[data-chart-view]");
  const spec = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  wireTable(figure);
  const canvas = place.appendChild(document.createElement("div"));
  canvas.className = "chart-canvas"; // on a phone the chart scrolls inside its box
  const view = new View(parse(spec, null, { ast: true }), {
    expr: expressionInterpreter, renderer: "svg", container: canvas, hover: true,
  });
  await view.runAsync();
  place.removeAttribute("aria-busy");
  if (isFluid(spec)) followWidth(view, canvas);
}

const isFluid = (spec) => ["fit", "fit-x"].includes(spec.autosize?.type ?? spec.autosize);

function followWidth(view, canvas) {
  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(canvas.clientWidth - width) < 4 || !canvas.clientWidth) return;
    width = canvas.clientWidth;
    view.width(width).runAsync();
  }).observe(canvas);
}

function wireTable(figure) {
  const button = figure.querySelector("[data-chart-toggle]");
  const table = figure.querySelector("[data-chart-table]");
  button?.addEventListener("click", () => {
    table.hidden = !table.hidden;
    button.setAttribute("aria-expanded", String(!table.hidden));
    button.textContent = table.hidden ? "Показать таблицей" : "Скрыть таблицу";
  });
}
