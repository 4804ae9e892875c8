// Where things are: the repository, what the tests installed, the built sites and their pages.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
/** The folder in which packages are installed and sites are built. */
export const place = join(root, "target", "browser");
/** Loads a package that `run` installed. */
export const load = createRequire(join(place, "package.json"));

/** The program. */
export const program = join(root, "target", "debug", "runsheet");
/** The JSON Schema of a kind of file. */
export const schema = (kind) => JSON.parse(execFileSync(program, ["schema", kind], { encoding: "utf8" }));

/** The sites under test, in the order in which they are built; `folder` holds the output. */
export const sites = ["content", "small", "german", "spanish"].map((name) => ({ name, folder: join(place, name) }));
/** A site by its name. */
export const site = (name) => ({ name, folder: join(place, name) });

/** Every file below a folder, as paths with `/`, in order. */
export function files(folder) {
  const inside = (entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/");
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map(inside).sort();
}

/** The paths of all pages of a site. */
export const pages = ({ folder }) => files(folder).filter((path) => path.endsWith(".html"));

/** One page of every kind of a site, the largest: `{ kind, path }`. The kind is the class of `body`. */
export function kinds(site) {
  const found = new Map();
  for (const path of pages(site)) {
    const text = readFileSync(join(site.folder, path), "utf8");
    const kind = /<body class="page-([a-z-]+)/.exec(text)?.[1] ?? path;
    if (!found.has(kind) || found.get(kind).size < text.length) found.set(kind, { kind, path, size: text.length });
  }
  return [...found.values()];
}

/** The address of a page on the disk. */
export function onDisk(site, path) {
  const file = join(site.folder, path);
  if (!existsSync(file)) throw new Error(`${site.name} has no ${path}`);
  return pathToFileURL(file).href;
}
