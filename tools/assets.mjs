// Copies and bundles the front-end packages into src/msoko/web/ui/static/vendor (not kept in git): `npm run build`.
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const SOURCE = path.join(ROOT, "src", "msoko");
const VENDOR = path.join(SOURCE, "web", "ui", "static", "vendor");
const PACKAGES = path.join(ROOT, "node_modules");
// Windows PCs of schools keep a browser for years.
const BROWSERS = ["chrome109", "firefox115", "safari16"];

async function bundle() {
  const common = { bundle: true, minify: true, target: BROWSERS, logLevel: "warning", legalComments: "none" };
  await build({
    ...common,
    stdin: {
      contents: `export { View, parse, formatLocale, timeFormatLocale, defaultLocale } from "vega";
                 export { expressionInterpreter } from "vega-interpreter";`,
      resolveDir: ROOT,
    },
    format: "esm",
    outfile: path.join(VENDOR, "vega.js"),
  });
  const tabler = await readFile(path.join(PACKAGES, "@tabler/core/dist/css/tabler.css"), "utf8");
  await build({
    ...common,
    stdin: { contents: lightOnly(tabler), loader: "css", resolveDir: ROOT },
    outfile: path.join(VENDOR, "tabler.css"),
  });
}

/** `light-dark(a, b)` becomes `a`: the product has one theme, and browsers before 2024 do not know the function. */
function lightOnly(css) {
  const start = css.indexOf("light-dark(");
  if (start < 0) return css;
  const body = start + "light-dark(".length;
  let depth = 0;
  let comma = -1;
  for (let i = body; i < css.length; i += 1) {
    if (css[i] === "(") depth += 1;
    else if (css[i] === "," && depth === 0 && comma < 0) comma = i;
    else if (css[i] === ")" && depth-- === 0) {
      return lightOnlyJoin(css.slice(0, start), css.slice(body, comma), css.slice(i + 1));
    }
  }
  throw new Error("unbalanced light-dark()");
}

function lightOnlyJoin(before, light, after) {
  return before + lightOnly(light + after);
}

async function copyFiles() {
  const fonts = path.join(PACKAGES, "@fontsource-variable/inter/files");
  for (const subset of ["cyrillic", "latin"]) {
    await cp(path.join(fonts, `inter-${subset}-wght-normal.woff2`), path.join(VENDOR, `inter-${subset}.woff2`));
  }
  const htmx = await readFile(path.join(PACKAGES, "htmx.org/dist/htmx.min.js"), "utf8");
  await writeFile(path.join(VENDOR, "htmx.js"), htmx.replace(/^\/\/# sourceMappingURL=.*$/m, ""));
}

async function* sources(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(full);
    else if (/\.(html|py)$/.test(entry.name)) yield full;
  }
}

/** Names in `{% icon "name" %}`, `icon="name"` and the list of icons that are always there. */
async function usedIcons() {
  const listed = await readFile(path.join(ROOT, "tools", "icons.txt"), "utf8");
  const names = new Set(listed.split(/\s+/).filter(Boolean));
  for await (const file of sources(SOURCE)) {
    for (const found of (await readFile(file, "utf8")).matchAll(/\bicon(?:=| )"([a-z0-9-]+)"/g)) names.add(found[1]);
  }
  return [...names].sort();
}

async function sprite() {
  const symbols = [];
  for (const name of await usedIcons()) {
    const svg = await readFile(path.join(PACKAGES, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    const drawing = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "");
    const paths = drawing.replace(/<path stroke="none"[^>]*\/>/, "").replace(/\s+/g, " ").trim();
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`);
  }
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
  await writeFile(path.join(VENDOR, "icons.svg"), sheet);
  return symbols.length;
}

/** A `.gz` twin beside each text file is served to browsers that take it. */
async function compress() {
  for (const name of await readdir(VENDOR)) {
    if (!/\.(css|js|svg)$/.test(name)) continue;
    const file = path.join(VENDOR, name);
    await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
  }
}

await rm(VENDOR, { recursive: true, force: true });
await mkdir(VENDOR, { recursive: true });
await Promise.all([bundle(), copyFiles()]);
const count = await sprite();
await compress();
console.log(`assets: ${count} icons, ${(await readdir(VENDOR)).length} files in ${path.relative(ROOT, VENDOR)}`);
