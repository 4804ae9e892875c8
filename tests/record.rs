//! The Markdown record: its whole text, what a host makes of hostile content, and what is left out
//! where a host takes little.

use std::fs;
use std::sync::Arc;

use runsheet::config;
use runsheet::model;
use runsheet::record::{self, Host, Links, Options};
use runsheet::source::{Kind, Source, Sources};
use runsheet::view::{self, Document, DocumentRef};

use crate::project::{Project, golden};

const ROSTER: &str = "\
people:
  ana: { name: Ana Ruiz, email: ana@example.org }
  bo: { name: Bo Lind, email: bo@example.org }
roles:
  lead: { title: Deployment lead, holder: ana }
  dba: { title: Database administrator, holder: bo }
";

fn release(runbook: &str, plan: &str, journal: &str) -> Document {
    let file = |path: &str, kind, text: &str| Source::new(path, kind, text.to_owned());
    let sources = Sources::new(vec![
        file("content/site.yaml", Kind::Site, "title: Example\n"),
        file("content/roster.yaml", Kind::Roster, ROSTER),
        file("content/runbooks/orders-api.yaml", Kind::Runbook, runbook),
        file("content/releases/v1.4.0.yaml", Kind::Release, plan),
        file("content/releases/v1.4.0.journal.yaml", Kind::Journal, journal),
    ]);
    let (config, _) = config::load(&sources);
    let (library, found) = model::load(&sources, "UTC");
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, Vec::<&str>::new());
    view::shape(&library, &sources, &config, None).document(DocumentRef::Release(0))
}

fn read(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/record").join(name);
    std::fs::read_to_string(path).expect("a file of tests/record")
}

fn orders() -> Document {
    release(&read("runbook.yaml"), &read("plan.yaml"), &read("journal.yaml"))
}

fn hostile() -> Document {
    release(&read("hostile.yaml"), &read("hostile-plan.yaml"), &read("hostile-journal.yaml"))
}

/// As many items as it takes to be too long.
fn long(items: usize) -> Document {
    let mut runbook =
        "title: Orders API\nsections:\n  - title: Readiness\n    owner: lead\n    checks:\n".to_owned();
    let mut journal = String::new();
    if items == 0 {
        runbook.push_str("      - Nothing else\n");
    }
    for n in 0..items {
        runbook.push_str(&format!("      - Check number {n} of a long list of things to look at\n"));
        let id = format!("check-number-{n}-of-a-long-list-of-things-to-look-at");
        if n % 3 > 0 {
            let line =
                format!("- {{ at: 2026-12-01T08:00:00Z, by: ana, item: {id}, is: done, note: seen }}\n");
            journal.push_str(&line);
        }
    }
    release(&runbook, "runbook: orders-api\nversion: v1.4.0\n", &journal)
}

#[test]
fn a_record_beside_its_page() {
    let options = Options { links: Links::Beside, ..Options::default() };
    golden("record/file.md", &record::render(&orders(), &options));
}

#[test]
fn a_record_in_a_pull_request() {
    let options = Options {
        host: Host::GitHub,
        links: Links::Site("https://example.org/runsheet/".to_owned()),
        provenance: vec![("Commit".to_owned(), "0f3c2a1".to_owned())],
        changes: vec!["`API p95` loosened from < 400 ms to < 500 ms".to_owned()],
        ..Options::default()
    };
    golden("record/github.md", &record::render(&orders(), &options));
}

#[test]
fn hostile_content_stays_text() {
    let text = record::render(&hostile(), &Options::default());
    golden("record/hostile.md", &text);
    let options = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_TASKLISTS
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    let mut shown = String::new();
    for event in pulldown_cmark::Parser::new_ext(&text, options) {
        match event {
            pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
                let own = ["<!--", "<details>", "</details>"];
                assert!(own.iter().any(|own| html.trim_start().starts_with(own)), "{html}");
                assert!(!html.contains("<script"), "{html}");
            }
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://"), "{dest_url}");
            }
            pulldown_cmark::Event::Text(text) => shown.push_str(&text),
            _ => {}
        }
    }
    for words in ["<script>alert(1)</script>", "@everyone", "#123", "a | b", "`rm -rf /`", "**not bold**"] {
        assert!(shown.contains(words), "{words} is shown as it was written");
    }
    let end = record::end("v1.4.0");
    assert_eq!(text.matches(&end).count(), 1, "nobody else ends the record");
}

#[test]
fn a_host_that_takes_little_gets_less() {
    let options = Options { host: Host::Azure, ..Options::default() };
    golden("record/azure.md", &record::render(&orders(), &options));
    for items in [0, 1, 30, 300, 3_000] {
        for host in [Host::GitHub, Host::GitLab, Host::Azure] {
            let text = record::render(&long(items), &Options { host, ..Options::default() });
            assert!(text.len() <= host.limit(), "{items} items are {} bytes on {}", text.len(), host.name());
            assert!(text.ends_with(&format!("{}\n", record::end("v1.4.0"))));
        }
    }
    golden("record/azure-long.md", &record::render(&long(300), &options));
}

#[test]
fn a_record_takes_the_place_of_an_earlier_one() {
    let first = record::render(&orders(), &Options::default());
    let place = |text: &str, record: &str| record::place(text, "v1.4.0", record).unwrap();
    let body = place("Please review.\n", &first);
    assert_eq!(body, format!("Please review.\n\n{first}"));
    let more = format!("{body}\nThanks.\n");
    let second = record::render(&hostile(), &Options::default());
    let replaced = place(&more, &second);
    assert_eq!(replaced, format!("Please review.\n\n{second}\nThanks.\n"));
    assert_eq!(place(&replaced, &second), replaced, "twice is once");
    assert_eq!(place("", &first), first);
}

#[test]
fn a_text_without_one_whole_record_is_left_alone() {
    let project = crate::project::Project::small();
    let path = project.path().join("body.md");
    let into = || project.run(&["markdown", "v1", "--into", path.to_str().unwrap()]);
    let (begin, end) = ("<!-- runsheet:begin v1 0000 -->\n", "<!-- runsheet:end v1 -->\n");
    for (text, marks) in [
        (format!("a\n{begin}old\nmine\n"), "line 2 begins one"),
        (format!("a\n{end}mine\n"), "line 2 ends one"),
        (format!("{end}mine\n{begin}"), "line 1 ends one, line 3 begins one"),
        (
            format!("{begin}old\n{end}mine\n{begin}old\n{end}"),
            "line 1 begins one, line 3 ends one, line 5 begins one, line 7 ends one",
        ),
        (format!("{begin}{begin}{end}"), "line 1 begins one, line 2 begins one, line 3 ends one"),
    ] {
        fs::write(&path, &text).unwrap();
        let ran = into();
        let err = format!(
            "error: `ROOT/body.md` does not hold one whole record of `v1`: {marks}\n  = help: leave one line that begins it and one below that ends it, or neither\n"
        );
        assert_eq!((ran.code, ran.out.as_str(), ran.err), (2, "", err));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    fs::write(&path, "Please review.\r\n").unwrap();
    assert_eq!(into().err, "the record of v1 is written to ROOT/body.md\n");
    let placed = fs::read_to_string(&path).unwrap();
    assert_eq!(placed.matches('\n').count(), placed.matches("\r\n").count());
    assert_eq!(into().err, "the record of v1 stands in ROOT/body.md\n");
}

#[test]
fn a_runbook_has_no_record() {
    let mut document = orders();
    Arc::make_mut(&mut document.head).release = None;
    assert_eq!(record::render(&document, &Options::default()), "");
}

#[test]
fn a_record_has_the_values_of_its_release_in_links_and_reasons() {
    let runbook = "\
title: Shop
parameters:
  host: { about: Host of the dashboard, example: grafana.example.org }
  team: { about: Whose dashboard }
sections:
  - title: Look at {{ host }}
    id: look
    owner: dba
    thresholds: [checks = 100 %]
    checks:
      - { title: \"Open [board](https://{{ host }}/{{ team }})\", id: board, on-failure: call }
      - { title: \"Call {{ host }}\", id: call, expect: \"[Docs](https://{{ host }}/a?b=1)\" }
";
    let plan = "runbook: shop\nversion: v1\nparameters: { host: \"db.example.org:3000\", team: a (b) }\n";
    let project = Project::new()
        .file("content/roster.yaml", ROSTER)
        .file("content/runbooks/shop.yaml", runbook)
        .file("content/releases/v1.yaml", plan)
        .file(
            "content/releases/v1.journal.yaml",
            "- { at: 2026-12-01T08:00:00Z, by: bo, item: call, is: failed, why: Nobody answers }\n",
        );
    let ran = project.run_with(&["markdown", "v1"], &[("SOURCE_DATE_EPOCH", "1796112000")]);
    golden("record/values.md", &ran.out);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

/// One of two is another thing than both of them.
#[test]
fn an_approval_is_named_by_how_many_sign_it() {
    let runbook = "\
title: Orders API
sections:
  - title: Readiness
    owner: lead
    approvals: [lead, { any-of: [lead, dba] }, { all-of: [lead, dba] }, { n: 2, of: [lead, dba, qa] }]
";
    let document = release(runbook, "runbook: orders-api\nversion: v1.4.0\n", "");
    let text = record::render(&document, &Options::default());
    let reasons: Vec<&str> = text.lines().filter(|line| line.contains("approval of")).collect();
    assert_eq!(
        reasons,
        [
            "- 1 Readiness, approval of Deployment lead: not signed by `lead`",
            "- 1 Readiness, approval of Deployment lead or Database administrator: not signed by any of `lead`, `dba`",
            "- 1 Readiness, approval of all of Deployment lead, Database administrator: not signed by all of `lead`, \
             `dba`, 0 so far",
            "- 1 Readiness, approval of 2 of Deployment lead, Database administrator, qa: not signed by 2 of `lead`, \
             `dba`, `qa`, 0 so far",
        ]
    );
}

/// The example of a parameter is not its value: what has none stays a blank.
#[test]
fn a_bar_without_its_value_is_printed_as_a_blank() {
    let runbook = "\
title: Orders API
parameters: { days: { example: 30 } }
sections:
  - title: Readiness
    owner: lead
    thresholds: ['certificate validity > {{ days }} d']
    checks: [{ title: Replicas, thresholds: { metric: 'replicas {{ days }}', pass: '>= {{ days }}', abort: < 2 for 5m } }]
";
    let document = release(runbook, "runbook: orders-api\nversion: v1.4.0\n", "");
    let text = record::render(&document, &Options::default());
    let bars: Vec<&str> = text.lines().filter(|line| line.contains('‹')).collect();
    assert_eq!(
        bars,
        [
            "- 1 Readiness: no value is recorded for certificate validity &gt; ‹days› d",
            "- certificate validity `> ‹days› d`",
            "  - replicas ‹days› `pass >= ‹days›, abort < 2 for 5m`",
        ]
    );
}

/// Values are made of each other.
#[test]
fn values_name_other_values() {
    let runbook = "\
title: Orders API
product: Orders
parameters:
  url: { default: 'https://{{ host }}/' }
  host: { default: '{{ version }}.example.org' }
  version: { about: Release tag }
sections:
  - { title: Readiness, owner: lead, checks: ['Open {{ url }}', '{{ product }} at {{ host }}'] }
";
    let plan = "runbook: orders-api\nversion: v1.4.0\nparameters: { version: v1 }\n";
    let text = record::render(&release(runbook, plan, ""), &Options::default());
    let items: Vec<&str> = text.lines().filter(|line| line.starts_with("- [ ]")).collect();
    assert_eq!(
        items,
        [
            "- [ ] 1.1 Open https://v1.example.org/ <!-- item open-url -->",
            "- [ ] 1.2 Orders at v1.example.org <!-- item product-at-host -->",
        ]
    );
}

/// A time that waits for its value is no mistake, and is not lost.
#[test]
fn a_time_may_be_a_parameter() {
    let runbook = "\
title: Orders API
parameters: { soak: { example: 30m }, start: { about: When } }
duration: '{{ soak }}'
sections:
  - title: Ramp
    owner: lead
    phase: during
    at: 'T+{{ soak }}'
    steps: [{ title: Watch, hold: '{{ soak }}', at: '{{ start }}' }]
";
    let plan = "runbook: orders-api\nversion: v1.4.0\n";
    let document = release(runbook, plan, "");
    let facts = |document: &Document| -> Vec<String> {
        let mut items = document.sections[0].blocks.iter().filter_map(|block| match block {
            view::Block::Steps(items) => Some(items),
            _ => None,
        });
        let item = &items.next().unwrap()[0];
        item.facts.iter().map(|(label, value)| format!("{label}: {}", view::plain(value))).collect()
    };
    assert_eq!(facts(&document), ["at: ‹start›", "hold: ‹soak›"]);
    let plan = format!("{plan}parameters: {{ soak: 45m, start: T+1h }}\n");
    assert_eq!(facts(&release(runbook, &plan, "")), [""; 0]);
}
