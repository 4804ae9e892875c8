// Builds the sites that the tests look at, each into target/browser/NAME.
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { place, root } from "./place.mjs";

/** Builds the project at `project` into target/browser/NAME. */
function build(name, project) {
  const output = join(place, name);
  rmSync(output, { recursive: true, force: true });
  const program = join(root, "target", "debug", "runsheet");
  // One finding less than an error is none: the small site has warnings on purpose.
  execFileSync(program, ["build", "--root", project, "--output", output], { stdio: ["ignore", "ignore", "inherit"] });
}

/** A copy of the small site with other lines in its configuration. */
function small(name, lines) {
  const project = join(place, "project", name);
  rmSync(project, { recursive: true, force: true });
  cpSync(join(root, "tests", "site"), project, { recursive: true });
  const config = join(project, "content", "site.yaml");
  writeFileSync(config, readFileSync(config, "utf8").replace(/^language:.*\n/m, ""));
  appendFileSync(config, `${lines.join("\n")}\n`);
  build(name, project);
}

build("content", root);
small("small", []);
small("german", ["language: de"]);
small("spanish", ["language: es"]);
small("published", ["base-url: https://example.org/run/books/"]);
