//! This repository's own content: it builds without a finding, its paper lacks nothing, and the
//! guide's examples are true.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::conform::faults;
use crate::project::{Project, files};
use crate::sheet::python;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the content in a folder of its own.
pub(crate) fn own() -> Project {
    let mut project = Project::empty();
    for path in files(&root().join("content")) {
        let bytes = fs::read(root().join("content").join(&path)).unwrap();
        project = project.bytes(&format!("content/{path}"), &bytes);
    }
    project
}

#[test]
fn it_has_no_findings() {
    let ran = own().run(&["check"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(ran.err, "checked 5 runbooks, 3 releases: no findings\n");
}

/// The titles and ids of every section, item and message of a document, from its record of the library.
fn titles_and_ids(id: &str) -> Vec<String> {
    let project = runsheet::pipeline::load(root(), &root().join("output")).unwrap();
    let runbook = project.library.runbook(id).unwrap();
    let sections = runbook.all_sections();
    let messages = sections.iter().flat_map(|section| section.messages());
    let messages = messages.map(|message| [message.title.plain(), message.id.clone()]);
    let items = runbook.all_items().into_iter().map(|(_, item)| [item.title.plain(), item.id.clone()]);
    let inner = sections.iter().map(|section| [section.title.plain(), section.id.clone()]);
    inner.chain(items).chain(messages).flatten().collect()
}

/// The letters and digits of a text: layout may break lines and words anywhere else.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_title_and_id_is_on_paper_and_every_sheet_is_valid() {
    let project = own();
    assert_eq!(project.run(&["build"]).code, 0);
    let mut looked = 0;
    for (path, bytes) in project.tree("output") {
        if !path.ends_with(".pdf") {
            continue;
        }
        assert_eq!(faults(&bytes), Vec::<String>::new(), "{path}");
        let file = project.path().join("output").join(&path);
        let valid = Command::new("qpdf").arg("--check").arg(&file).output().unwrap();
        assert!(valid.status.success(), "{path}: {}", String::from_utf8_lossy(&valid.stderr));
        // Packets and cards are called `ID.role-dba.pdf`; the whole is on the sheet without a part.
        let name = path.strip_prefix("runbooks/").and_then(|path| path.strip_suffix(".pdf"));
        let Some(id) = name.filter(|name| !name.contains('.')) else { continue };
        let text = Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
        let text = letters(&String::from_utf8(text.stdout).unwrap());
        let missing: Vec<String> =
            titles_and_ids(id).into_iter().filter(|title| !text.contains(&letters(title))).collect();
        assert_eq!(missing, Vec::<String>::new(), "{path}");
        let listed = "import sys, pypdf\nprint(*pypdf.PdfReader(sys.argv[1]).get_fields(), sep='\\n')";
        let listed = python(listed, &[file.to_str().unwrap()]);
        let listed: BTreeSet<&str> = listed.lines().collect();
        let missing: Vec<String> =
            fields(id).into_iter().filter(|it| !listed.contains(it.as_str())).collect();
        assert_eq!(missing, Vec::<String>::new(), "{path}");
        looked += 1;
    }
    assert_eq!(looked, 5);
}

/// The fields that every row has: a box, who and when.
fn fields(id: &str) -> Vec<String> {
    let project = runsheet::pipeline::load(root(), &root().join("output")).unwrap();
    let items = project.library.runbook(id).unwrap().all_items();
    let of = |id: &str| [id.to_owned(), format!("{id}-by"), format!("{id}-time")];
    items.into_iter().flat_map(|(_, item)| of(&item.id)).collect()
}

#[test]
fn another_library_fills_every_field_and_reads_it_back() {
    let project = own();
    assert_eq!(project.run(&["build"]).code, 0);
    let (sheet, filled) =
        (project.path().join("output/runbooks/web-platform.pdf"), project.path().join("filled.pdf"));
    let script = "import sys, pypdf
writer = pypdf.PdfWriter()
writer.append(sys.argv[1])
wanted = {}
for name, field in pypdf.PdfReader(sys.argv[1]).get_fields().items():
    if field['/FT'] != '/Sig':
        wanted[name] = '/Yes' if field['/FT'] == '/Btn' else 'Zoë ' + name
for page in writer.pages:
    writer.update_page_form_field_values(page, wanted)
writer.write(sys.argv[2])
read = pypdf.PdfReader(sys.argv[2]).get_fields()
print(len(wanted), [name for name in wanted if read[name].get('/V') != wanted[name]])";
    let said = python(script, &[sheet.to_str().unwrap(), filled.to_str().unwrap()]);
    let (count, differing) = said.trim().split_once(' ').unwrap();
    assert!(count.parse::<usize>().unwrap() > 200 && differing == "[]", "{said}");
}

#[test]
fn every_link_of_the_site_leads_somewhere() {
    let project = own();
    assert_eq!(project.run(&["build"]).code, 0);
    let pages: std::collections::BTreeMap<String, String> = project
        .tree("output")
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for (at, _) in page.match_indices(" href=\"").chain(page.match_indices(" src=\"")) {
            let address = page[at..].split('"').nth(1).unwrap();
            if address.contains(':') {
                continue;
            }
            let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if file.is_empty() { path.clone() } else { join(path, file) };
            let there = project.path().join("output").join(&target).is_file();
            let anchored = anchor.is_empty()
                || pages.get(&target).is_some_and(|page| page.contains(&format!(" id=\"{anchor}\"")));
            if !there || !anchored {
                broken.push(format!("{path}: {address}"));
            }
        }
    }
    broken.dedup();
    assert_eq!(broken, Vec::<String>::new());
}

fn join(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/").replace("%20", " ")
}

/// A fenced example of the guide: where it stands, what it is, its text.
struct Example {
    place: String,
    kind: String,
    text: String,
}

fn examples() -> Vec<Example> {
    let pages = root().join("content/pages");
    let mut found = Vec::new();
    for path in files(&pages) {
        let text = fs::read_to_string(pages.join(&path)).unwrap();
        let mut lines = text.lines().enumerate();
        while let Some((number, line)) = lines.next() {
            let Some(kind) = line.strip_prefix("```yaml") else { continue };
            let body = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
            let text = body.map(|line| format!("{line}\n")).collect();
            let place = format!("{path}:{}", number + 1);
            found.push(Example { place, kind: kind.trim().to_owned(), text });
        }
    }
    found
}

/// The commands of a page, each in its words.
fn commands(page: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("content/pages").join(page)).unwrap();
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines: String = blocks.collect::<String>().replace("\\\n", "");
    let words = |line: &str| {
        let parts = line.split('"').enumerate();
        let words = parts.flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        words.skip(1).collect()
    };
    lines.lines().map(words).collect()
}

#[test]
fn the_commands_of_a_release_are_those_of_the_guide() {
    let examples = examples();
    let first = |kind: &str| examples.iter().find(|example| example.kind == kind).unwrap().text.clone();
    let project = Project::new()
        .file("content/roster.yaml", &first("roster"))
        .file("content/runbooks/orders-api.yaml", &first("runbook"));
    let commands = commands("release.md");
    let of_release = commands.iter().filter(|words| words.iter().any(|word| word == "v1.4.0"));
    let ran: Vec<(&str, i32)> = of_release
        .map(|words| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            (words[0], project.run(&words).code)
        })
        .collect();
    let all = ["release", "record", "record", "sign", "gate", "call", "event", "record", "outcome"];
    assert_eq!(ran, all.map(|command| (command, 0)));
    assert!(project.run(&["release", "show", "v1.4.0"]).out.contains("closed as success"));
}

/// What an example may not have; that it is only a part of a document is no fault of it.
const READING: [&str; 10] = [
    "invalid-yaml",
    "duplicate-key",
    "unknown-key",
    "missing-key",
    "wrong-type",
    "unknown-value",
    "invalid-value",
    "invalid-id",
    "empty-file",
    "unparsed-threshold",
];

fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}

#[test]
fn every_example_of_the_guide_is_right() {
    let examples = examples();
    let first = |kind: &str| examples.iter().find(|example| example.kind == kind).unwrap().text.clone();
    let (roster, runbook, release) = (first("roster"), first("runbook"), first("release"));
    for Example { place, kind, text } in &examples {
        let project = Project::new()
            .file("content/roster.yaml", &roster)
            .file("content/runbooks/orders-api.yaml", &runbook);
        let project = match kind.as_str() {
            "roster" => project,
            "site" => project.file("content/site.yaml", text),
            "runbook" => project.file("content/runbooks/x.yaml", text),
            "release" => project.file("content/releases/r.yaml", text),
            "journal" => project
                .file("content/releases/r.yaml", &release)
                .file("content/releases/r.journal.yaml", text),
            "section" => {
                let head = "title: X\nstatus: draft\nseverities: { critical: bad }\nsections:\n";
                project.file("content/runbooks/x.yaml", &format!("{head}{}", indented(text, 2)))
            }
            "thresholds" => {
                let head =
                    "title: X\nstatus: draft\nsections:\n  - title: S\n    owner: dba\n    thresholds:\n";
                project.file("content/runbooks/x.yaml", &format!("{head}{}", indented(text, 6)))
            }
            other => panic!("{place}: `yaml {other}` is not a kind of example"),
        };
        let ran = project.run(&["check"]);
        let read = |line: &&str| READING.iter().any(|rule| line.starts_with(&format!("error[{rule}]")));
        let wrong: Vec<&str> = ran.out.lines().filter(read).collect();
        assert_eq!(wrong, Vec::<&str>::new(), "{place}\n{}", ran.out);
    }
    assert!(examples.len() >= 20);
}

#[test]
fn the_guide_names_every_key() {
    let pages = root().join("content/pages");
    let guide: String =
        files(&pages).iter().map(|path| fs::read_to_string(pages.join(path)).unwrap()).collect();
    let mut missing = Vec::new();
    for of in ["runbook", "roster", "release", "journal", "site"] {
        let schema: serde_json::Value =
            serde_json::from_str(&Project::empty().run(&["schema", of]).out).unwrap();
        keys(&schema, &mut |key| {
            if !guide.contains(&format!("`{key}`")) && !guide.contains(&format!("{key}:")) {
                missing.push(format!("{of}: {key}"));
            }
        });
    }
    missing.sort();
    missing.dedup();
    assert_eq!(missing, Vec::<String>::new());
}

/// Calls `see` with every key that a schema knows.
fn keys(schema: &serde_json::Value, see: &mut impl FnMut(&str)) {
    match schema {
        serde_json::Value::Object(map) => {
            for (name, value) in map {
                if name == "properties" {
                    value.as_object().unwrap().keys().for_each(|key| see(key));
                }
                keys(value, see);
            }
        }
        serde_json::Value::Array(all) => all.iter().for_each(|value| keys(value, see)),
        _ => {}
    }
}
