//! What is loaded, checked and shown again after edits, with what an earlier run left, is what a first run gives.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use runsheet::diagnostic::Report;
use runsheet::pipeline::{self, Edition, Job, Memory, Options, Project as Loaded};

use crate::generator::AS_OF;
use crate::project::{Project, files};
use crate::random::{Dice, damage};

/// Runbooks that take sections from each other, name each other, and are named by releases and pages.
const FILES: [(&str, &str); 9] = [
    ("content/site.yaml", "title: Test\nzone: Europe/Berlin\n"),
    (
        "content/roster.yaml",
        "people:
  bo: { name: Bo, phone: \"1\" }
  al: { name: Al }
roles:
  dba: { title: Database, holder: bo, backup: al }
  lead: Lead
  spare: { title: Spare, holder: al }
",
    ),
    (
        "content/runbooks/common/tls.yaml",
        "title: TLS
owner: dba
parameters:
  host: { about: Host, default: a.example }
  extra: { about: Extra, default: e }
sections:
  - { title: \"Certificate of {{ host }}\", id: cert, owner: dba, checks: [ { title: Valid, thresholds: days > 5 } ] }
  - { title: Deeper, id: deeper, use: ../other#rollback, with: { thing: \"{{ extra }}\" } }
",
    ),
    (
        "content/runbooks/shop.yaml",
        "title: Shop
owner: lead
parameters:
  host: { about: Host }
  extra: { about: Named by a section of the other runbook alone }
  version: { about: Version, example: v1 }
sections:
  - { use: common/tls#cert, with: { host: b.example }, owner: dba }
  - title: Deploy {{ version }}
    id: deploy
    owner: lead
    phase: during
    steps:
      - { title: Roll out, on-failure: other.yaml#rollback, run: kubectl apply -f x }
      - { title: Look around, id: look, on-failure: other.yaml#note }
      - title: Sufficient memory # allow: vague-criterion because it is a test
",
    ),
    (
        "content/runbooks/other.yaml",
        "title: Other
owner: lead
summary: See [the shop](shop.yaml#deploy) and [policy](../pages/policy.md#rules).
parameters:
  thing: { about: Thing, default: t }
sections:
  - { title: Roll back, id: rollback, owner: lead, steps: [ { title: \"Undo {{ thing }}\", on-failure: again } ] }
  - { title: Again, id: again, owner: nobody, use: common/none#x }
  - title: Words
    id: words
    owner: lead
    checks: [ { title: Sufficient disk } ]
    messages: [ { title: Note, id: note, body: Hello } ]
",
    ),
    (
        "content/runbooks/lone.yaml",
        "title: Lone
owner: dba
reviewed: 2031-01-01
summary: See [the drawing](../pages/plan.svg).
sections:
  - { title: One, owner: dba, use: words }
  - { title: Two, owner: dba, checks: [ { title: Ready, thresholds: n = 1 } ] }
",
    ),
    (
        "content/releases/v1.yaml",
        "runbook: shop
version: v1
window: { start: 2026-12-01T09:00, end: 2026-12-01T10:00 }
roles: { lead: bo }
parameters: { version: v1 }
",
    ),
    (
        "content/releases/v1.journal.yaml",
        "- { at: 2026-11-20T10:00:00Z, by: bo, item: look, is: done }
- { at: 2026-11-20T10:05:00Z, by: bo, item: deploy, is: waived }
",
    ),
    ("content/pages/policy.md", "# Policy\n\n## Rules\n\nSee [shop](../runbooks/shop.yaml#look).\n"),
];

/// Edits of one document that show in another one.
const FAR: [(&str, &str, &str); 16] = [
    // A section that the shop does not take, in the runbook it takes another one from.
    ("content/runbooks/other.yaml", "id: rollback", "id: roll-back"),
    ("content/runbooks/other.yaml", "title: Other", "# moved\ntitle: Other"),
    ("content/runbooks/other.yaml", "id: note", "id: notice"),
    ("content/runbooks/other.yaml", "title: Other", "title: [Other"),
    ("content/runbooks/other.yaml", "on-failure: again", "on-failure: shop.yaml#deploy"),
    ("content/runbooks/common/tls.yaml", "id: cert", "id: certificate"),
    ("content/runbooks/common/tls.yaml", "days > 5", "days > 6"),
    ("content/runbooks/shop.yaml", "title: Shop", "# moved\ntitle: Shop"),
    ("content/runbooks/shop.yaml", "id: look", "id: looking"),
    ("content/runbooks/lone.yaml", "title: Ready", "on-failure: nowhere, title: Ready"),
    ("content/runbooks/lone.yaml", "title: Two, owner: dba", "title: Two, owner: spare"),
    ("content/releases/v1.yaml", "roles: { lead: bo }\n", ""),
    ("content/roster.yaml", "phone: \"1\"", "hours: never"),
    ("content/roster.yaml", "roles:", "roles: []\nteams:"),
    ("content/pages/policy.md", "## Rules", "## Laws"),
    ("content/site.yaml", "zone:", "rules: { unknown-owner: warning, stale-review: off }\nzone:"),
];

/// Words that edits replace and put: ids, names, references and keys of the files above.
const WORDS: [&str; 30] = [
    "cert",
    "deeper",
    "deploy",
    "look",
    "rollback",
    "again",
    "words",
    "taken",
    "common/tls",
    "other",
    "shop",
    "dba",
    "lead",
    "bo",
    "al",
    "host",
    "version",
    "use:",
    "id:",
    "owner:",
    "title:",
    "Rules",
    "example",
    "Europe/Berlin",
    "allow:",
    "status: issued\ntitle:",
    "2026-11-01",
    "done",
    "unknown-owner",
    "holder:",
];

/// Files that edits add: some that names look for, some that take a name from another, one before all others.
const COPIES: [&str; 9] = [
    "content/runbooks/copy.yaml",
    "content/runbooks/common/none.yaml",
    "content/runbooks/common/other.yaml",
    "content/runbooks/common/tls.yml",
    "content/runbooks/other.yml",
    "content/releases/v2.yaml",
    "content/pages/copy.md",
    "content/pages/plan.svg",
    "content/a.txt",
];

/// Changes one file in a way that people do, or that breaks it.
fn edit(project: &Project, dice: &mut Dice) -> String {
    let root = project.path();
    let paths: Vec<String> = files(root).into_iter().filter(|path| path.starts_with("content/")).collect();
    let path = paths[dice.below(paths.len())].clone();
    let text = String::from_utf8_lossy(&fs::read(root.join(&path)).unwrap()).into_owned();
    let known = FILES.iter().find(|file| file.0 == path).map_or("", |file| file.1);
    let word = |dice: &mut Dice| WORDS[dice.below(WORDS.len())];
    let what = dice.below(12);
    match what {
        0 | 1 => {
            let (from, to) = (word(dice), word(dice));
            project.put(&path, text.replacen(from, to, 1).as_bytes());
        }
        2 => {
            let (from, to) = (word(dice), word(dice));
            project.put(&path, text.replace(from, to).as_bytes());
        }
        3 => project.put(&path, format!("# a comment\n{text}").as_bytes()),
        4 => project.put(&path, damage(&text, FILES[dice.below(FILES.len())].1, dice).as_bytes()),
        5 => project.put(&path, &[text.as_bytes(), b"\n\xff"].concat()),
        6 if path != "content/site.yaml" => fs::remove_file(root.join(&path)).unwrap(),
        7 => {
            project.put(COPIES[dice.below(COPIES.len())], text.as_bytes());
        }
        8 => {
            let levels = ["off", "warning", "error"][dice.below(3)];
            let site =
                format!("{}rules: {{ vague-criterion: {levels}, unused-role: {levels} }}\n", FILES[0].1);
            project.put("content/site.yaml", site.as_bytes());
        }
        9 => project.put(&path, text.as_bytes()),
        // Back to what it was, so that a project is not broken for ever.
        _ => {
            let (path, text) = match known {
                "" => FILES[dice.below(FILES.len())],
                _ => (path.as_str(), known),
            };
            project.put(path, text.as_bytes());
        }
    }
    format!("{what} {path}")
}

/// A run without memory, as one text.
fn told(loaded: &Loaded, report: &Report) -> String {
    let Loaded { sources, config, library, found } = loaded;
    let text = format!("{report:#?}\n{library:#?}\n{found:#?}\n{config:#?}\n{sources:#?}");
    // A file may have another number, which says nothing but its place among the others.
    let place = |number: &str| sources.iter().position(|(file, _)| number == file.0.to_string()).unwrap_or(0);
    let mut parts = text.split("FileId(\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |told, part| {
        let (number, rest) = part.split_once(',').unwrap();
        format!("{told}FileId({}{rest}", place(number.trim()))
    })
}

fn as_of(hours: usize) -> Timestamp {
    let hours = jiff::SignedDuration::from_hours(i64::try_from(hours).unwrap());
    Timestamp::from_second(AS_OF).unwrap() + hours
}

/// A project that is edited, with what the run before left.
struct Edited {
    project: Project,
    memory: Memory,
    runs: usize,
}

impl Edited {
    fn new() -> Self {
        let project = FILES.iter().fold(Project::empty(), |project, (path, text)| project.file(path, text));
        Self { project, memory: Memory::default(), runs: 0 }
    }

    /// Loads and checks with the memory and without; gives what both say.
    fn run(&mut self, after: &str) -> String {
        let (root, output) = (self.project.path(), self.project.path().join("output"));
        let now = as_of(self.runs);
        let again = pipeline::load_again(root, &output, &mut self.memory).unwrap();
        let report = pipeline::check_again(&again, now, &mut self.memory);
        let first = pipeline::load(root, &output).unwrap();
        let fresh = pipeline::check(&first, now);
        let (again_loaded, first_loaded) = (again, first);
        let (again, first) = (told(&again_loaded, &report), told(&first_loaded, &fresh));
        let differs = again.lines().zip(first.lines()).find(|(again, first)| again != first);
        assert!(again == first, "after {after}: {differs:?}");
        let (shown, fresh) =
            (pages(&again_loaded, root, Some(&mut self.memory)), pages(&first_loaded, root, None));
        let differs = shown.iter().zip(&fresh).find(|(again, first)| again != first);
        assert!(shown == fresh, "after {after}: {differs:#?}");
        self.runs += 1;
        first
    }
}

/// Every page, record and calendar, shaped after an earlier run or for the first time; or why there is
/// none.
fn pages(loaded: &Loaded, root: &Path, memory: Option<&mut Memory>) -> Vec<(String, String)> {
    let edition = match Edition::new(loaded.clone(), root, Options::default()) {
        Ok(edition) => edition,
        Err(error) => return vec![(String::new(), error.to_string())],
    };
    memory.into_iter().for_each(|memory| edition.shape(memory));
    let jobs = edition.jobs();
    let mut made = Vec::new();
    let mut make = |job: &Job<'_>| {
        let bytes = job.make().map(|made| made.bytes).unwrap_or_else(|error| error.to_string().into_bytes());
        made.push((job.path().to_owned(), String::from_utf8(bytes).unwrap()));
    };
    for which in jobs.documents() {
        jobs.of(&jobs.shape(which)).iter().for_each(&mut make);
    }
    jobs.general().iter().for_each(&mut make);
    made
}

#[test]
fn an_edit_shows_wherever_it_shows_in_a_first_run() {
    let mut edited = Edited::new();
    let before = edited.run("nothing");
    for (path, from, to) in FAR {
        let text = FILES.iter().find(|file| file.0 == path).unwrap().1;
        assert!(text.contains(from), "{path} has no `{from}`");
        edited.project.put(path, text.replace(from, to).as_bytes());
        assert_ne!(edited.run(&format!("`{to}` in {path}")), before);
        edited.project.put(path, text.as_bytes());
        edited.run(&format!("`{from}` again in {path}"));
    }
}

#[test]
fn files_that_come_and_go_show_wherever_they_show_in_a_first_run() {
    let mut edited = Edited::new();
    edited.run("nothing");
    let root = edited.project.path().to_path_buf();
    for path in COPIES {
        edited.project.put(path, FILES[3].1.as_bytes());
        edited.run(&format!("{path} came"));
        fs::remove_file(root.join(path)).unwrap();
        edited.run(&format!("{path} went"));
    }
    // A file that takes the name of the one that a section is taken from.
    let (path, text) = FILES[2];
    fs::rename(root.join(path), root.join("content/runbooks/common/tls.yml")).unwrap();
    edited.run("another ending");
    edited.project.put(path, text.replace("days > 5", "days > 6").as_bytes());
    edited.run("two files of a name");
    fs::remove_file(root.join("content/runbooks/common/tls.yml")).unwrap();
    edited.run("one file again");
    for (path, text) in FILES.into_iter().filter(|(path, _)| *path != "content/site.yaml") {
        let elsewhere = path.replace('/', "/b").replacen("/b", "/", 1);
        for (from, to) in [(path, elsewhere.as_str()), (elsewhere.as_str(), path)] {
            edited.project.put(to, text.as_bytes());
            fs::remove_file(root.join(from)).unwrap();
            edited.run(&format!("{from} became {to}"));
        }
    }
}

#[test]
fn random_edits_leave_what_a_first_run_gives() {
    for seed in 0..6 {
        let (mut dice, mut edited, mut done) = (Dice(seed), Edited::new(), Vec::new());
        for _ in 0..40 {
            edited.run(&format!("seed {seed} and {done:?}"));
            done.push(edit(&edited.project, &mut dice));
        }
    }
}

#[test]
fn a_change_that_keeps_size_and_time_is_seen() {
    let mut edited = Edited::new();
    let path = "content/runbooks/lone.yaml";
    let file = edited.project.path().join(path);
    let (text, time) = (fs::read_to_string(&file).unwrap(), fs::metadata(&file).unwrap().modified().unwrap());
    // Something newer than the file by more than a tick of the disk's clock: it counts as settled.
    std::thread::sleep(std::time::Duration::from_millis(100));
    edited.project.put(FILES[0].0, FILES[0].1.as_bytes());
    edited.run("nothing");
    edited.project.put(path, text.replace("title: Ready", "title: Rapid").as_bytes());
    fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), time);
    assert!(edited.run("an edit that hides").contains("Rapid"));
}

#[test]
fn every_file_of_a_build_is_found_by_its_path() {
    // Names that begin with one another, up to a point.
    let project = Project::small();
    for (path, other) in
        [("releases/v1.yaml", "releases/v1.4.yaml"), ("runbooks/shop.yaml", "runbooks/shop.next.yaml")]
    {
        let content = project.path().join("content");
        fs::copy(content.join(path), content.join(other)).unwrap();
    }
    let loaded = pipeline::load(project.path(), Path::new("output")).unwrap();
    let options = Options { sheets: true, single: true, ..Options::default() };
    let edition = Edition::new(loaded, project.path(), options).unwrap();
    let jobs = edition.jobs();
    let mut paths = Vec::new();
    let mut look = |job: &Job<'_>| {
        let found = jobs.find(job.path(), |found| found.make().unwrap().bytes);
        assert!(found == Some(job.make().unwrap().bytes), "{}", job.path());
        paths.push(job.path().to_owned());
    };
    for which in jobs.documents() {
        let printed = jobs.shape(which);
        jobs.of(&printed).iter().chain(&jobs.sheets(&printed)).for_each(&mut look);
    }
    jobs.general().iter().for_each(&mut look);
    for path in ["releases/v1.4.html", "releases/v1.4.pdf", "single/v1.4.html", "runbooks/shop.next.html"] {
        assert!(paths.iter().any(|known| known == path), "{path} of {paths:?}");
    }
    assert!(jobs.find("releases/v1.5.html", |job| job.path().to_owned()).is_none());
}
