// Builds the sites that the tests look at, each into target/browser/NAME.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { project, written } from "./hostile.mjs";
import { place, program, root, schema } from "./place.mjs";

/** Builds the project at `project` into target/browser/NAME. */
function build(name, project, ...options) {
  const output = join(place, name);
  rmSync(output, { recursive: true, force: true });
  // One finding less than an error is none: the small site has warnings on purpose.
  execFileSync(program, ["build", "--root", project, "--output", output, ...options], { stdio: ["ignore", "ignore", "inherit"] });
}

/** A copy of the small site with other lines in its configuration, and other runbooks beside its own. */
function small(name, lines, runbooks = []) {
  const project = join(place, "project", name);
  rmSync(project, { recursive: true, force: true });
  cpSync(join(root, "tests", "site"), project, { recursive: true });
  const config = join(project, "content", "site.yaml");
  writeFileSync(config, readFileSync(config, "utf8").replace(/^language:.*\n/m, ""));
  appendFileSync(config, `${lines.join("\n")}\n`);
  for (const file of runbooks) cpSync(join(root, "tests", "fixtures", file), join(project, "content", "runbooks", file));
  build(name, project);
}

build("content", root);
small("small", []);
small("german", ["language: de"]);
small("spanish", ["language: es"]);
small("archived", ["archive: true"], ["hard.yaml"]);
small("published", ["base-url: https://example.org/run/books/"]);

// So many pages that the search index comes in parts.
const many = join(place, "project", "many");
written(many, [
  ["content/site.yaml", "title: Many\nrules: { missing-threshold: off }\n"],
  ["content/roster.yaml", "roles: { lead: { title: Deployment lead } }\n"],
  ...Array.from({ length: 280 }, (_, at) => [`content/runbooks/service-${at}.yaml`, [
    `title: Service ${at}`, "sections:", "  - title: Before", "    owner: lead", "    checks:",
    `      - Disk of rack ${at}`, `      - { title: "Backup", run: "restic check --repo r${at * 7}" }`, ""].join("\n")]),
]);
build("many", many, "--no-pdf");

// Every text of it is an attack.
const attacked = join(place, "project", "hostile");
written(attacked, project(schema).files);
build("hostile", attacked, "--no-pdf", "--single-file");
