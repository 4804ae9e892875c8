//! A section that a runbook takes more than once: its ids, what leads to them, and a release of it.

use std::collections::BTreeSet;
use std::process::Command;

use crate::journal::{read, run};
use crate::project::{Project, Ran};

const TLS: &str = "\
title: TLS
status: draft
owner: qa
parameters: { host: { about: Host, example: shop.example.org } }
sections:
  - title: Certificates
    owner: qa
    thresholds: [checks = 100 %]
    about: See [the chain](#chain-complete), [this](#certificates), [a message](#renewed), [home](tls.yaml#certificates).
    checks:
      - { title: Chain complete, run: 'openssl s_client -connect {{ host }}:443', expect: 'Ends at a root, else [renew](#renew).', on-failure: renew }
      - { title: Valid for long, id: validity, thresholds: [days left >= 30 d], record: Serial number }
    steps: [{ title: Renew, run: './renew.sh {{ host }}', expect: It ends with `ok`. }]
    triggers: [{ when: days left < 5 d, action: investigate, within: 5m, authority: qa, to: '#renew' }]
    messages: [{ title: Renewed, at: T-30m, channel: mail, to: everybody, subject: Renewed, body: 'Renewed {{ host }}.' }]
    tables: [{ title: Hosts, columns: [Host], rows: [['{{ host }}']] }]
    links: [{ title: Chain, url: '#chain-complete' }]
    approvals: [{ role: lead, statement: Certificates are good. }]
    gate: { title: Certificates go, at: T-1h, requires: certificates, decides: qa }
    sections: [{ use: 'dns.yaml#records', id: dns }]
";

const DNS: &str = "\
title: DNS
status: draft
owner: qa
parameters: { host: { about: Host, example: shop.example.org } }
sections:
  - title: Records
    owner: qa
    thresholds: [checks = 100 %]
    checks: [{ title: 'Record of {{ host }}', id: record, run: 'dig {{ host }}', expect: 'All of [them](#records).' }]
";

const SHOP: &str = "\
title: Shop
status: draft
owner: qa
sections:
  - { use: 'common/tls.yaml#certificates', id: eu, title: Certificates in Europe, with: { host: eu.example.org } }
  - { use: 'common/tls.yaml#certificates', id: us, title: Certificates in America, with: { host: us.example.org } }
  - title: Switch
    owner: qa
    phase: during
    thresholds: [duration <= 1h]
    steps: [{ title: Switch, id: flip, run: ./switch.sh, expect: 'See [Europe](#eu-chain-complete).', on-failure: us-renew }]
";

fn shop() -> Project {
    Project::new()
        .file(
            "content/roster.yaml",
            "people: { qa: { name: Q, phone: '1' }, lead: { name: L, phone: '2' } }\n",
        )
        .file("content/runbooks/common/tls.yaml", TLS)
        .file("content/runbooks/common/dns.yaml", DNS)
        .file("content/runbooks/shop.yaml", SHOP)
        .file(
            "content/releases/v1.yaml",
            "runbook: shop\nversion: v1\nwindow: { start: 2026-12-01T09:00, end: 2026-12-01T10:00 }\n",
        )
        .file("content/releases/v1.journal.yaml", "")
}

/// What stands between `before` and the next character that ends an attribute.
fn attributes<'a>(page: &'a str, before: &str) -> Vec<&'a str> {
    let ends = |c: char| matches!(c, '"' | ' ' | '>');
    page.split(before).skip(1).map(|rest| rest.trim_start_matches('"').split(ends).next().unwrap()).collect()
}

/// The lines of a text that hold a word.
fn lines<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    text.lines().filter(|line| line.contains(word)).collect()
}

#[test]
fn every_take_has_ids_and_links_of_its_own() {
    let project = shop();
    assert_eq!(run(&project, &["check"]).out, "");
    assert_eq!(run(&project, &["build"]).code, 0);
    for path in ["output/releases/v1.html", "output/runbooks/shop.html"] {
        let page = read(&project, path);
        let ids = attributes(&page, " id=");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{path}");
        let names = [
            "",
            "-chain-complete",
            "-validity",
            "-renew",
            "-days-left",
            "-renewed",
            "-hosts",
            "-certificates-go",
            "-approval-1",
            "-dns",
            "-dns-record",
        ];
        for (take, name) in ["eu", "us"].into_iter().flat_map(|take| names.map(|name| (take, name))) {
            assert!(unique.contains(format!("{take}{name}").as_str()), "{path}: {take}{name}");
        }
        let to: BTreeSet<&str> =
            attributes(&page, "href=").into_iter().filter(|to| to.starts_with('#')).collect();
        let lost: Vec<&&str> = to.iter().filter(|to| !unique.contains(&to[1..])).collect();
        assert_eq!(lost, Vec::<&&str>::new(), "{path}");
    }
    let page = read(&project, "output/runbooks/shop.html");
    for take in ["eu", "us"] {
        let about = format!(
            "See <a href=\"#{take}-chain-complete\">the chain</a>, <a href=\"#{take}\">this</a>, <a \
             href=\"#{take}-renewed\">a message</a>, <a href=\"common/tls.html#certificates\">home</a>."
        );
        for part in [
            about,
            format!("Ends at a root, else <a href=\"#{take}-renew\">renew</a>."),
            format!("<a href=\"#{take}-chain-complete\">Chain</a>"),
            format!("All of <a href=\"#{take}-dns\">them</a>."),
        ] {
            assert!(page.contains(&part), "{part}");
        }
    }
    // What is written once mentions the step of its own take: there, and where it is said who does.
    for mention in
        ["#eu-chain-complete\">1.1 Chain complete</a>", "#us-chain-complete\">2.1 Chain complete</a>"]
    {
        assert_eq!(page.matches(mention).count(), 2, "{mention}");
    }
}

#[test]
fn a_release_of_it_is_worked_through() {
    let project = shop();
    let says = |arguments: &[&str]| run(&project, arguments);
    let err = "\
error: `chain-complete` names more than one item or section of `shop`
  = help: say `eu-chain-complete` or `us-chain-complete`
";
    let ran = says(&["record", "v1", "chain-complete", "done", "--by", "qa"]);
    assert_eq!(ran, Ran { code: 2, out: String::new(), err: err.to_owned() });
    for (by, what) in [
        ("qa", &["record", "v1", "eu-chain-complete", "done"][..]),
        ("qa", &["record", "v1", "eu-validity", "done", "--actual", "40 d"]),
        ("qa", &["record", "v1", "eu-validity", "--field", "Serial number", "--value", "7"]),
        ("qa", &["record", "v1", "eu-renew", "done"]),
        ("qa", &["record", "v1", "eu-dns-record", "done"]),
        ("qa", &["record", "v1", "us-validity", "done", "--actual", "4 d"]),
        ("qa", &["record", "v1", "us-days-left", "fired"]),
        ("qa", &["record", "v1", "us-renewed", "sent"]),
        ("lead", &["sign", "v1", "lead", "approve"]),
        ("qa", &["call", "v1", "eu-certificates-go", "go"]),
    ] {
        let ran = says(&[what, &["--by", by, "--at", "2026-11-17T09:00:00Z"]].concat());
        assert_eq!(ran.code, 0, "{what:?}: {}", ran.err);
    }
    let shown = says(&["release", "show", "v1"]).out;
    let gates: Vec<&str> = shown.lines().filter(|line| line.starts_with("gate ")).collect();
    let called = ["gate eu-certificates-go: GO, called go by qa", "gate us-certificates-go: NO-GO"];
    assert_eq!(gates, called, "{shown}");
    let record = says(&["markdown", "v1"]).out;
    assert_eq!(
        lines(&record, "<!-- item"),
        [
            "- [x] 1.1 Chain complete <!-- item eu-chain-complete -->",
            "- [x] 1.2 Valid for long <!-- item eu-validity -->",
            "- [x] 1.3 Renew <!-- item eu-renew -->",
            "- [x] 1.4.1 Record of eu.example.org <!-- item eu-dns-record -->",
            "- [ ] 2.1 Chain complete <!-- item us-chain-complete -->",
            "- [ ] 2.2 Valid for long: **failed** <!-- item us-validity -->",
            "- [ ] 2.3 Renew <!-- item us-renew -->",
            "- [ ] 2.4.1 Record of us.example.org <!-- item us-dns-record -->",
            "- [ ] 3.1 Switch <!-- item flip -->",
        ]
    );
    assert_eq!(lines(&run(&project, &["check"]).out, "unknown"), Vec::<&str>::new());
}

/// What has no number is called the same in each take: elsewhere it is told with the section.
#[test]
fn gates_messages_and_triggers_are_told_with_their_section() {
    let project = shop();
    assert_eq!(run(&project, &["build"]).code, 0);
    let calendar = read(&project, "output/releases/v1.ics");
    assert_eq!(
        lines(&calendar, "SUMMARY"),
        [
            "SUMMARY:Shop v1",
            "SUMMARY:Message: Renewed (1 Certificates in Europe) (v1)",
            "SUMMARY:Gate: Certificates go (1 Certificates in Europe) (v1)",
            "SUMMARY:Message: Renewed (2 Certificates in America) (v1)",
            "SUMMARY:Gate: Certificates go (2 Certificates in America) (v1)",
        ]
    );
    for (path, words) in [
        ("output/releases/v1.html", "Certificates go (2 Certificates in America)"),
        ("output/gates/releases/v1/us-certificates-go.html", "Certificates go (2 Certificates in America)"),
        ("output/owners/qa.html", "days left &lt; 5 d (2 Certificates in America)"),
        ("output/assets/search.js", "days left \\u003c 5 d (2 Certificates in America)"),
    ] {
        assert!(read(&project, path).contains(words), "{path}");
    }
}

/// On a card that is carried alone, two triggers of the same words would be one.
#[test]
fn a_card_says_which_section_a_trigger_is_of() {
    let project = shop();
    let tls = TLS.replace("action: investigate", "action: rollback");
    project.put("content/runbooks/common/tls.yaml", tls.as_bytes());
    assert_eq!(run(&project, &["build"]).code, 0);
    let card = project.path().join("output/releases/v1.rollback.pdf");
    let text = Command::new("pdftotext").arg("-layout").arg(&card).arg("-").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    for section in ["(1 Certificates in Europe)", "(2 Certificates in America)"] {
        assert_eq!(lines(&text, section).len(), 1, "{text}");
    }
}

#[test]
fn the_seal_holds_what_each_take_is_given() {
    let project = shop();
    let seal = || lines(&run(&project, &["markdown", "v1"]).out, "| Seal").concat();
    let first = seal();
    project.put("content/runbooks/shop.yaml", SHOP.replace("us.example.org", "us.example.com").as_bytes());
    let second = seal();
    project.put("content/runbooks/common/dns.yaml", DNS.replace("All of", "Each of").as_bytes());
    let third = seal();
    assert_eq!(BTreeSet::from([first, second, third]).len(), 3);
}

/// An id beside `use` of one that has none would give another to everything in it, and one that is written
/// where the section is would be there twice.
#[test]
fn ids_are_written_out_as_they_are_at_home() {
    let runbook = "\
title: Shop
owner: qa
sections:
  - title: Europe
    id: eu
    checks: [{ title: Look }]
  - title: America
    id: us
    use: '#eu'
    steps: [{ title: Renew }]
  - title: Web
    use: 'tls.yaml#certificates'
  - title: Mail
    id: mail
    use: 'tls.yaml#certificates'
";
    let project = Project::new().file("content/runbooks/shop.yaml", runbook).file(
        "content/runbooks/tls.yaml",
        "title: TLS\nsections: [{ title: Certificates, checks: [Look at them] }]\n",
    );
    run(&project, &["check", "--fix"]);
    let fixed = runbook
        .replace("title: Look ", "title: Look, id: look ")
        .replace("title: Renew ", "title: Renew, id: renew ");
    assert_eq!(read(&project, "content/runbooks/shop.yaml"), fixed);
    let of_tls =
        "title: TLS\nsections: [{ title: Certificates, id: certificates, checks: [Look at them] }]\n";
    assert_eq!(read(&project, "content/runbooks/tls.yaml"), of_tls);
}

/// An event of before there were two is told with the name that is meant now.
#[test]
fn an_old_name_leads_to_the_new_one() {
    let project = shop();
    let event = "- { at: 2026-11-17T09:00:00Z, by: qa, item: validity, is: done }\n";
    project.put("content/releases/v1.journal.yaml", event.as_bytes());
    let out = "\
error[unknown-item]: unknown item or section `validity`
 --> content/releases/v1.journal.yaml:1:45
  |
1 | - { at: 2026-11-17T09:00:00Z, by: qa, item: validity, is: done }
  |                                             ^^^^^^^^ did you mean `eu-validity` or `us-validity`?
  |
  = help: append an event with the right id; this one counts for nothing

";
    assert_eq!(run(&project, &["check"]).out, out);
}

/// Twice two, twice two, and so on: a runbook of a few lines would fill the memory.
#[test]
fn what_grows_beyond_any_use_is_told() {
    let mut runbook = "title: Shop\nsections:\n".to_owned();
    for level in 0..22 {
        let next = level + 1;
        runbook.push_str(&format!(
            "  - {{ title: S{level}, sections: [{{ use: '#s{next}', id: a }}, {{ use: '#s{next}', id: b }}] }}\n"
        ));
    }
    runbook.push_str("  - { title: S22, checks: [Leaf] }\n");
    let project = Project::new().file("content/runbooks/shop.yaml", &runbook);
    let out = run(&project, &["check"]).out;
    let message = "error[cyclic-reference]: the sections that are taken have more than 16 MiB together";
    assert!(out.contains(message), "{out}");
}
