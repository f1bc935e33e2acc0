// form[data-code-list]: of a pasted table only two columns are taken, «код участника» and «номер обучающегося»; the
// field with the table has no name and is never sent. [data-picks="id"] chooses the radio beside a search field.
import { watch } from "./watch.js";

const CODE = /^(логин|код|шифр)( участника| обучающегося| ученика)?$|^участник$/;
const NUMBER = /^((постоянный|личный) )?(номер|№)( обучающегося| ученика| личного дела| в школе)?$|^личное дело$/;
const NAME = /[а-яё]{2,}[\s-]+[а-яё]/i;

function rowsOf(text) {
  const lines = text.replace(/\r/g, "").split("\n").filter((line) => line.trim());
  const mark = ["\t", ";", ","].find((one) => lines[0]?.includes(one)) ?? "\t";
  return lines.map((line) => line.split(mark).map((cell) => cell.trim().replace(/^"|"$/g, "")));
}

function columnsOf(rows) {
  for (const [index, row] of rows.slice(0, 10).entries()) {
    const heads = row.map((cell) => cell.toLowerCase().replace(/ё/g, "е").replace(/\s+/g, " "));
    const code = heads.findIndex((cell) => CODE.test(cell));
    const number = heads.findIndex((cell, place) => place !== code && NUMBER.test(cell));
    if (code >= 0 && number >= 0) return { code, number, start: index + 1, dropped: row.length - 2 };
  }
  const plain = rows.every((row) => row.length === 2 && !row.some((cell) => NAME.test(cell)));
  return plain ? { code: 0, number: 1, start: 0, dropped: 0 } : null;
}

watch("form[data-code-list]", (form) => {
  const source = form.querySelector("[data-code-source]");
  const target = form.querySelector("[data-code-pairs]");
  const told = form.querySelector("[data-code-told]");
  source.addEventListener("input", () => {
    const rows = rowsOf(source.value);
    const columns = rows.length ? columnsOf(rows) : null;
    const pairs = columns
      ? rows.slice(columns.start).map((row) => [row[columns.code] ?? "", row[columns.number] ?? ""]).filter(([a, b]) => a && b)
      : [];
    target.value = pairs.length
      ? ["Код участника\tНомер обучающегося", ...pairs.map((pair) => pair.join("\t"))].join("\n") : "";
    told.hidden = !rows.length;
    told.textContent = pairs.length
      ? `Будет отправлено строк: ${pairs.length}, два столбца. Остальных столбцов: ${columns.dropped} — не отправляются.`
      : "Не найдены столбцы «Код участника» и «Номер обучающегося»: подпишите их в первой строке.";
  });
});

document.addEventListener("input", (event) => {
  const radio = document.getElementById(event.target.dataset?.picks ?? "");
  if (radio && event.target.value) radio.checked = true;
});
