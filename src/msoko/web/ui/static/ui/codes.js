// form[data-code-list]: of a pasted table only the code (of the participant or of the row), «номер обучающегося» and
// «медаль» are taken; the field with the table has no name and is never sent. [data-picks="id"] chooses the radio
// beside a search field.
import { watch } from "./watch.js";

const TITLES = {
  row_code: /^код строки( участника| протокола)?$/,
  code: /^(логин|код|шифр)( участника| обучающегося| ученика)?$|^участник$/,
  number: /^((постоянный|личный) )?(номер|№)( обучающегося| ученика| личного дела| в школе)?$|^личное дело$/,
  medal: /^медаль( степень)?$|^степень медали$|^претендент(ы)?( на медаль)?$/,
};
const NAME = /[а-яё]{2,}[\s-]+[а-яё]/i;

function rowsOf(text) {
  const lines = text.replace(/\r/g, "").split("\n").filter((line) => line.trim());
  const mark = ["\t", ";", ","].find((one) => lines[0]?.includes(one)) ?? "\t";
  return lines.map((line) => line.split(mark).map((cell) => cell.trim().replace(/^"|"$/g, "")));
}

function columnsOf(rows) {
  for (const [index, row] of rows.slice(0, 10).entries()) {
    const heads = row.map((cell) => cell.toLowerCase().replace(/ё/g, "е").replace(/\s+/g, " "));
    const places = Object.entries(TITLES).map(([role, title]) => [role, heads.findIndex((cell) => title.test(cell))]);
    const found = new Map(places.filter(([, place]) => place >= 0));
    if (found.has("number") && (found.has("code") || found.has("row_code")))
      return { places: found, start: index + 1, dropped: row.length - found.size };
  }
  const plain = rows.every((row) => row.length === 2 && !row.some((cell) => NAME.test(cell)));
  return plain ? { places: new Map([["code", 0], ["number", 1]]), start: 0, dropped: 0 } : null;
}

const SENT = { code: "Код участника", row_code: "Код строки", number: "Номер обучающегося", medal: "Медаль" };

function tableOf(rows, columns) {
  const roles = Object.keys(SENT).filter((role) => columns.places.has(role));
  const cells = rows.slice(columns.start).map((row) => roles.map((role) => row[columns.places.get(role)] ?? ""));
  const known = cells.filter((row) => row[roles.indexOf("number")] && (row[roles.indexOf("code")] || row[roles.indexOf("row_code")]));
  return { roles, rows: known };
}

watch("form[data-code-list]", (form) => {
  const source = form.querySelector("[data-code-source]");
  const target = form.querySelector("[data-code-pairs]");
  const told = form.querySelector("[data-code-told]");
  source.addEventListener("input", () => {
    const rows = rowsOf(source.value);
    const columns = rows.length ? columnsOf(rows) : null;
    const table = columns ? tableOf(rows, columns) : { roles: [], rows: [] };
    const heads = table.roles.map((role) => SENT[role]);
    target.value = table.rows.length ? [heads, ...table.rows].map((row) => row.join("\t")).join("\n") : "";
    told.hidden = !rows.length;
    told.textContent = table.rows.length
      ? `Будет отправлено строк: ${table.rows.length}, столбцы: ${heads.join(", ")}. Остальных столбцов: ${columns.dropped} — не отправляются.`
      : "Не найдены столбцы «Код участника» и «Номер обучающегося»: подпишите их в первой строке.";
  });
});

document.addEventListener("input", (event) => {
  const radio = document.getElementById(event.target.dataset?.picks ?? "");
  if (radio && event.target.value) radio.checked = true;
});
