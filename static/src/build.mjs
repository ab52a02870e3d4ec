/* Builds static/src into static/build: bundled and minified, with hashed names, .br and .gz beside each file, and
   manifest.json, which maps "plaza.css" to "plaza-1A2B3C4D.css". */

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const source = dirname(fileURLToPath(import.meta.url));
const root = join(source, "..", "..");
const target = join(root, "static", "build");
const icons = join(root, "node_modules", "lucide-static", "icons");

const options = {
  absWorkingDir: root,
  outdir: target,
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome100", "firefox100", "safari15.4"],
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".svg": "file", ".png": "file", ".webp": "file" },
  metafile: true,
  write: false,
};

/* Each entry is bundled alone: what two entries share is then in both, and a page never waits for a second file
   before its script can start. Only `import()` makes a file of its own. */
async function bundle(name) {
  const result = await build({ ...options, entryPoints: [join(source, name)] });
  const entry = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint);
  return { name, hashed: basename(entry[0]), files: result.outputFiles };
}

async function sprite(listed) {
  const names = listed.split("\n").map((line) => line.replace(/#.*/, "").trim()).filter(Boolean);
  const symbols = await Promise.all([...new Set(names)].sort().map(symbol));
  const text = `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence -->${symbols.join("")}</svg>`;
  const hashed = `icons-${createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  return { name: "icons.svg", hashed, files: [{ path: join(target, hashed), contents: Buffer.from(text) }] };
}

async function symbol(name) {
  const svg = await readFile(join(icons, `${name}.svg`), "utf8").catch(() => {
    throw new Error(`static/src/icons.txt: Lucide has no icon named "${name}".`);
  });
  const shapes = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "").replaceAll(" />", "/>");
  const pen = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${pen}>${shapes}</symbol>`;
}

async function save({ path, contents }) {
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  await Promise.all([
    writeFile(path, contents),
    saveIfSmaller(`${path}.br`, promisify(brotliCompress)(contents, best), contents.length),
    saveIfSmaller(`${path}.gz`, promisify(gzip)(contents, { level: 9 }), contents.length),
  ]);
}

async function saveIfSmaller(path, compressing, length) {
  const compressed = await compressing;
  if (compressed.length < length) await writeFile(path, compressed);
}

const entries = (await readdir(source)).filter((name) => /\.(js|css)$/.test(name)).sort();
const listed = await readFile(join(source, "icons.txt"), "utf8").catch(() => "");
const built = await Promise.all([...entries.map(bundle), sprite(listed)]);
const files = new Map(built.flatMap((one) => one.files).map((file) => [file.path, file]));

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([...files.values()].map(save));
const manifest = Object.fromEntries(built.map(({ name, hashed }) => [name, hashed]));
await writeFile(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
