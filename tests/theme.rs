//! Themes: what a site's own one overrides, what its mistakes read like, and that the guide names
//! every template, block and variable there is.
//!
//! The reference of the guide is made from the templates and from the structs behind them;
//! `UPDATE=1 cargo test` writes it anew.

use std::fs;
use std::path::Path;

use crate::project::{Project, Ran, files};

/// Where the generated part of the page begins.
const MARK: &str = "## Reference\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A struct or a variant of an enum that templates see.
struct Shape {
    /// The file without its ending; another file may have a struct of the same name.
    file: String,
    name: String,
    about: String,
    /// Name, type as it is written, and meaning.
    fields: Vec<[String; 3]>,
}

/// Files whose structs are data for scripts, not for templates.
const FOR_SCRIPTS: [&str; 3] = ["search/part.rs", "single.rs", "work/data.rs"];

/// Everything of `src/site` that templates see, in the order of files and lines.
fn shapes() -> Vec<Shape> {
    let folder = root().join("src/site");
    let mut found = Vec::new();
    for path in files(&folder) {
        if FOR_SCRIPTS.contains(&path.as_str()) {
            continue;
        }
        let text = fs::read_to_string(folder.join(&path)).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let mut lines = code.lines().peekable();
        let mut about = String::new();
        let mut serialized = false;
        while let Some(line) = lines.next() {
            if let Some(words) = line.strip_prefix("/// ") {
                about = format!("{about} {words}").trim().to_owned();
            } else if line.starts_with("#[derive(") {
                serialized = line.contains("Serialize");
            } else if !line.starts_with("#[") {
                let head = line.trim_start_matches("pub(super) ");
                let kind = head.split(' ').next().unwrap_or_default();
                if serialized && matches!(kind, "struct" | "enum") && line.ends_with('{') {
                    let name = name(&head[kind.len() + 1..]);
                    let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
                    let fields = if kind == "enum" { variants(&body) } else { fields(&body) };
                    let file = path.trim_end_matches(".rs").to_owned();
                    found.push(Shape { file, name, about: about.clone(), fields });
                }
                (about, serialized) = (String::new(), false);
            }
        }
    }
    found
}

/// `Row` of `Row<'a> {`
fn name(head: &str) -> String {
    head.chars().take_while(|c| c.is_alphanumeric()).collect()
}

fn fields(body: &[&str]) -> Vec<[String; 3]> {
    let mut found = Vec::new();
    let mut about = String::new();
    for line in body.iter().map(|line| line.trim()) {
        if let Some(words) = line.strip_prefix("/// ") {
            about = format!("{about} {words}").trim().to_owned();
        } else if let Some((name, kind)) = line.trim_end_matches(',').split_once(": ") {
            let name = name.trim_start_matches("pub(super) ").to_owned();
            found.push([name, kind.to_owned(), std::mem::take(&mut about)]);
        }
    }
    found
}

/// The variants of an enum, each told by its `kind` and with its fields.
fn variants(body: &[&str]) -> Vec<[String; 3]> {
    let mut found = Vec::new();
    let mut about = String::new();
    for line in body.iter().map(|line| line.trim()) {
        if let Some(words) = line.strip_prefix("/// ") {
            about = words.to_owned();
            continue;
        }
        let (variant, inner) =
            line.trim_end_matches(',').split_once(" { ").unwrap_or((line.trim_end_matches(','), ""));
        let inner = inner.trim_end_matches(" }").to_owned();
        let kind: String = variant.chars().flat_map(char::to_lowercase).collect();
        found.push([format!("kind = \"{kind}\""), inner, std::mem::take(&mut about)]);
    }
    found
}

/// Words for types, with links to the shapes.
struct Teller<'a> {
    shapes: &'a [Shape],
}

impl Teller<'_> {
    /// What a shape is called: its name, with its file where another one has the same.
    fn title(&self, shape: &Shape) -> String {
        match self.shapes.iter().filter(|other| other.name == shape.name).count() {
            1 => shape.name.clone(),
            _ => format!("{} of {}", shape.name, shape.file),
        }
    }

    fn link(&self, shape: &Shape) -> String {
        let title = self.title(shape);
        format!("[`{}`](#{})", shape.name, title.to_lowercase().replace(' ', "-"))
    }

    /// The shape that a file means by a name: its own, else the one that it takes from another.
    fn find(&self, file: &str, name: &str) -> Option<&Shape> {
        let named = || self.shapes.iter().filter(|shape| shape.name == name);
        let text = || fs::read_to_string(root().join(format!("src/site/{file}.rs"))).unwrap();
        let taken = |shape: &&Shape| {
            let from = format!("use super::{}::", shape.file);
            text().lines().any(|line| line.starts_with(&from) && line.contains(name))
        };
        named().find(|shape| shape.file == file).or_else(|| named().find(taken)).or_else(|| named().next())
    }

    /// The shape of a type, which may name its file: `owners::Group<'a>`.
    fn find_at(&self, file: &str, kind: &str) -> Option<&Shape> {
        let (file, kind) = kind.split_once("::").unwrap_or((file, kind));
        self.find(file, &name(kind))
    }

    /// Fields of a variant, each with its type.
    fn inner(&self, file: &str, inner: &str) -> String {
        let fields = inner.split(", ").filter_map(|field| field.split_once(": "));
        let told = fields.map(|(name, kind)| format!("`{name}`: {}", self.told(file, kind)));
        told.collect::<Vec<_>>().join(", ")
    }

    /// A type in words: `Option<Vec<Row<'a>>>` is a list of `Row`, or nothing.
    fn told(&self, file: &str, kind: &str) -> String {
        let inside = |wrapper: &str| Some(self.told(file, kind.strip_prefix(wrapper)?.strip_suffix('>')?));
        if let Some(kind) = inside("Option<") {
            return format!("{kind}, or nothing");
        }
        if let Some(kind) = inside("Vec<") {
            return format!("list of {kind}");
        }
        if let Some(kind) = inside("Box<") {
            return kind;
        }
        if let Some(kind) = kind.strip_prefix("&'a [").and_then(|kind| kind.strip_suffix(']')) {
            return format!("list of {}", self.told(file, kind));
        }
        if let Some(all) = kind.strip_prefix('(').and_then(|all| all.strip_suffix(')')) {
            return all.split(", ").map(|kind| self.told(file, kind)).collect::<Vec<_>>().join(" and ");
        }
        match kind.trim_start_matches('&').trim_start_matches("'a ").trim_start_matches("'static ") {
            "str" | "String" | "Percent" => "text".to_owned(),
            "bool" => "true or false".to_owned(),
            "usize" | "u32" | "i64" => "number".to_owned(),
            "Html" => "markup".to_owned(),
            "T" => "what the page is about".to_owned(),
            other => match self.find_at(file, other) {
                Some(shape) => self.link(shape),
                None => format!("`{}`, for the scripts of the program", name(other)),
            },
        }
    }
}

/// Every template with what it extends and its blocks.
fn templates() -> Vec<[String; 3]> {
    let folder = root().join("themes/default/templates");
    let read = |path: &String| fs::read_to_string(folder.join(path)).unwrap();
    let between = |text: &str, begin: &str, end: char| -> Vec<String> {
        let found = text.split(begin).skip(1).filter_map(|rest| rest.split(end).next());
        found.map(|word| format!("`{}`", word.trim())).collect()
    };
    let row = |path: String| {
        let text = read(&path);
        let extends = between(&text, "{% extends \"", '"').join("");
        let mut inner = between(&text, "{% block ", ' ');
        inner.extend(between(&text, "{% component ", '(').iter().map(|name| format!("component {name}")));
        [path, extends, inner.join(", ")]
    };
    files(&folder).into_iter().map(row).collect()
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | ").replace("\n", " "));
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule: Vec<String> = head.iter().map(|_| "---".to_owned()).collect();
    let rows: String = rows.map(|row| line(&row)).collect();
    line(&head) + &line(&rule) + &rows
}

/// The generated part of the page.
fn reference() -> String {
    let shapes = shapes();
    let teller = Teller { shapes: &shapes };
    let content = |template: &str| {
        let known = |shape: &&Shape| shape.about.contains(&format!("`{template}`"));
        shapes.iter().find(known).map(|shape| teller.link(shape)).unwrap_or_default()
    };
    let rows = templates().into_iter().map(|[path, extends, inner]| {
        let content = content(&path);
        vec![format!("`{path}`"), extends, inner, content]
    });
    let mut out = format!("{MARK}\n### Templates\n\n");
    out += &table(&["template", "extends", "blocks and components", "`content`"], rows);
    out += "\n### Variables\n";
    for shape in &shapes {
        let cell = |text: &str| text.replace('|', "\\|");
        let rows = shape.fields.iter().map(|[name, kind, about]| {
            let told = match name.starts_with("kind = ") {
                true => teller.inner(&shape.file, kind),
                false => teller.told(&shape.file, kind),
            };
            vec![format!("`{name}`"), cell(&told), cell(about)]
        });
        out += &format!("\n#### {}\n\n{}\n\n", teller.title(shape), shape.about);
        out += &table(&["name", "is", "meaning"], rows);
    }
    out
}

#[test]
fn the_guide_names_every_template_block_and_variable() {
    let path = root().join("content/pages/themes.md");
    let page = fs::read_to_string(&path).unwrap();
    let (written, generated) = page.split_at(page.find(MARK).unwrap());
    let reference = reference();
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(&path, format!("{written}{reference}")).unwrap();
    }
    assert_eq!(generated, reference);
}

fn themed(files: &[(&str, &str)]) -> Project {
    let site = "title: Test site\nzone: Europe/Madrid\ntheme: own\n";
    let start = Project::small().file("content/site.yaml", site);
    files.iter().fold(start, |project, (path, text)| project.file(&format!("themes/own/{path}"), text))
}

#[test]
fn a_theme_overrides_template_block_component_and_variable() {
    let project = themed(&[
        (
            "templates/not-found.html",
            "{% extends \"base.html\" %}{% block main %}<h1>Gone</h1>{% endblock main %}",
        ),
        (
            "templates/base.html",
            "{% extends \"default/base.html\" %}{% block footer %}<p>ours</p>{% endblock footer %}",
        ),
        (
            "templates/part/own.html",
            "{% component verdict_word(verdict) -%}<i>{{ verdict.word }}!</i>{%- endcomponent verdict_word %}",
        ),
        ("style/own.css", ":root { --accent: rebeccapurple; }"),
    ]);
    assert_eq!(project.run(&["build", "--no-pdf"]).code, 0);
    let read = |path: &str| fs::read_to_string(project.path().join("output").join(path)).unwrap();
    assert!(read("404.html").contains("<h1>Gone</h1>"));
    assert!(read("404.html").contains("<p>ours</p>"));
    assert!(read("runbooks/shop.html").contains("<p>ours</p>"));
    assert!(!read("runbooks/shop.html").contains("<footer"));
    assert!(read("index.html").contains("<i>NO-GO!</i>"));
    let styles = files(&project.path().join("output/assets"));
    let style = styles.iter().find(|path| path.starts_with("style-")).unwrap();
    assert!(read(&format!("assets/{style}")).ends_with(":root { --accent: rebeccapurple; }"));
}

/// A component that nothing uses: with one of a site's own, none is filled in as a form.
const UNUSED: (&str, &str) =
    ("templates/part/unused.html", "{% component unused() %}{% endcomponent unused %}");

#[test]
fn a_form_says_what_the_engine_says() {
    let sites = [Project::small(), crate::content::own()];
    for project in sites {
        let mut site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
        assert_eq!(project.run(&["build", "--no-pdf", "--single-file"]).code, 0);
        site.push_str("theme: own\n");
        project.put("content/site.yaml", site.as_bytes());
        project.put(&format!("themes/own/{}", UNUSED.0), UNUSED.1.as_bytes());
        let plain = project.path().join("plain");
        let plain = ["build", "--no-pdf", "--single-file", "--output", plain.to_str().unwrap()];
        assert_eq!(project.run(&plain).code, 0);
        let (filled, plain) = (project.tree("output"), project.tree("plain"));
        assert!(filled.len() > 20);
        for ((path, one), (other_path, other)) in filled.iter().zip(&plain) {
            assert_eq!(path, other_path);
            assert!(one == other, "{path} differs");
        }
    }
}

#[test]
fn components_choose_by_keys_and_numbers_only() {
    let folder = root().join("themes/default/templates/part");
    let mut looked = 0;
    for path in files(&folder) {
        let text = fs::read_to_string(folder.join(&path)).unwrap();
        let codes = text.split(['%', '{', '}']).map(|code| code.trim_matches(['-', ' ']));
        for code in codes.filter(|code| !code.starts_with('#')) {
            let words: Vec<&str> = code.split_whitespace().collect();
            for sides in words.windows(3).filter(|words| ["==", "!=", "in"].contains(&words[1])) {
                let is_loop = words[0] == "for";
                let is_number = sides[2].parse::<usize>().is_ok() || sides[2] == "approval.roles";
                let is_key = [".key", ".kind"].iter().any(|end| sides[0].ends_with(end));
                assert!(is_loop || is_number || is_key, "{path}: {code}");
                looked += 1;
            }
            for sides in words.windows(3).filter(|words| words[1] == "|" && !words[2].starts_with("length")) {
                let is_key = ["\"", "key", "key)"].iter().any(|end| sides[0].ends_with(end));
                assert!(is_key && sides[2].starts_with("label"), "{path}: {code}");
                looked += 1;
            }
        }
    }
    assert!(looked > 50, "{looked}");
}

/// What the program says of a theme with one wrong template.
fn fault(text: &str) -> String {
    let project = themed(&[("templates/home.html", text)]);
    let Ran { code, out, err } = project.run(&["build", "--no-pdf"]);
    assert_eq!((code, out.as_str()), (2, ""));
    let checked = project.run(&["check"]);
    let told = format!("checked 1 runbook, 1 release: no findings\n{err}");
    assert_eq!((checked.code, checked.out.as_str(), checked.err), (2, "", told));
    err
}

#[test]
fn a_mistake_is_told_with_its_template_and_line() {
    let told = [
        fault(
            "{% extends \"default/home.html\" %}\n{% block main %}\n{{ content.titel }}\n{% endblock main %}\n",
        ),
        fault("{% extends \"default/home.html\" %}\n{% block man %}{% endblock man %}\n"),
        fault("<p>\n{% if %}\n"),
        fault("{% extends \"defualt/home.html\" %}\n"),
    ];
    crate::project::golden("golden/theme-faults.txt", &told.join("\n"));
}

/// What the program says of a theme with one file that is wrong; it builds nothing.
fn refused(path: &str, bytes: &[u8]) -> String {
    let project = themed(&[]).bytes(&format!("themes/own/{path}"), bytes);
    let Ran { code, out, err } = project.run(&["build", "--no-pdf"]);
    assert_eq!((code, out.as_str()), (2, ""), "{path}");
    assert!(!project.path().join("output/index.html").exists());
    err
}

#[test]
fn what_would_be_left_aside_is_told() {
    let home = b"{% extends \"default/home.html\" %}";
    let told = [
        refused("template/home.html", home),
        refused("styles/own.css", b"a {}"),
        refused("templates/hoem.html", home),
        refused("templates/part/nothing.html", b"<p>"),
        refused("labels/en.yaml", b"owner: x\nownr: x\n"),
        refused("labels/en.yaml", b"owner: x\nowner: y\n"),
        refused("labels/en.yaml", b"# words\nowner: 5\n"),
        refused("labels/en.yaml", b"owner: \"x\n"),
        refused("labels/en.yaml", b"count-checks: \"{count} checks\"\n"),
        refused("labels/en.yaml", b"passes-when: \"{n}\"\n"),
        refused(
            "style/own.css",
            b"/* url(x) */\na { color: red }\n  @import url(\"https://a.example/x.css\");\n",
        ),
        refused("style/own.css", b"@font-face { font-family: x; src: url(//a.example/x.woff2) }\n"),
        refused("style/own.css", b"a { background: url('a b.png') }\n"),
    ];
    crate::project::golden("golden/theme-left-aside.txt", &told.join("\n"));
}

#[test]
fn a_theme_may_have_what_pages_use() {
    let project = themed(&[
        (
            "templates/home.html",
            "\u{feff}{% extends \"default/home.html\" %}{% block main %}{% include \"mine.html\" %}{% endblock main %}",
        ),
        ("templates/mine.html", "<p>mine</p>"),
        (
            "style/a.css",
            "\u{feff}a::before { content: \"url(x)\"; background: url(data:image/png;base64,AA) }",
        ),
        ("labels/en.yaml", "count-checks: { one: a check, other: \"{n} checks!\" }\n"),
        ("README.md", "About it."),
        ("fonts/x.yaml", "a: b"),
    ]);
    project.put("shared/c.css", b"b { color: red }");
    let theme = project.path().join("themes/own");
    std::os::unix::fs::symlink("../../../shared/c.css", theme.join("style/c.css")).unwrap();
    std::os::unix::fs::symlink("ana@host.1:2", theme.join("style/.#c.css")).unwrap();
    let ran = project.run(&["build", "--no-pdf"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let read = |path: &str| fs::read_to_string(project.path().join("output").join(path)).unwrap();
    assert!(read("index.html").contains("<p>mine</p>"));
    let styles = files(&project.path().join("output/assets"));
    let style = read(&format!("assets/{}", styles.iter().find(|path| path.starts_with("style-")).unwrap()));
    assert!(style.ends_with("}\nb { color: red }") && !style.contains('\u{feff}'));
    // Not out of the project, into a file of somebody else.
    std::os::unix::fs::symlink("/etc/hostname", theme.join("style/d.css")).unwrap();
    let ran = project.run(&["build", "--no-pdf"]);
    let err = "error: `ROOT/themes/own/style/d.css` leads out of the project\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, err));
}

#[test]
fn a_check_looks_at_the_theme_once_the_content_is_right() {
    // Wrong in a page that is not the first of its kind.
    let late =
        "{% extends \"default/release.html\" %}{% block main %}{{ content.nothing }}{% endblock main %}";
    let project = themed(&[("templates/release.html", late)]);
    let Ran { code, err, .. } = project.run(&["check"]);
    assert_eq!((code, err.lines().nth(1)), (2, project.run(&["build", "--no-pdf"]).err.lines().next()));
    // Not asked for, and not before the content is right.
    let aside = project.run(&["check", "content/runbooks"]);
    assert_eq!((aside.code, aside.out.as_str()), (0, ""));
    project.put("content/pages/wrong.md", b"[gone](gone.md)\n");
    let Ran { code, err, .. } = project.run(&["check"]);
    assert_eq!((code, err.as_str()), (1, "checked 1 runbook, 1 release: 1 error\n"));
}

/// A program that reads the answer is told that there may be more to find.
#[test]
fn a_check_that_a_theme_stops_says_so_in_every_format() {
    let wrong = "{% extends \"default/home.html\" %}{% block main %}{{ content.nothing }}{% endblock main %}";
    let project = themed(&[("templates/home.html", wrong)]);
    let err = project.run(&["check"]).err;
    let message = err.split_once("error: ").unwrap().1.trim_end();
    let told = |format: &str| {
        let ran = project.run(&["check", "--output-format", format]);
        assert_eq!((ran.code, &ran.err), (2, &err), "{format}");
        ran.out
    };
    let read = |format: &str| serde_json::from_str::<serde_json::Value>(&told(format)).unwrap();
    assert_eq!(read("json-lines"), serde_json::json!({ "version": 1, "error": message }));
    let summary = serde_json::json!({ "errors": 0, "warnings": 0, "shown": 0 });
    let json = serde_json::json!({ "version": 1, "summary": summary, "findings": [], "error": message });
    assert_eq!(read("json"), json);
    let region = serde_json::json!({ "startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 11 });
    let artifact = serde_json::json!({ "uri": "content/site.yaml", "uriBaseId": "%SRCROOT%" });
    let invocation = serde_json::json!({
        "executionSuccessful": false,
        "toolExecutionNotifications": [{
            "level": "error",
            "message": { "text": message },
            "locations": [{ "physicalLocation": { "artifactLocation": artifact, "region": region } }],
        }],
    });
    assert_eq!(read("sarif")["runs"][0]["invocations"], serde_json::json!([invocation]));
    let gitlab = read("gitlab");
    assert_eq!(
        (&gitlab[0]["check_name"], &gitlab[0]["description"]),
        (&"unfinished-check".into(), &message.into())
    );
    let github = told("github");
    let start = "::error file=content/site.yaml,line=3,endLine=3,col=8,endColumn=11,title=unfinished-check::theme file";
    assert!(github.starts_with(start) && github.lines().count() == 1, "{github}");
    let junit = told("junit");
    assert!(
        junit.contains("failures=\"1\"") && junit.contains("<failure type=\"unfinished-check\""),
        "{junit}"
    );
    assert_eq!((told("full"), told("concise")), (String::new(), String::new()));
}

#[test]
fn a_theme_that_is_not_there_is_told_at_its_line() {
    let project = themed(&[("style/own.css", "body { color: red }\n")]);
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    for (wrong, golden) in [("onw", "theme-mistyped.txt"), ("acme", "theme-missing.txt")] {
        project.put("content/site.yaml", site.replace("own", wrong).as_bytes());
        for command in [&["check"][..], &["build", "--no-pdf"]] {
            let Ran { code, out, .. } = project.run(command);
            assert_eq!(code, 1);
            crate::project::golden(&format!("golden/{golden}"), &out);
        }
    }
    assert!(!project.path().join("output").exists());
}
