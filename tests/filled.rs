//! Sheets that were filled in and saved by other programs.

use lopdf::{Dictionary, Document, Object, Stream};

use crate::import::{import, imports, ran, read, run, seal};
use crate::project::Project;

/// The sheet of v1 as it is printed.
fn printed(project: &Project) -> Document {
    assert_eq!(run(project, &["build"]).code, 0);
    Document::load(project.path().join("output/releases/v1.pdf")).unwrap()
}

/// The field of a name.
fn field<'a>(sheet: &'a mut Document, name: &str) -> &'a mut Dictionary {
    let mut fields = sheet.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    let named =
        |field: &&mut Dictionary| field.get(b"T").and_then(Object::as_str).ok() == Some(name.as_bytes());
    fields.find(named).unwrap()
}

fn bytes(mut sheet: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    sheet.save_to(&mut bytes).unwrap();
    bytes
}

/// The sheet of v1, with values in its fields.
fn fill(project: &Project, values: &[(&str, &str)]) -> Document {
    let mut sheet = printed(project);
    for (name, value) in values {
        let field = field(&mut sheet, name);
        let value = match field.get(b"FT").unwrap().as_name().unwrap() {
            b"Btn" => Object::Name(value.as_bytes().to_vec()),
            _ => Object::string_literal(*value),
        };
        field.set("V", value);
    }
    sheet
}

#[test]
fn a_filled_sheet() {
    let project = Project::small();
    let sheet = fill(
        &project,
        &[
            ("migrate", "Yes"),
            ("migrate-by", "Bo <Lind>"),
            ("migrate-time", "9:40"),
            ("watch-actual", "480 ms"),
            ("watch-time", "10:55"),
            ("unicode", "Yes"),
            ("start", "Yes"),
            ("start-by", "bo@example.org"),
            ("start-time", "13:30"),
            ("error-rate", "Yes"),
            ("error-rate-time", "2026-11-18 09:50"),
            ("go-no-go-decision-go", "Yes"),
            ("go-no-go-decision-by", "ana"),
            ("go-no-go-decision-at", "25:00"),
            ("restore-time", "9:50"),
            ("deployment-complete-by", "ana"),
        ],
    );
    project.put("sheet.pdf", &bytes(sheet));
    let out = "\
- { at: 2026-11-18T11:06:40Z, by: ana, item: unicode, is: done }
refused field go-no-go-decision: `25:00` is not a time
- { at: 2026-11-18T08:40:00Z, by: bo, item: migrate, is: done }
- { at: 2026-11-18T09:55:00Z, by: ana, item: watch, metric: p95, actual: 480 ms }
- { at: 2026-11-18T08:50:00Z, by: ana, trigger: error-rate, is: fired }
- { at: 2026-11-17T12:30:00Z, by: bo, message: start, is: sent }
refused field deployment-complete-by: it is filled in, and a journal takes no such field from a sheet: record it by hand
refused field restore-time: it is filled in, and nothing beside it says what was done
";
    imports(&project, "sheet.pdf", &["--by", "ana"], (out, 3, 0));
}

#[test]
fn a_sheet_of_an_earlier_plan() {
    let project = Project::small();
    let sheet = fill(&project, &[("migrate", "Yes")]);
    let old = seal(&project);
    project.put("sheet.pdf", &bytes(sheet));
    let plan = read(&project, "content/releases/v1.yaml").replace("CHG-1", "CHG-2");
    project.put("content/releases/v1.yaml", plan.as_bytes());
    let now = seal(&project);
    let out = format!(
        "refused field migrate: the runbook or the plan has changed since: the seal was {old} and is {now}\n"
    );
    imports(&project, "sheet.pdf", &["--by", "ana"], (&out, 1, 0));
}

#[test]
fn texts_in_the_encodings_of_other_programs() {
    let project = Project::small();
    let mut sheet = fill(&project, &[("migrate", "Yes"), ("unicode", "Yes"), ("start", "Yes")]);
    let texts: [(&str, &[u8]); 4] = [
        // PDFDocEncoding, as Chromium saves what it can; UTF-16 either way, as others do; UTF-8 of PDF 2.0.
        ("migrate-by", b"Zo\xeb \x85 \xa0"),
        ("unicode-by", b"\xfe\xff\x01\x53"),
        ("start-by", b"\xff\xfe\x53\x01\0\0"),
        ("watch-actual", b"\xef\xbb\xbf480\xc2\xa0ms"),
    ];
    for (name, text) in texts {
        field(&mut sheet, name).set("V", Object::string_literal(text));
    }
    // Some programs write the state of a box as a text.
    field(&mut sheet, "error-rate").set("V", Object::string_literal("Off"));
    project.put("sheet.pdf", &bytes(sheet));
    let out = "\
- { at: 2026-11-18T11:06:40Z, by: œ, item: unicode, is: done }
- { at: 2026-11-18T11:06:40Z, by: \"Zoë – €\", item: migrate, is: done }
- { at: 2026-11-18T11:06:40Z, by: ana, item: watch, metric: p95, actual: \"480\u{a0}ms\" }
- { at: 2026-11-18T11:06:40Z, by: œ, message: start, is: sent }
";
    let ran = import(&project, "sheet.pdf", &["--by", "ana", "--dry-run"]);
    let strangers = "warning: `Zoë – €` is not in the roster\nwarning: `œ` is not in the roster\n";
    let err = format!("{strangers}would import 4 events, refused 0, 0 known before\n");
    assert_eq!((ran.code, ran.out.as_str(), ran.err), (0, out, err));
}

#[test]
fn a_sheet_on_which_nothing_is_filled_in() {
    let project = Project::small();
    project.put("sheet.pdf", &bytes(printed(&project)));
    let err =
        "warning: no field of `ROOT/sheet.pdf` is filled in\nimported 0 events, refused 0, 0 known before\n";
    assert_eq!(import(&project, "sheet.pdf", &["--by", "ana"]), ran(0, "", err));
}

#[test]
fn a_sheet_of_the_runbook_itself() {
    let project = Project::small();
    assert_eq!(run(&project, &["build"]).code, 0);
    let mut sheet = Document::load(project.path().join("output/runbooks/shop.pdf")).unwrap();
    field(&mut sheet, "migrate").set("V", Object::Name(b"Yes".to_vec()));
    project.put("sheet.pdf", &bytes(sheet));
    let out = "refused field migrate: it is of the runbook `shop` itself, not of the release `v1`\n";
    imports(&project, "sheet.pdf", &["--by", "ana"], (out, 1, 0));
}

/// Where the code of a sheet is written: its Info dictionary.
fn info(sheet: &mut Document) -> &mut Dictionary {
    let id = sheet.trailer.get(b"Info").unwrap().as_reference().unwrap();
    sheet.get_dictionary_mut(id).unwrap()
}

#[test]
fn a_code_that_other_programs_wrote_anew() {
    let project = Project::small();
    let sheet = fill(&project, &[("migrate", "Yes")]);
    let subject = format!("v1 \u{b7} {}", seal(&project));
    let latin: Vec<u8> = subject.chars().map(|c| c as u8).collect();
    let mut recoded = sheet.clone();
    info(&mut recoded).set("Subject", Object::string_literal(latin));
    let mut without = sheet;
    without.trailer.remove(b"Info");
    let mut pages = without.clone();
    pages.catalog_mut().unwrap().remove(b"Metadata");
    for sheet in [recoded, without, pages] {
        project.put("sheet.pdf", &bytes(sheet));
        let out = "- { at: 2026-11-18T11:06:40Z, by: ana, item: migrate, is: done }\n";
        let done = "would import 1 event, refused 0, 0 known before\n";
        assert_eq!(import(&project, "sheet.pdf", &["--by", "ana", "--dry-run"]), ran(0, out, done));
        let path = project.path().join("sheet.pdf");
        assert_eq!(run(&project, &["verify", path.to_str().unwrap()]).code, 0);
    }
}

#[test]
fn a_sheet_that_was_packed_anew() {
    let project = Project::small();
    project.put("sheet.pdf", &bytes(fill(&project, &[("migrate", "Yes")])));
    let (sheet, packed) = (project.path().join("sheet.pdf"), project.path().join("packed.pdf"));
    for way in [
        &["--object-streams=generate"][..],
        &["--object-streams=generate", "--linearize"],
        &["--encrypt", "", "owner", "256", "--"],
    ] {
        let mut qpdf = std::process::Command::new("qpdf");
        assert!(qpdf.arg(&sheet).args(way).arg(&packed).status().unwrap().success());
        let out = "- { at: 2026-11-18T11:06:40Z, by: ana, item: migrate, is: done }\n";
        let done = "would import 1 event, refused 0, 0 known before\n";
        assert_eq!(import(&project, "packed.pdf", &["--by", "ana", "--dry-run"]), ran(0, out, done));
    }
    // What would take much more memory than any sheet is not unpacked.
    project.put("bomb.pdf", &bomb());
    unreadable(&project, "bomb.pdf", "is not a PDF, or not the whole of one");
}

/// A sound file without a code, of a few kilobytes; its table of objects unpacks to many megabytes.
fn bomb() -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = vec![0; 6];
    for object in
        ["1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n", "2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n"]
    {
        table.push(1);
        table.extend(u32::try_from(out.len()).unwrap().to_be_bytes());
        table.push(0);
        out.extend(object.as_bytes());
    }
    table.resize(32 << 20, 0);
    let mut packed = Stream::new(Dictionary::new(), table);
    packed.compress().unwrap();
    let (at, length) = (out.len(), packed.content.len());
    let head = "/Type/XRef/Size 3/W[1 4 1]/Root 1 0 R/Filter/FlateDecode";
    out.extend(format!("3 0 obj <<{head}/Length {length}>> stream\n").as_bytes());
    out.extend(packed.content);
    out.extend(format!("\nendstream endobj\nstartxref\n{at}\n%%EOF").as_bytes());
    out
}

/// What both commands that read sheets say of one that they cannot use.
#[track_caller]
fn unreadable(project: &Project, file: &str, why: &str) {
    let err = format!("error: `ROOT/{file}` {why}\n");
    assert_eq!(import(project, file, &["--by", "ana"]), ran(2, "", &err));
    let path = project.path().join(file);
    assert_eq!(run(project, &["verify", path.to_str().unwrap()]), ran(2, "", &err));
}

#[test]
fn what_is_no_sheet_says_why() {
    let project = Project::small();
    let mut sheet = printed(&project);
    let whole = bytes(sheet.clone());
    let torn = "is not a PDF, or not the whole of one";
    for (file, bytes) in [("torn.pdf", &whole[..whole.len() / 2]), ("empty.pdf", b""), ("text.pdf", b"hi\n")]
    {
        project.put(file, bytes);
        unreadable(&project, file, torn);
    }
    let (open, locked) = (project.path().join("output/releases/v1.pdf"), project.path().join("locked.pdf"));
    let mut qpdf = std::process::Command::new("qpdf");
    qpdf.arg(&open).args(["--encrypt", "word", "owner", "256", "--"]).arg(&locked);
    assert!(qpdf.status().unwrap().success());
    unreadable(&project, "locked.pdf", "is locked with a password; save a copy without one");
    sheet.catalog_mut().unwrap().remove(b"AcroForm");
    project.put("flat.pdf", &bytes(sheet.clone()));
    let flat = "error: `ROOT/flat.pdf` has no fields to read\n  = help: save the filled sheet itself; one that is printed to a file loses its fields\n";
    assert_eq!(import(&project, "flat.pdf", &["--by", "ana"]), ran(2, "", flat));
    sheet.trailer.remove(b"Info");
    sheet.catalog_mut().unwrap().remove(b"Metadata");
    for page in sheet.page_iter().collect::<Vec<_>>() {
        sheet.get_dictionary_mut(page).unwrap().remove(b"Metadata");
    }
    project.put("other.pdf", &bytes(sheet));
    unreadable(&project, "other.pdf", "is not a sheet of this program: it has no code");
}
