//! Hostile and broken input: a diagnostic, never a crash, a hang or a file outside of the project.

use std::fs;

use crate::project::Project;

/// The names and places of what `check` found.
fn found(project: &Project) -> Vec<String> {
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let mut found = Vec::new();
    let mut name = String::new();
    for line in ran.out.lines() {
        if let Some(rest) = line.strip_prefix("error[") {
            name = rest.split(']').next().unwrap().to_owned();
        }
        if let Some(place) = line.trim_start().strip_prefix("--> ") {
            found.push(format!("{name} {place}"));
        }
    }
    found
}

#[test]
fn invalid_utf_8() {
    let project = Project::new().bytes("content/runbooks/a.yaml", b"title: caf\xE9\n");
    assert_eq!(found(&project), ["invalid-encoding content/runbooks/a.yaml:1:11"]);
}

#[test]
fn an_empty_file() {
    for text in ["", "# nothing\n", "---\n", "~\n"] {
        let project = Project::new().file("content/runbooks/a.yaml", text);
        assert_eq!(found(&project), ["empty-file content/runbooks/a.yaml:1:1"], "{text:?}");
    }
}

/// What editors on Windows call Unicode.
#[test]
fn utf_16() {
    let words: Vec<u8> = "\u{feff}title: A\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = Project::new().bytes("content/runbooks/a.yaml", &words);
    let bare = Project::new().bytes("content/runbooks/a.yaml", &words[2..]);
    assert_eq!(
        [marked, bare].map(|project| project.run(&["check"]).out),
        [
            "\
error[invalid-encoding]: the file is not UTF-8: byte 0xFF begins no character
 --> content/runbooks/a.yaml:1:1
  |
1 |
  | ^
  |
  = help: it looks like UTF-16: save the file as UTF-8

",
            "\
error[invalid-yaml]: invalid YAML: the control character U+0000
 --> content/runbooks/a.yaml:1:2
  |
1 | t␀i␀t␀l␀e␀:␀ ␀A␀
  |  ^
  |
  = help: remove it; where there are many, the file is UTF-16: save it as UTF-8

"
        ]
    );
}

/// A line that is too long to be shown costs the reader the line, and nothing of what is said.
#[test]
fn a_mistake_in_a_very_long_line() {
    let text = format!("{{ title: A, summary: {}, prodcut: A }}\n", "x".repeat(5000));
    let project = Project::new().file("content/runbooks/a.yaml", &text);
    assert_eq!(
        project.run(&["check"]).out,
        "\
error[unknown-key]: unknown key `prodcut`
--> content/runbooks/a.yaml:1:5024
 = note: did you mean `product`?
 = help: keys allowed here: title, product, environment, revision, status, owner, classification, duration, \
reviewed, summary, about, parameters, severities, sections, escalation, history

"
    );
}

/// YAML that lies where nobody looks is told, unless it may be there for a link.
#[test]
fn files_that_lie_where_nothing_looks() {
    let paths =
        ["orders.yaml", "v1.journal.yaml", "Roster.yaml", "runbook/a.yaml", "Releases/v1.yml", "data/x.yaml"];
    let mut project = Project::new();
    for path in paths {
        project = project.file(&format!("content/{path}"), "title: A\n");
    }
    let ran = project.run(&["check", "--output-format", "json-lines"]);
    let line = |line: &str| {
        let found: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(
            (text("level"), text("message")),
            ("warning".into(), "nothing reads this file here".into())
        );
        format!("{}: {}", text("file"), text("help"))
    };
    assert_eq!(
        ran.out.lines().map(line).collect::<Vec<_>>(),
        [
            "content/Releases/v1.yml: name it `content/releases/v1.yml`",
            "content/Roster.yaml: name it `content/roster.yaml`",
            "content/orders.yaml: name it `content/runbooks/orders.yaml` or `content/releases/orders.yaml`",
            "content/runbook/a.yaml: name it `content/runbooks/a.yaml`",
            "content/v1.journal.yaml: name it `content/releases/v1.journal.yaml`",
        ]
    );
}

/// What stands in such a file would be missing, and nobody told; two of one name would be one page.
#[test]
fn files_that_are_not_looked_for_under_their_names() {
    let project = Project::new()
        .file("content/releases/v1.yaml", "runbook: a\nversion: v1\n")
        .file("content/releases/v1.journal.yml", "- { at: 2026-12-01T08:00:00Z, by: ana, event: Started }\n")
        .file("content/roster.yml", "people: { ana: { name: Ana } }\n")
        .file("content/runbooks/a.yaml", "title: A\n")
        .file("content/runbooks/a.YAML", "title: A\n")
        .file("content/runbooks/a.yml", "title: A\n")
        .file("content/runbooks/notes.txt", "Nothing to read\n")
        .file("content/pages/example.yml", "an: attachment\n");
    let ran = project.run(&["check"]);
    assert_eq!(
        ran.out,
        "\
error[unreadable-file]: nothing reads this file: its name ends with `.yml`
 --> content/releases/v1.journal.yml:1:1
  |
1 |
  | ^
  |
  = help: name it `content/releases/v1.journal.yaml`

error[unreadable-file]: nothing reads this file: its name ends with `.yml`
 --> content/roster.yml:1:1
  |
1 |
  | ^
  |
  = help: name it `content/roster.yaml`

error[unreadable-file]: nothing reads this file: its name ends with `.YAML`
 --> content/runbooks/a.YAML:1:1
  |
1 |
  | ^
  |
  = help: remove it: there is `content/runbooks/a.yaml`

error[duplicate-id]: `content/runbooks/a.yml` has the name of `content/runbooks/a.yaml`
 --> content/runbooks/a.yml:1:1
  |
1 | title: A
  | ^^^^^^^^ second use of the name
  |
 ::: content/runbooks/a.yaml:1:1
  |
1 | title: A
  | -------- first used here
  |
  = help: remove one of the files, or give it another name

"
    );
    assert_eq!(ran.code, 1);
}

#[test]
fn a_huge_file() {
    let text = format!("title: A\nsummary: |\n{}", "  text\n".repeat(1_500_000));
    let project = Project::new().file("content/runbooks/a.yaml", &text);
    assert_eq!(found(&project), ["file-too-large content/runbooks/a.yaml:1:1"]);
}

#[test]
fn a_billion_laughs() {
    let mut text = "title: A\nx-a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for (name, inner) in ["b", "c", "d", "e", "f", "g", "h"].iter().zip(["a", "b", "c", "d", "e", "f", "g"]) {
        text += &format!("x-{name}: &{name} [{}]\n", vec![format!("*{inner}"); 10].join(", "));
    }
    let project = Project::new().file("content/runbooks/a.yaml", &text);
    assert_eq!(found(&project).len(), 1);
}

#[test]
fn one_large_value_copied_often() {
    let mut text = format!("title: A\nx-a: &a {}\nx-b:\n", "x".repeat(100_000));
    text += &"  - *a\n".repeat(20_000);
    let project = Project::new().file("content/runbooks/a.yaml", &text);
    assert_eq!(found(&project).len(), 1);
}

#[test]
fn deep_nesting() {
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(50_000)] {
        let project = Project::new().file("content/runbooks/a.yaml", &text);
        assert_eq!(found(&project).len(), 1);
    }
}

#[test]
fn sections_nested_to_the_limit() {
    let mut text = "title: A\n".to_owned();
    for depth in 0..28 {
        text += &format!("{}sections:\n{}- title: S{depth}\n", "  ".repeat(depth), "  ".repeat(depth));
    }
    let project = Project::new().file("content/runbooks/a.yaml", &text);
    assert_eq!(project.run(&["check"]).code, 1);
}

#[test]
fn sections_that_take_each_other() {
    let project =
        Project::new().file("content/runbooks/a.yaml", "title: A\nsections: [{ use: \"b.yaml#b\" }]\n").file(
            "content/runbooks/b.yaml",
            "title: B\nsections: [{ title: B, id: b, sections: [{ use: \"b.yaml#b\" }] }]\n",
        );
    assert!(found(&project).iter().any(|found| found.starts_with("cyclic-reference")));
}

#[test]
fn links_out_of_the_content() {
    let project = Project::new().file("secret.yaml", "title: Secret\n");
    fs::create_dir_all(project.path().join("content/runbooks")).unwrap();
    std::os::unix::fs::symlink(
        project.path().join("secret.yaml"),
        project.path().join("content/runbooks/a.yaml"),
    )
    .unwrap();
    assert_eq!(found(&project), ["outside-content content/runbooks/a.yaml:1:1"]);
}

#[test]
fn paths_that_leave_the_project() {
    let project = Project::new().file("secret.yaml", "title: Secret\nsections: [{ title: S, id: s }]\n").file(
        "content/runbooks/a.yaml",
        "title: A\nsummary: \"[up](../../secret.yaml), [root](/etc/passwd), [js](javascript:alert(1))\"\nsections:\n  - { use: ../../secret.yaml#s }\n  - title: B\n    owner: nobody\n    thresholds: [checks = 100 %]\n    steps: [{ title: C, expect: done, on-failure: ../../../etc/passwd }]\n    links: [{ title: D, url: ../../secret.yaml }]\n",
    );
    let names = found(&project);
    let names: Vec<&str> = names.iter().map(|found| found.split(':').next().unwrap()).collect();
    let broken = "broken-link content/runbooks/a.yaml";
    let unknown = "unknown-reference content/runbooks/a.yaml";
    let expected =
        [broken, broken, broken, unknown, "unknown-owner content/runbooks/a.yaml", unknown, broken];
    assert_eq!(names, expected);
}

#[test]
fn output_inside_the_content() {
    let project = Project::new();
    for dir in ["content", "content/out", "content/runbooks/../out", "."] {
        let dir = project.path().join(dir);
        let ran = project.run(&["build", "--output", dir.to_str().unwrap()]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    }
    assert_eq!(project.tree("").len(), 1);
}

#[test]
fn a_theme_is_a_folder_name() {
    let project = Project::empty().file("content/site.yaml", "title: A\ntheme: ../../etc\n");
    assert_eq!(found(&project), ["invalid-value content/site.yaml:2:8"]);
}

#[test]
fn errors_leave_the_last_output() {
    let project = Project::small();
    assert_eq!(project.run(&["build", "--no-pdf"]).code, 0);
    let before = project.tree("output");
    project.put("content/runbooks/broken.yaml", b"titel: A\n");
    assert_eq!(project.run(&["build", "--no-pdf"]).code, 1);
    assert!(project.tree("output") == before);
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_no_path_elsewhere() {
    let project = Project::new().file("content/runbooks/a\\b.yaml", "title: A\n");
    assert_eq!(found(&project), ["unreadable-file content/runbooks/a\\b.yaml:1:1"]);
    let project = Project::new().file("content/releases/a\nb.yaml", "runbook: a\n");
    let folder = project.path().join("content/runbooks");
    fs::create_dir_all(&folder).unwrap();
    for name in [&b"\xff.yaml"[..], b"\xfe.yaml"] {
        let name = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(name);
        fs::write(folder.join(name), "title: A\n").unwrap();
    }
    let ran = project.run(&["check", "--output-format", "concise"]);
    let why = "error[unreadable-file] the file cannot be read: its name is not UTF-8, or there is a line break or another control character in it";
    let out = ["content/releases/a\u{fffd}b.yaml", "content/runbooks/\u{fffd}.yaml"];
    assert_eq!((ran.code, ran.out), (1, out.map(|path| format!("{path}:1:1: {why}\n")).concat()));
    assert_eq!(project.run(&["build"]).code, 1);
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_cannot_be_written_is_no_success() {
    let project = Project::small();
    for asked in
        [vec!["check", "--output-format", "json"], vec!["release", "list"], vec!["schema", "runbook"]]
    {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let program = assert_cmd::cargo::cargo_bin!("runsheet");
        let mut command = std::process::Command::new(program);
        let ran = command.args(&asked).current_dir(project.path()).stdout(full).output().unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        let last = err.lines().last().unwrap_or_default();
        assert_eq!(
            (ran.status.code(), last),
            (Some(2), "error: could not write `standard output`: No space left on device (os error 28)"),
            "{asked:?}"
        );
    }
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let project = Project::small();
    for asked in [vec!["--help"], vec!["--version"], vec!["check", "--help"], vec!["explain"], vec!["check"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("runsheet"));
        let ran = command.args(&asked).current_dir(project.path()).stdout(writer).output().unwrap();
        assert_eq!(ran.status.code(), Some(0), "{asked:?}");
    }
}

/// Whoever may write a title or an event, or fills in a sheet, may not steer the terminal of who reads it.
#[test]
fn nothing_that_is_quoted_steers_the_terminal() {
    let escape = "\u{1b}[2J";
    let runbook = "title: \"A\\e[2J\"\nstatus: draft\nsections:\n  - title: \"S\\e[2J\"\n    id: s\n    checks: [{ title: \"C\\e[2J\", id: c }]\n";
    let journal = "- { at: 2026-11-18T08:00:00Z, by: \"x\\e[2J\", item: c, is: failed, why: \"w\\e[2J\" }\n- { at: 2026-11-18T08:00:00Z, by: x, sign: \"r\\e[2J\", choice: a, seal: s }\n- { at: 2026-11-18T08:01:00Z, by: x, outcome: \"o\\e[2J\" }\n";
    let project = Project::new()
        .file("content/runbooks/a.yaml", runbook)
        .file("content/releases/v1.yaml", "runbook: a\nversion: v1\n")
        .file("content/releases/v1.journal.yaml", journal)
        .file("lines.yaml", &journal.replace("08:00", "08:02"));
    let lines = project.path().join("lines.yaml");
    let lines = lines.to_str().unwrap();
    for asked in [
        &["check"][..],
        &["check", "--output-format", "concise"],
        &["check", "--output-format", "github"],
        &["check", "--output-format", "junit"],
        &["gate", "v1"],
        &["gate", "v1", "--output-format", "github"],
        &["gate", "v1", "--output-format", "markdown"],
        &["release", "show", "v1"],
        &["release", "list"],
        &["release", "close", "v1", "success", "--by", "x"],
        &["markdown", "v1"],
        &["diff", "v1", "content/runbooks/a.yaml", "--output-format", "markdown"],
        &["import-events", "v1", lines, "--dry-run", "--by", escape],
        &["event", "v1", escape, "--by", escape],
        &["verify", escape],
        &["explain", escape],
    ] {
        let ran = project.run(&[&["--color", "always"], asked].concat());
        assert!(!ran.out.is_empty() || !ran.err.is_empty(), "{asked:?}");
        assert!(!ran.out.contains(escape) && !ran.err.contains(escape), "{asked:?}: {ran:?}");
    }
}

/// Whoever may write an event may not write a line of the answer.
#[test]
fn nothing_that_is_quoted_passes_for_a_line() {
    let runbook = "title: A\nstatus: draft\nsections:\n  - title: S\n    owner: lead\n    checks: [{ title: C, id: c }]\n    gate: { title: Go, decides: lead }\n    approvals: [{ role: lead }]\n";
    let journal = "\
- { at: 2026-11-18T08:00:00Z, by: \"x\\nFORGED\", item: c, is: failed, why: \"w\\nFORGED\" }
- { at: 2026-11-18T08:00:00Z, by: \"x\\nFORGED\", item: \"d\\LFORGED\", is: done }
- { at: 2026-11-18T08:00:00Z, by: \"x\\r\\nFORGED\", sign: lead, choice: \"approve\\nFORGED\" }
- { at: 2026-11-18T08:00:00Z, by: \"x\\NFORGED\", gate: go, choice: \"go\\nFORGED\" }
- { at: 2026-11-18T08:01:00Z, by: x, outcome: \"o\\nFORGED\" }
";
    let project = Project::new()
        .file("content/runbooks/a.yaml", runbook)
        .file("content/releases/v1.yaml", "runbook: a\nversion: v1\n")
        .file("content/releases/v1.journal.yaml", journal);
    for asked in [
        &["gate", "v1"][..],
        &["gate", "v1", "--output-format", "github"],
        &["gate", "v1", "--output-format", "markdown"],
        &["release", "show", "v1"],
        &["release", "list"],
        &["markdown", "v1"],
    ] {
        let ran = project.run(asked);
        assert!(ran.out.contains("FORGED"), "{asked:?}: {ran:?}");
        assert!(!ran.out.split(['\n', '\r']).any(|line| line.starts_with("FORGED")), "{asked:?}: {ran:?}");
    }
}

#[test]
fn what_is_no_file_is_not_replaced() {
    use std::os::unix::fs::FileTypeExt as _;
    let project = Project::new().file("content/runbooks/a.yaml", "title: A\nowner: nobody\nstatus: draft\n");
    let pipe = project.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    let ran = project.run(&["check", "--output-format", "concise", "--output", pipe.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    let line = "content/runbooks/a.yaml:2:8: error[unknown-owner] unknown owner `nobody`\n";
    assert_eq!(reader.join().unwrap(), line);
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn a_file_that_cannot_be_written_is_named_once() {
    let ran = Project::small().run(&["check", "--output", "gone/report.json"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (2, "error: could not write `gone/report.json`: No such file or directory (os error 2)\n")
    );
}

#[test]
fn nothing_is_waited_for() {
    let project = Project::small();
    let pipe = |path: &str| {
        project.put(path, b"");
        let path = project.path().join(path);
        fs::remove_file(&path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}theme: own\nfonts: [fonts/a.ttf]\n").as_bytes());
    ["content/pages/pipe.md", "themes/own/style/a.css", "fonts/a.ttf"].into_iter().for_each(pipe);
    let ran = project.run(&["check", "--output-format", "concise"]);
    let why = "it is neither a file nor a folder";
    let lines = [
        format!("content/pages/pipe.md:1:1: error[unreadable-file] the file cannot be read: {why}\n"),
        format!("content/site.yaml:4:9: error[unusable-font] the font `fonts/a.ttf` cannot be used: {why}\n"),
    ];
    assert_eq!((ran.code, ran.out), (1, lines.concat()));
}
