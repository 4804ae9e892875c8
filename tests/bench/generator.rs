//! A project of any size, like the real ones: runbooks of about 50 items, ten tables and ten blocks of
//! code in 7 kB of YAML, a roster that grows with them, releases with journals, free pages.
//!
//! Takes how many runbooks, gives paths below the project and texts, always the same; `write` brings
//! them to disk. What it makes has no findings on the day `AS_OF`, so that a build is only a build.

use std::fmt::Write as _;
use std::path::Path;

/// The day on which the project is checked, as `SOURCE_DATE_EPOCH`.
pub(crate) const AS_OF: i64 = 1_795_262_400;
/// Runbooks that share a group of people; a company of ten groups has 250 runbooks.
const GROUP: usize = 25;
/// Every so many runbooks one has a release.
const RELEASE_EVERY: usize = 20;
/// Roles of every group; each is held by one of its people.
const ROLES: [(&str, &str); 6] = [
    ("lead", "Deployment lead"),
    ("dba", "Database administrator"),
    ("devops", "DevOps lead"),
    ("qa", "QA lead"),
    ("security", "Security lead"),
    ("product", "Product owner"),
];
const SERVICES: [&str; 16] = [
    "Orders API",
    "Payment gateway",
    "Search",
    "Catalogue",
    "Invoicing",
    "Login",
    "Notification hub",
    "Reporting",
    "Image resizer",
    "Mobile backend",
    "Price engine",
    "Stock ledger",
    "Partner portal",
    "Web shop",
    "Data lake",
    "Mail relay",
];
const FIRST: [&str; 10] = ["Ana", "Bo", "Chidi", "Dana", "Emre", "Farah", "Goran", "Hana", "Inês", "Jürgen"];
const LAST: [&str; 7] = ["Ruiz", "Lindqvist", "Okafor", "Whitfield", "Demir", "Petrović", "Sato"];

/// One section of every runbook.
struct Part {
    title: &'static str,
    id: &'static str,
    role: &'static str,
    phase: &'static str,
    steps: bool,
    code: &'static str,
    /// Title and bar; `#` in a bar becomes a number.
    items: [(&'static str, &'static str); 5],
    columns: [&'static str; 3],
}

#[rustfmt::skip]
const PARTS: [Part; 10] = [
    Part { title: "Environment", id: "environment", role: "devops", phase: "before", steps: false,
        code: "kubectl get nodes --no-headers | grep -v Ready && exit 1\nfor host in {1..3}; do ssh node-$host uptime; done",
        items: [("Nodes ready", "ready nodes >= #"), ("Free disk", "free disk > # GB"), ("Free memory", "free memory > # GB"),
            ("Clock offset", "clock offset < # ms"), ("Certificate", "certificate validity > # d")],
        columns: ["Host", "Zone", "Size"] },
    Part { title: "Security", id: "security", role: "security", phase: "before", steps: false,
        code: "trivy image --severity HIGH,CRITICAL registry.example.org/{{ service }}:{{ version }}",
        items: [("Critical findings", "open critical findings = 0"), ("Secrets in code", "hard-coded secrets = 0"),
            ("Rotated keys", "key age < # d"), ("Firewall rules", "open ports <= #"), ("Rejected requests", "rejected requests < # %")],
        columns: ["Scan", "Scope", "Result"] },
    Part { title: "Database", id: "database", role: "dba", phase: "before", steps: false,
        code: "psql -h db.example.org -c \"select now() - pg_last_xact_replay_timestamp() as lag\"",
        items: [("Replication lag", "replication lag < # ms"), ("Backup age", "backup age < # h"), ("Restore time", "restore time <= # min"),
            ("Slow queries", "slow queries < # /min"), ("Pool use", "pool use < # %")],
        columns: ["Instance", "Role", "Version"] },
    Part { title: "Tests", id: "tests", role: "qa", phase: "before", steps: false,
        code: "import json, sys\nreport = json.load(open(sys.argv[1]))\nsys.exit(report[\"failed\"] > 0)",
        items: [("Unit tests", "unit tests passing = 100 %"), ("Integration tests", "integration tests passing >= 98 %"),
            ("End-to-end tests", "end-to-end tests passing >= # %"), ("Load test", "p95 response time < # ms"), ("Coverage", "line coverage >= # %")],
        columns: ["Suite", "Cases", "Owner"] },
    Part { title: "Preparation", id: "preparation", role: "lead", phase: "during", steps: true,
        code: "git fetch --tags && git checkout {{ version }}\n./scripts/freeze.sh --until \"$(date -d '+3 hours' +%H:%M)\"",
        items: [("Freeze changes", "open merge requests = 0"), ("Back up production", "backups complete = 2/2"), ("Scale up", "replicas >= #"),
            ("Open the window", "window delay < # min"), ("Silence alerts", "silenced alerts <= #")],
        columns: ["When", "Who", "What"] },
    Part { title: "Deployment", id: "deployment", role: "devops", phase: "during", steps: true,
        code: "helm upgrade --install {{ service }} ./chart \\\n  --set image.tag={{ version }} --wait --timeout 10m",
        items: [("Migrate the schema", "migration errors = 0"), ("Roll out the release", "restarts <= #"), ("Shift the traffic", "error rate < # %"),
            ("Warm the cache", "hit rate > # %"), ("Compare versions", "instances on the old version = 0")],
        columns: ["Share", "Hold", "Stop at"] },
    Part { title: "Verification", id: "verification", role: "qa", phase: "during", steps: false,
        code: "curl -fsS https://{{ service }}.example.org/health | jq -e '.status == \"ok\"'",
        items: [("Health", "HTTP status = 200"), ("Error rate", "error rate < # % for 5m"), ("Latency", "p99 latency < # ms"),
            ("Queue", "queue length < #"), ("Logins", "login failures < # /min")],
        columns: ["Probe", "Target", "Interval"] },
    Part { title: "Rollback", id: "rollback", role: "devops", phase: "rollback", steps: true,
        code: "helm rollback {{ service }} 0 --wait\nkubectl rollout status deploy/{{ service }} --timeout=5m",
        items: [("Shift the traffic back", "error rate after the shift < # %"), ("Restore the database", "restore time after a failure <= # min"),
            ("Verify the old version", "failed probes = 0"), ("Purge the cache", "stale objects = 0"), ("Tell everybody", "time to notice <= # min")],
        columns: ["Trigger", "Severity", "Within"] },
    Part { title: "Monitoring", id: "monitoring", role: "devops", phase: "after", steps: false,
        code: "- alert: HighErrorRate\n  expr: rate(errors_total[5m]) > 0.01\n  for: 5m",
        items: [("Dashboards", "panels without data = 0"), ("Alerts", "firing alerts <= #"), ("Cost", "cost change < # %"),
            ("Saturation", "CPU use < # %"), ("Log volume", "log volume < # GB")],
        columns: ["Metric", "Limit", "Chart"] },
    Part { title: "Follow-up", id: "follow-up", role: "product", phase: "after", steps: false,
        code: "{ \"release\": \"{{ version }}\", \"status\": \"done\", \"notify\": [\"sales\", \"support\"] }",
        items: [("Tickets", "open tickets <= #"), ("Satisfaction", "satisfaction >= 4.0/5.0"), ("Documentation", "pages out of date = 0"),
            ("Review", "days to review <= #"), ("Debt", "open follow-ups <= #")],
        columns: ["Task", "Due", "Done by"] },
];

/// The files of a project of `runbooks` runbooks: paths below its root, and texts.
pub(crate) fn project(runbooks: usize) -> Vec<(String, String)> {
    let mut files = vec![
        ("content/site.yaml".to_owned(), "title: Benchmark\nzone: UTC\n".to_owned()),
        ("content/roster.yaml".to_owned(), roster(runbooks.div_ceil(GROUP).max(1))),
        ("content/pages/policy.md".to_owned(), page(runbooks)),
    ];
    for number in 0..runbooks {
        files.push((format!("content/runbooks/{}.yaml", id(number)), runbook(number, runbooks)));
        if number % RELEASE_EVERY == 0 {
            let name = format!("content/releases/{}-v2", id(number));
            files.push((format!("{name}.yaml"), release(number)));
            files.push((format!("{name}.journal.yaml"), journal(number)));
        }
    }
    files
}

/// Writes the files of a project below `root`.
pub(crate) fn write(root: &Path, runbooks: usize) -> std::io::Result<()> {
    for folder in ["runbooks", "releases", "pages"] {
        std::fs::create_dir_all(root.join("content").join(folder))?;
    }
    for (path, text) in project(runbooks) {
        std::fs::write(root.join(path), text)?;
    }
    Ok(())
}

/// The id of a runbook, which is the stem of its file.
pub(crate) fn id(number: usize) -> String {
    let service = SERVICES[number % SERVICES.len()].to_lowercase().replace(' ', "-");
    format!("{service}-{number:05}")
}

/// A number from 1 to 97 that looks like chance and never changes.
fn chance(runbook: usize, place: usize) -> u64 {
    let mut seed = (runbook as u64) << 20 ^ place as u64;
    seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (seed ^ (seed >> 31)) % 97 + 1
}

fn bar(bar: &str, runbook: usize, place: usize) -> String {
    bar.replace('#', &chance(runbook, place).to_string())
}

fn roster(groups: usize) -> String {
    let mut text = String::from("people:\n");
    for group in 0..groups {
        for (at, (role, _)) in ROLES.iter().enumerate() {
            let (first, last) = (FIRST[(group + at) % FIRST.len()], LAST[(group * 3 + at) % LAST.len()]);
            let number = group * ROLES.len() + at;
            let _ = writeln!(
                text,
                "  p-{role}-{group}: {{ name: {first} {last}, email: p{number}@example.org, phone: \"+1 202 555 {number:04}\" }}"
            );
        }
    }
    text.push_str("teams:\n");
    for group in 0..groups {
        let members: Vec<String> = ROLES.iter().map(|(role, _)| format!("p-{role}-{group}")).collect();
        let _ = writeln!(
            text,
            "  team-{group}: {{ title: Team {group}, members: [{}], chat: \"#team-{group}\" }}",
            members.join(", ")
        );
    }
    text.push_str("roles:\n");
    for group in 0..groups {
        for (at, (role, title)) in ROLES.iter().enumerate() {
            let backup = ROLES[(at + 1) % ROLES.len()].0;
            let _ = writeln!(
                text,
                "  {role}-{group}: {{ title: {title} {group}, holder: p-{role}-{group}, backup: p-{backup}-{group} }}"
            );
        }
    }
    text
}

fn page(runbooks: usize) -> String {
    let last = id(runbooks.saturating_sub(1));
    format!(
        "# Deployment policy\n\nNo release without a [runbook](../runbooks/{last}.yaml).\n\n## Windows\n\n| Day | Hours |\n| --- | --- |\n| Tuesday | 09:00 to 12:00 |\n"
    )
}

fn runbook(number: usize, runbooks: usize) -> String {
    let (group, service) = (number / GROUP, SERVICES[number % SERVICES.len()]);
    let mut text = format!(
        "title: {service} {number} deployment\nproduct: {service}\nenvironment: production\nrevision: \"1.{}\"\n\
         status: issued\nowner: lead-{group}\nclassification: internal\nduration: 2h..3h\nreviewed: 2026-11-10\n\
         summary: Deploys {service} {number}; a rollback stands ready, see [before](#database) and [after](#monitoring).\n\
         parameters:\n  version: {{ about: Release tag, example: v2.0.0 }}\n  service: {{ about: Name in the cluster, default: {} }}\n\
         severities:\n  critical: {{ means: \"The service is down, or data is at risk\", respond: 0m, action: rollback }}\nsections:\n",
        chance(number, 0) % 10,
        id(number),
    );
    for (at, part) in PARTS.iter().enumerate() {
        section(&mut text, part, number, at);
        match part.id {
            "tests" => text.push_str(&gate(group)),
            "verification" => text.push_str(&trigger(group)),
            "follow-up" => text.push_str(&message(group, id((number + 1) % runbooks))),
            _ => {}
        }
    }
    let _ = writeln!(
        text,
        "escalation: [ {{ role: devops-{group}, within: 15m }}, {{ role: lead-{group}, within: 5m }} ]"
    );
    let _ = writeln!(
        text,
        "history: [ {{ date: 2026-10-01, revision: \"1.0\", author: team-{group}, change: First issue }} ]"
    );
    text
}

fn section(text: &mut String, part: &Part, runbook: usize, at: usize) {
    let group = runbook / GROUP;
    let Part { title, role, phase, columns: [a, b, c], .. } = part;
    let _ = writeln!(text, "  - title: {title}\n    owner: {role}-{group}\n    phase: {phase}");
    if !part.steps {
        text.push_str("    thresholds: checks = 100 %\n");
    }
    let value = |place| chance(runbook, at * 40 + place);
    let _ = writeln!(
        text,
        "    tables: {{ title: {title} table, columns: [{a}, {b}, {c}], rows: [[{0}, {1}, {2}], [{3}, {4}, {5}]] }}",
        value(1),
        value(2),
        value(3),
        value(4),
        value(5),
        value(6),
    );
    let _ = writeln!(text, "    {}:", if part.steps { "steps" } else { "checks" });
    for (place, (title, limit)) in part.items.iter().enumerate() {
        let limit = bar(limit, runbook, at * 40 + 10 + place);
        match place {
            0 => code(text, part, title, &limit),
            1 => {
                let _ = writeln!(text, "      - title: {title}\n        thresholds: {limit}");
                text.push_str("        level: critical\n        evidence: screenshot\n");
            }
            3 => {
                let _ = writeln!(text, "      - title: {title}\n        thresholds: {limit}");
                text.push_str("        about: Compare with *yesterday*.\n");
            }
            _ => {
                let _ = writeln!(text, "      - {{ title: {title}, thresholds: {limit} }}");
            }
        }
    }
}

/// The item of a section that shows a command.
fn code(text: &mut String, part: &Part, title: &str, limit: &str) {
    let _ = writeln!(text, "      - title: {title}\n        thresholds: {limit}");
    if part.phase == "during" {
        text.push_str("        on-failure: rollback\n");
    }
    let shell = match part.id {
        "tests" => "python",
        "monitoring" => "yaml",
        "follow-up" => "json",
        _ => "bash",
    };
    let indent = if shell == "bash" { 10 } else { 12 };
    let _ = match shell {
        "bash" => writeln!(text, "        run: |"),
        _ => writeln!(text, "        run:\n          shell: {shell}\n          code: |"),
    };
    for line in part.code.lines() {
        let _ = writeln!(text, "{:indent$}{line}", "");
    }
}

fn gate(group: usize) -> String {
    format!(
        "    approvals:\n      - {{ role: qa-{group}, choices: [approve, block], statement: The tests have passed. }}\n\
         \x20     - {{ role: product-{group}, choices: [approve, block], statement: The window is agreed. }}\n\
         \x20   gate: {{ title: Go/no-go, id: go-no-go, at: T-1h, polls: [dba-{group}, qa-{group}], decides: lead-{group} }}\n"
    )
}

fn trigger(group: usize) -> String {
    format!(
        "    triggers:\n      - {{ when: failed payments > 10 % for 5m, id: payments-fail, severity: critical, action: rollback, \
         within: 5m, authority: lead-{group}, to: rollback }}\n"
    )
}

fn message(group: usize, next: String) -> String {
    format!(
        "    links: [ {{ title: Next, url: \"https://example.org/{next}\" }} ]\n    about: Then comes [the next one]({next}.yaml#environment).\n\
         \x20   messages:\n      - {{ title: Done, id: done, on: success, channel: email, to: [team-{group}], subject: \"{{{{ version }}}} is live\", body: All checks passed. }}\n"
    )
}

fn release(number: usize) -> String {
    let group = number / GROUP;
    let roles: Vec<String> =
        ROLES.iter().map(|(role, _)| format!("  {role}-{group}: p-{role}-{group}\n")).collect();
    format!(
        "runbook: {}\nversion: v2\nchange: CHG-{number}\nwindow: {{ start: 2026-12-01T09:00, end: 2026-12-01T12:00, zone: UTC }}\n\
         roles:\n{}parameters: {{ version: v2 }}\n",
        id(number),
        roles.concat(),
    )
}

/// Half of the checks before the window are recorded; some have values.
fn journal(number: usize) -> String {
    let group = number / GROUP;
    let mut text =
        format!("- {{ at: 2026-11-20T08:00:00Z, by: p-lead-{group}, event: Preparation begins }}\n");
    for (at, part) in PARTS.iter().enumerate().filter(|(_, part)| part.phase == "before") {
        for (place, (title, limit)) in part.items.iter().enumerate().take(3) {
            let slug = title.to_lowercase().replace(' ', "-");
            let (minute, role) = (at * 10 + place, part.role);
            let limit = bar(limit, number, at * 40 + 10 + place);
            let evidence = if place == 1 { ", evidence: \"https://example.org/e/1\"" } else { "" };
            let actual = met(&limit);
            let _ = writeln!(
                text,
                "- {{ at: 2026-11-20T08:{minute:02}:30Z, by: p-{role}-{group}, item: {slug}, is: done, actual: {actual}{evidence} }}"
            );
        }
    }
    text
}

/// A value that meets a bar such as `free disk > 20 GB`: `21 GB`.
fn met(bar: &str) -> String {
    let start = bar.find(['<', '>', '=']).unwrap_or_default();
    let (operator, value) = bar[start..].split_once(' ').unwrap_or_default();
    let (number, unit) = value.split_once(' ').unwrap_or((value, ""));
    let number: u64 = number.parse().unwrap_or_default();
    let number = match operator {
        "<" => number.saturating_sub(1),
        ">" => number + 1,
        _ => number,
    };
    format!("{number} {unit}").trim_end().to_owned()
}
