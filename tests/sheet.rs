//! Printed sheets, looked at with tools that are not ours: poppler, qpdf, pypdf, git.
//!
//! Takes the small site, and one that holds whatever breaks a layout.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::conform::faults;
use crate::picture::{Picture, codes, difference};
use crate::project::{Project, golden};

fn built(arguments: &[&str]) -> Project {
    let project = Project::small();
    let ran = project.run(&[&["build"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    project
}

pub(crate) fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn sheets(project: &Project) -> Vec<String> {
    let tree = project.tree("output").into_iter().map(|(path, _)| path);
    tree.filter(|path| path.ends_with(".pdf"))
        .map(|path| project.path().join("output").join(path).to_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_document_has_its_sheets() {
    let project = built(&[]);
    let root = format!("{}/output/", project.path().display());
    let list: Vec<String> = sheets(&project).iter().map(|path| path.replace(&root, "")).collect();
    golden("golden/sheets.txt", &(list.join("\n") + "\n"));
}

#[test]
fn pages_look_as_they_did() {
    let project = built(&[]);
    for (sheet, page) in [("runbooks/shop", "1"), ("runbooks/shop", "2"), ("runbooks/shop.rollback", "1")] {
        let file = project.path().join(format!("output/{sheet}.pdf"));
        let made = project.path().join("picture");
        let (file, out) = (file.to_str().unwrap(), made.to_str().unwrap());
        said("pdftoppm", &["-r", "36", "-gray", "-png", "-singlefile", "-f", page, file, out]);
        let now = fs::read(made.with_extension("png")).unwrap();
        let name = format!("{}-{page}.png", sheet.replace('/', "-"));
        let known = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/pictures").join(&name);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(known.parent().unwrap()).unwrap();
            fs::write(&known, now).unwrap();
            continue;
        }
        let (now, known) = (Picture::parse(&now), Picture::parse(&fs::read(&known).unwrap()));
        let differs = difference(&now, &known);
        assert!(differs < 1.5, "{name} differs by {differs:.2} of 255; look at it");
    }
}

#[test]
fn the_code_on_a_page_leads_to_its_page_and_names_its_seal() {
    for (arguments, start) in [
        (vec![], "runsheet:shop?seal="),
        (
            vec!["--base-url", "https://runsheets.acme.example/team"],
            "https://runsheets.acme.example/team/runbooks/shop.html?seal=",
        ),
    ] {
        let project = built(&arguments);
        let (file, out) = (project.path().join("output/runbooks/shop.pdf"), project.path().join("picture"));
        let (file, made) = (file.to_str().unwrap(), out.to_str().unwrap());
        // The corner at the bottom right, 45 mm wide.
        let corner = ["-x", "2600", "-y", "3970", "-W", "707", "-H", "707"];
        let picture = ["-r", "400", "-gray", "-png", "-singlefile", "-f", "2", file, made];
        said("pdftoppm", &[&corner[..], &picture].concat());
        let found = codes(&Picture::parse(&fs::read(out.with_extension("png")).unwrap()));
        let said = said("pdftotext", &["-f", "2", "-l", "2", file, "-"]);
        let [code] = found.as_slice() else { panic!("{found:?}") };
        let seal = code.strip_prefix(start).unwrap();
        assert_eq!(seal.len(), 19, "{seal}");
        assert!(said.contains(seal), "{seal} is not on the page: {said}");
    }
}

/// The interpreter that knows pypdf: the one in the path, else that of the system.
pub(crate) fn python(script: &str, arguments: &[&str]) -> String {
    let knows = |program: &&&str| {
        Command::new(program).args(["-c", "import pypdf"]).output().is_ok_and(|it| it.status.success())
    };
    let program = ["python3", "/usr/bin/python3"].iter().find(knows).expect("python3-pypdf is installed");
    said(program, &[&["-c", script], arguments].concat())
}

#[test]
fn another_library_lists_every_field() {
    let project = built(&[]);
    let sheet = project.path().join("output/runbooks/shop.pdf");
    let script = "import sys, pypdf
for name, field in sorted(pypdf.PdfReader(sys.argv[1]).get_fields().items()):
    print(field['/FT'], name, '|', field.get('/TU'))";
    golden("golden/fields.txt", &python(script, &[sheet.to_str().unwrap()]));
}

#[test]
fn another_library_fills_and_reads_back() {
    let project = built(&[]);
    let (sheet, filled) =
        (project.path().join("output/runbooks/shop.pdf"), project.path().join("filled.pdf"));
    let script = "import sys, pypdf
writer = pypdf.PdfWriter()
writer.append(sys.argv[1])
for page in writer.pages:
    if '/Annots' in page:
        writer.update_page_form_field_values(page, {'backup-by': 'Zoë', 'backup': '/Yes'})
writer.write(sys.argv[2])
fields = pypdf.PdfReader(sys.argv[2]).get_fields()
print(fields['backup-by']['/V'], fields['backup']['/V'])";
    let read = python(script, &[sheet.to_str().unwrap(), filled.to_str().unwrap()]);
    assert_eq!(read, "Zoë /Yes\n");
    assert!(said("pdftotext", &["-layout", filled.to_str().unwrap(), "-"]).contains("Zoë"));
}

#[test]
fn an_archived_sheet_holds_its_source() {
    let site = "title: Shop runbooks\narchive: true\n";
    let project = Project::small().file("content/site.yaml", site);
    assert_eq!(project.run(&["build"]).code, 0);
    let sheet = project.path().join("output/runbooks/shop.pdf");
    let source = fs::read_to_string(project.path().join("content/runbooks/shop.yaml")).unwrap();
    let detached = project.path().join("detached.yaml");
    let (sheet, file) = (sheet.to_str().unwrap(), detached.to_str().unwrap());
    said("pdfdetach", &["-save", "1", "-o", file, sheet]);
    assert_eq!(fs::read_to_string(file).unwrap(), source);
    said("qpdf", &["--check", sheet]);
    assert_eq!(faults(&fs::read(sheet).unwrap()), Vec::<String>::new());
}

pub(crate) fn git(project: &Project, arguments: &[&str]) {
    let set = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"];
    let path = project.path().to_str().unwrap();
    said("git", &[&["-C", path], set.as_slice(), arguments].concat());
}

#[test]
fn a_sheet_is_current_stale_or_unknown() {
    let project = Project::small();
    git(&project, &["init", "-q"]);
    git(&project, &["add", "content"]);
    git(&project, &["commit", "-q", "-m", "One"]);
    assert_eq!(project.run(&["build"]).code, 0);
    let sheet = project.path().join("output/runbooks/shop.pdf");
    let copy = project.path().join("printed.pdf");
    fs::copy(&sheet, &copy).unwrap();
    let copy = copy.to_str().unwrap();
    let ran = project.run(&["verify", copy]);
    assert_eq!((ran.code, ran.out.starts_with("CURRENT: shop (")), (0, true), "{ran:?}");
    let code = ran.out.trim_end().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(project.run(&["verify", &code]), ran);
    assert_eq!(project.run(&["verify", &code.replace('-', "")[..8].to_uppercase()]), ran);

    let runbook = fs::read_to_string(project.path().join("content/runbooks/shop.yaml")).unwrap();
    let changed = runbook.replace("title: Certificate\n", "title: Certificate of the shop\n");
    assert_ne!(changed, runbook);
    project.put("content/runbooks/shop.yaml", changed.as_bytes());
    for what in [copy, code.as_str()] {
        let ran = project.run(&["verify", what]);
        assert_eq!(ran.code, 1);
        let lines: Vec<&str> = ran.out.lines().collect();
        assert_eq!(lines[0], "STALE: do not use this sheet");
        assert!(lines[1].contains(&code) && lines[1].contains("commit"), "{}", lines[1]);
        assert_eq!(lines[3], "1 change since:");
        assert_eq!(
            lines[4],
            "  changed: check `certificate`, title: `Certificate` → `Certificate of the shop`"
        );
    }
    let ran = project.run(&["verify", "0000-0000-0000-0000", "--output-format", "json"]);
    assert_eq!(ran.code, 1);
    let help = "no document of this project has or had it; the sheet may be of another project";
    let known = format!(
        "{{\n  \"version\": 1,\n  \"code\": \"0000000000000000\",\n  \"status\": \"unknown\",\n  \"help\": \"{help}\"\n}}\n"
    );
    assert_eq!(ran.out, known);
    let ran = project.run(&["verify", "hello"]);
    assert_eq!(ran.code, 2);
}

/// The small site and a runbook that holds whatever breaks a layout.
fn hard() -> Project {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hard.yaml");
    Project::small().bytes("content/runbooks/hard.yaml", &fs::read(fixture).unwrap())
}

/// A word on a page: left, top, right, bottom, text.
type Word = ([f32; 4], String);

fn words(sheet: &str) -> Vec<([f32; 2], Vec<Word>)> {
    let text = said("pdftotext", &["-bbox", sheet, "-"]);
    let number = |line: &str, key: &str| -> f32 {
        let rest = line.split(&format!("{key}=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let mut pages: Vec<([f32; 2], Vec<Word>)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(([number(line, "width"), number(line, "height")], Vec::new()));
        } else if line.starts_with("<word ") {
            let area = ["xMin", "yMin", "xMax", "yMax"].map(|key| number(line, key));
            let text = line.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned();
            pages.last_mut().unwrap().1.push((area, text));
        }
    }
    pages
}

/// How much of the smaller of two words the other covers.
fn covered(a: &[f32; 4], b: &[f32; 4]) -> f32 {
    let w = (a[2].min(b[2]) - a[0].max(b[0])).max(0.0);
    let h = (a[3].min(b[3]) - a[1].max(b[1])).max(0.0);
    let size = |it: &[f32; 4]| (it[2] - it[0]) * (it[3] - it[1]);
    w * h / size(a).min(size(b)).max(0.01)
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_page() {
    for paper in ["a4", "letter"] {
        let project = hard();
        let ran = project.run(&["build", "--paper", paper]);
        assert_eq!(ran.code, 0, "{ran:?}");
        for sheet in sheets(&project) {
            assert_eq!(faults(&fs::read(&sheet).unwrap()), Vec::<String>::new(), "{paper} {sheet}");
            for (at, ([width, height], words)) in words(&sheet).into_iter().enumerate() {
                let place = format!("{paper} {sheet} page {}", at + 1);
                for (index, (area, text)) in words.iter().enumerate() {
                    let inside = area[0] > 56.0 && area[2] < width - 33.0;
                    assert!(inside && area[1] > 30.0 && area[3] < height - 28.0, "{place}: {text} {area:?}");
                    let other = words[..index].iter().find(|(other, _)| covered(other, area) > 0.35);
                    assert!(other.is_none(), "{place}: {text} {area:?} lies over {other:?}");
                }
            }
        }
    }
}

#[test]
fn all_of_a_hard_runbook_is_printed() {
    let project = hard();
    let ran = project.run(&["build"]);
    assert!(ran.out.contains("missing-glyph") && ran.out.contains("U+7530"), "{}", ran.out);
    let sheet = project.path().join("output/runbooks/hard.pdf");
    let text = said("pdftotext", &["-raw", sheet.to_str().unwrap(), "-"]);
    let ink = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '↳').collect::<String>();
    let text = ink(&text);
    let wanted = [
        "Проверить журнал",
        "田中さん",
        "Column 14",
        "value 14",
        "Nothing here",
        "Statement 39 of forty.",
        "Line 119 of a very long message",
        "2.1.1.1.24",
        "Bottom of it all, with some more words",
    ];
    for wanted in wanted {
        assert!(text.contains(&ink(wanted)), "{wanted}");
    }
    let segments = text.matches("segment/").count();
    assert!(segments >= 80, "{segments}");
}

/// The words of a table of labels.
fn label_words(language: &str) -> BTreeSet<String> {
    let path = format!("{}/themes/default/labels/{language}.yaml", env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(path).unwrap();
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| spoken(line.split_once(':').map_or("", |(_, words)| words))).collect()
}

fn spoken(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1);
    words.map(str::to_lowercase).collect()
}

#[test]
fn sheets_speak_the_language_of_the_site() {
    let roster = "people:\n  xana: { name: Xana, email: xana@xo.xy, phone: '+1 202 555 0101', chat: '@xana' }\n\
                  \x20 xbo: { name: Xbo, email: xbo@xo.xy, phone: '+1 202 555 0102' }\n\
                  roles:\n  xlead: { title: Xlead, holder: xana, backup: xbo }\n\
                  \x20 xdba: { title: Xdba, holder: xbo, backup: xana }\n";
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/wordless.yaml");
    let english = label_words("en");
    for language in ["de", "es"] {
        let site = format!("title: Xu\nzone: Europe/Madrid\nlanguage: {language}\n");
        let project = Project::empty().file("content/site.yaml", &site).file("content/roster.yaml", roster);
        let project = project.bytes("content/runbooks/wordless.yaml", &fs::read(&fixture).unwrap());
        assert_eq!(project.run(&["build"]).code, 0);
        let own = label_words(language);
        let sheets = sheets(&project);
        assert_eq!(sheets.len(), 5);
        for sheet in sheets {
            let text = said("pdftotext", &["-layout", &sheet, "-"]);
            let text = text.replace("content/runbooks", "");
            let left: Vec<String> = (spoken(&text).into_iter())
                .filter(|word| english.contains(word) && !own.contains(word))
                .collect();
            assert!(left.is_empty(), "{language} {sheet}: {left:?}");
        }
    }
}

#[test]
fn scripts_that_need_shaping_are_reported() {
    let runbook = "title: Arabic\nowner: lead\nsections:\n  - title: One\n    id: one\n    owner: lead\n    thresholds: ['checks = 100 %']\n\
                   \x20   checks: ['اختبار']\n";
    let project = Project::small().file("content/runbooks/arabic.yaml", runbook);
    let ran = project.run(&["build"]);
    assert!(ran.out.contains("needs-shaping") && ran.out.contains("is Arabic"), "{}", ran.out);
}

#[test]
fn a_font_of_the_site_prints_what_the_others_lack() {
    let font = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/fonts/NotoEmoji-Regular.ttf");
    let site = "title: Shop runbooks\nfonts: [fonts/Own.ttf, fonts/none.ttf]\n";
    let project = Project::small().file("content/site.yaml", site);
    let project = project.bytes("fonts/Own.ttf", &fs::read(font).unwrap());
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("unusable-font") && ran.out.contains("fonts/none.ttf"), "{}", ran.out);
    let checked = project.run(&["check"]);
    assert_eq!((checked.code, checked.out), (1, ran.out));
    let site = "title: Shop runbooks\nfonts: [fonts/Own.ttf]\n";
    let project = project.file("content/site.yaml", site);
    assert_eq!(project.run(&["build"]).code, 0);
}

/// What a page and a sheet say of the same trigger, step and bar is the same.
#[test]
fn a_sheet_says_what_the_page_says() {
    let project = Project::new()
        .file("content/roster.yaml", "people: { ana: { name: Ana, phone: '1' } }\n")
        .file(
            "content/runbooks/shop.yaml",
            "title: Shop\nowner: ana\nsections:\n  - title: Deploy\n    owner: ana\n    thresholds: checks = 100 %\n    \
             steps: [{ title: Migrate, on-failure: 'back.yaml#undo' }]\n    triggers:\n      - { condition: Data is \
             lost, action: [fix, rollback], authority: ana, to: back }\n",
        )
        .file(
            "content/runbooks/back.yaml",
            "title: Way back\nowner: ana\nsections:\n  - { title: Undo, owner: ana, phase: rollback, thresholds: \
             checks = 100 %, checks: [Undone] }\n",
        )
        .file("content/releases/v1.yaml", "runbook: shop\nversion: v1\n");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let output = project.path().join("output/releases");
    let page = fs::read_to_string(output.join("v1.html")).unwrap();
    let tags = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let page: Vec<&str> = tags.flat_map(str::split_whitespace).collect();
    let sheet = said("pdftotext", &[output.join("v1.pdf").to_str().unwrap(), "-"]);
    let sheet: Vec<&str> = sheet.split_whitespace().collect();
    let (page, sheet) = (page.join(" "), sheet.join(" "));
    for words in ["Fix in place or Roll back", "Way back: 1 Undo", "0/1"] {
        assert!(page.contains(words) && sheet.contains(words), "{words}\n{page}\n{sheet}");
    }
    assert!(page.contains("actual 0/1 so far"), "{page}");
}

/// What waits for the value of a parameter is a blank, wherever a time may stand.
#[test]
fn a_time_without_its_value_is_a_blank() {
    let runbook = "\
title: Times
status: draft
owner: lead
parameters: { begin: { example: '08:00' }, long: { example: 15m } }
sections:
  - title: One
    owner: lead
    at: '{{ begin }}'
    duration: '{{ long }}'
    thresholds: [checks = 100 %]
    steps: [{ title: Go, expect: Done, hold: '{{ long }}' }]
    triggers: [{ id: slow, when: error rate > 10 % for 5m, within: '{{ long }}', authority: lead, action: fix }]
    messages: [{ id: often, title: Often, every: '{{ long }}', until: '{{ begin }}', to: all, body: Soon }]
    gate: { title: Go or not, at: '{{ begin }}', decides: lead }
";
    let project = Project::small().file("content/runbooks/times.yaml", runbook);
    let output = project.path().join("output/runbooks");
    let sheet = || {
        assert_eq!(project.run(&["build"]).code, 0);
        let sheet = said("pdftotext", &["-raw", output.join("times.pdf").to_str().unwrap(), "-"]);
        sheet.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = sheet();
    let page = fs::read_to_string(output.join("times.html")).unwrap();
    let blanks =
        ["at ‹begin›", "takes ‹long›", "hold ‹long›", "within ‹long›", "every ‹long›", "until ‹begin›"];
    for blank in blanks {
        let on_paper = blank.replace("hold ", "hold: ");
        assert!(text.contains(&on_paper), "{blank}: {text}");
        let (key, value) = blank.split_once(' ').unwrap();
        let label = [format!("<dt>{key}</dt><dd>"), format!("<span class=\"label\">{key}</span> ")];
        let found = label.iter().any(|label| {
            page.match_indices(label.as_str())
                .any(|(at, _)| page[at..].chars().take(120).collect::<String>().contains(value))
        });
        assert!(found, "{blank}");
    }
    // The section and the gate begin then.
    assert_eq!((text.matches("at ‹begin›").count(), page.matches(">at<").count()), (2, 2));

    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}language: de\n").as_bytes());
    let text = sheet();
    for blank in [
        "Beginn ‹begin›",
        "dauert ‹long›",
        "beobachten: ‹long›",
        "binnen ‹long›",
        "alle ‹long›",
        "bis ‹begin›",
    ] {
        assert!(text.contains(blank), "{blank}: {text}");
    }
}

/// On paper stands whose word counts for a role, and what others said; nobody who may not sign ticks a box.
#[test]
fn a_sheet_shows_the_signature_that_counts() {
    let project = Project::small()
        .file("content/roster.yaml", "people: { ana: { name: Ana }, bo: { name: Bo }, cy: { name: Cy } }\nroles: { dba: { title: DBA, holder: bo, backup: ana }, lead: { title: Lead, holder: ana } }\n")
        .file("content/runbooks/pair.yaml", "title: Pair\nstatus: draft\nsections:\n  - title: Sign\n    owner: lead\n    approvals: [{ role: dba, choices: [fine, stop] }, { role: lead, choices: [fine, stop] }]\n")
        .file("content/releases/pair.yaml", "runbook: pair\nversion: \"1\"\n")
        .file("content/releases/pair.journal.yaml", "\
- { at: 2026-11-20T08:00:00Z, by: cy, sign: dba, choice: fine }
- { at: 2026-11-20T08:01:00Z, by: ana, sign: dba, choice: fine }
- { at: 2026-11-20T08:02:00Z, by: bo, sign: dba, choice: stop }
- { at: 2026-11-20T08:03:00Z, by: cy, sign: lead, choice: fine }
");
    assert_eq!(project.run(&["build"]).code, 0);
    let sheet = project.path().join("output/releases/pair.pdf");
    let sheet = sheet.to_str().unwrap();
    let text = said("pdftotext", &["-raw", sheet, "-"]).split_whitespace().collect::<Vec<_>>().join(" ");
    let dba = "DBA bo said stop as dba \
               Cy: fine, 2026-11-20 08:00, does not count: cy may not sign as dba \
               Ana: fine, 2026-11-20 08:01: not bound to any content (no seal)";
    let lead = "Cy: fine, 2026-11-20 08:03, does not count: cy may not sign as lead";
    assert!(text.contains(dba) && text.contains(lead), "{text}");
    // The line of the lead is there to be signed, that of the database administrator is not.
    let fields = said("qpdf", &["--json", "--json-key=acroform", sheet]);
    let has = |name: &str| fields.contains(&format!("\"{name}\""));
    assert!(has("sign-approval-2-lead-at") && !has("sign-approval-1-dba-at"), "{fields}");
}
