// <textarea data-rich-paste="#markup"> beside <input type="hidden" id="markup"> and <p data-paste-note role="status">:
// a table copied from Word, Excel, LibreOffice or a page goes along with its merged cells. The text in the field stays
// the fallback; typing into it drops the markup. The markup is only made smaller here: the server reads it as data.
import { watch } from "./watch.js";

const KEPT = new Set(["colspan", "rowspan", "start"]);
const NOT_TEXT = "style,script,meta,link,title,xml,img,svg,object,template";
const plural = new Intl.PluralRules("ru");
const ROWS = { one: "строка", few: "строки", many: "строк" };
const COLUMNS = { one: "столбец", few: "столбца", many: "столбцов" };
const counted = (number, forms) => `${number.toLocaleString("ru")} ${forms[plural.select(number)] ?? forms.many}`;

// the policy of the page forbids styles, even in a document that is only read: they are looked at as data
const withoutStyles = (html) => html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/(\s)style(\s*=)/gi, "$1data-style$2");

function compact(html) {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  for (const element of page.querySelectorAll(NOT_TEXT)) element.remove();
  for (const element of page.body.querySelectorAll("*")) {
    const style = element.dataset?.style ?? "";
    if (/display:\s*none|mso-hide:\s*all/i.test(style)) { element.remove(); continue; }
    // a page break inside of a cell is no new line
    if (element.tagName === "BR" && /page-break/i.test(style)) { element.replaceWith(" "); continue; }
    for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name);
  }
  const comments = page.createNodeIterator(page.body, NodeFilter.SHOW_COMMENT);
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) comment.remove();
  return page.body;
}

function sizeOf(body) {
  const tables = [...body.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
  const rows = tables.flatMap((table) => [...table.rows]).filter((row) => row.textContent.trim());
  const width = (row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
  return [rows.length, Math.max(0, ...rows.map(width))];
}

function told(rows, columns) {
  return `Вставлена таблица: ${counted(rows, ROWS)}, ${counted(columns, COLUMNS)}.`;
}

watch("textarea[data-rich-paste]", (field) => {
  const markup = document.querySelector(field.dataset.richPaste);
  const note = field.form.querySelector("[data-paste-note]");
  const say = (text) => { note.textContent = text; };
  let snapshot = "";
  field.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const plain = event.clipboardData?.getData("text/plain") ?? "";
    const isWhole = field.value.trim() === "" || (field.selectionStart === 0 && field.selectionEnd === field.value.length);
    const goesOn = markup.value !== "" && field.value === snapshot && field.selectionStart === field.value.length;
    const before = isWhole ? "" : markup.value;
    const body = /<table/i.test(html) ? compact(html) : null;
    // the browser puts the plain text into the field after this handler
    setTimeout(() => {
      if (body && (isWhole || goesOn)) {
        markup.value = before + body.innerHTML;
        snapshot = field.value;
        say(told(...sizeOf(body)));
        return;
      }
      markup.value = "";
      const lines = plain.split(/\r?\n/).filter((line) => line.includes("\t"));
      say(lines.length ? told(lines.length, Math.max(...lines.map((line) => line.split("\t").length)))
        : "В скопированном нет таблицы: вставлен только текст.");
    });
  });
  field.addEventListener("input", (event) => {
    if (event.inputType === "insertFromPaste" || !markup.value || field.value === snapshot) return;
    markup.value = "";
    say(field.value.trim() ? "Текст изменён: будет прочитан он, без объединённых ячеек." : "");
  });
});
