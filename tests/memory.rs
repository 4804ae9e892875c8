//! What is loaded and checked again after edits, with what an earlier run left, is what a first run gives.

use std::fs;

use jiff::Timestamp;
use runsheet::diagnostic::Report;
use runsheet::pipeline::{self, Memory, Project as Loaded};

use crate::generator::AS_OF;
use crate::project::{Project, files};
use crate::random::{Dice, damage};

/// Runbooks that take sections from each other, name each other, and are named by releases and pages.
const FILES: [(&str, &str); 9] = [
    ("content/site.yaml", "title: Test\nzone: Europe/Berlin\n"),
    (
        "content/roster.yaml",
        "people:\n  bo: { name: Bo, phone: \"1\" }\n  al: { name: Al }\nroles:\n  dba: { title: Database, holder: bo, backup: al }\n  lead: Lead\n  spare: { title: Spare, holder: al }\n",
    ),
    (
        "content/runbooks/common/tls.yaml",
        "title: TLS\nowner: dba\nparameters:\n  host: { about: Host, default: a.example }\n  extra: { about: Extra, default: e }\nsections:\n  - { title: Certificate of {{ host }}, id: cert, owner: dba, checks: [ { title: Valid, thresholds: days > 5 } ] }\n  - { title: Deeper, id: deeper, use: ../other#rollback }\n",
    ),
    (
        "content/runbooks/shop.yaml",
        "title: Shop\nowner: lead\nreviewed: 2026-11-01\nparameters:\n  host: { about: Host }\n  version: { about: Version, example: v1 }\nsections:\n  - { use: common/tls#cert, with: { host: b.example }, owner: dba }\n  - { use: common/tls.yaml#deeper, title: Taken }\n  - title: Deploy {{ version }}\n    id: deploy\n    owner: lead\n    phase: during\n    steps:\n      - { title: Roll out, on-failure: other#rollback, run: kubectl apply -f x }\n      - { title: Look around, id: look, on-failure: taken } # allow: vague-criterion because it is a test\n",
    ),
    (
        "content/runbooks/other.yaml",
        "title: Other\nowner: lead\nsummary: See [the shop](shop.yaml#deploy) and [policy](../pages/policy.md#rules).\nsections:\n  - { title: Roll back, id: rollback, owner: lead, steps: [ { title: Undo, on-failure: again } ] }\n  - { title: Again, id: again, owner: nobody, use: common/none#x }\n  - { title: Words, id: words, owner: lead, checks: [ { title: Sufficient disk } ] }\n",
    ),
    (
        "content/runbooks/lone.yaml",
        "title: Lone\nowner: dba\nsections:\n  - { title: One, owner: dba, checks: [ { title: Ready, thresholds: n = 1 } ] }\n",
    ),
    (
        "content/releases/v1.yaml",
        "runbook: shop\nversion: v1\nwindow: { start: 2026-12-01T09:00, end: 2026-12-01T10:00 }\nroles: { lead: bo }\nparameters: { version: v1 }\n",
    ),
    (
        "content/releases/v1.journal.yaml",
        "- { at: 2026-11-20T10:00:00Z, by: bo, item: look, is: done }\n- { at: 2026-11-20T10:05:00Z, by: bo, item: deploy, is: waived }\n",
    ),
    ("content/pages/policy.md", "# Policy\n\n## Rules\n\nSee [shop](../runbooks/shop.yaml#look).\n"),
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
        2 => project.put(&path, text.replace(word(dice), word(dice)).as_bytes()),
        3 => project.put(&path, format!("# a comment\n{text}").as_bytes()),
        4 => project.put(&path, damage(&text, FILES[dice.below(FILES.len())].1, dice).as_bytes()),
        5 => project.put(&path, &[text.as_bytes(), b"\n\xff"].concat()),
        6 if path != "content/site.yaml" => fs::remove_file(root.join(&path)).unwrap(),
        7 => {
            let copy = ["content/runbooks/copy.yaml", "content/pages/copy.md"][dice.below(2)];
            project.put(copy, text.as_bytes());
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
    format!("{report:#?}\n{library:#?}\n{found:#?}\n{config:#?}\n{sources:#?}")
}

fn as_of(hours: usize) -> Timestamp {
    let hours = jiff::SignedDuration::from_hours(i64::try_from(hours).unwrap());
    Timestamp::from_second(AS_OF).unwrap() + hours
}

/// Edits a project so often, each time loaded and checked with what the time before left.
fn edited(seed: u64, edits: usize) {
    let project = FILES.iter().fold(Project::empty(), |project, (path, text)| project.file(path, text));
    let output = project.path().join("output");
    let (mut dice, mut memory, mut done) = (Dice(seed), Memory::default(), Vec::new());
    for number in 0..edits {
        let again = pipeline::load_again(project.path(), &output, &mut memory).unwrap();
        let report = pipeline::check_again(&again, as_of(number), &mut memory);
        let first = pipeline::load(project.path(), &output).unwrap();
        let fresh = pipeline::check(&first, as_of(number));
        let (again, first) = (told(&again, &report), told(&first, &fresh));
        let differs = again.lines().zip(first.lines()).find(|(again, first)| again != first);
        assert!(again == first, "seed {seed} after {done:?}: {differs:?}");
        done.push(edit(&project, &mut dice));
    }
}

#[test]
fn a_load_and_check_after_edits_is_as_good_as_a_first_one() {
    for seed in 0..12 {
        edited(seed, 40);
    }
}
