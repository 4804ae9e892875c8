//! Pages of what lasts for years: they show what is open and what is newest, and lead to the rest.

use std::fs;

use crate::check::ROSTER;
use crate::project::Project;

const RUNBOOK: &str = "\
title: Shop & co
owner: dba
sections:
  - title: Ready
    owner: dba
    thresholds: [checks = 100 %]
    checks: [{ title: Load, thresholds: [p95 < 500 ms] }]
";

/// A runbook with this many releases, one a day; the first `open` of them have not ended.
fn years(count: usize, open: usize) -> Project {
    let project =
        Project::new().file("content/roster.yaml", ROSTER).file("content/runbooks/shop.yaml", RUNBOOK);
    for at in 0..count {
        let (month, day) = (1 + at / 28, 1 + at % 28);
        let date = format!("2025-{month:02}-{day:02}");
        // The order of names is not the order of time.
        let name = format!("r{:03}", 999 - at);
        let plan = format!(
            "runbook: shop\nversion: {name}\nwindow: {{ start: {date}T09:00 }}\nroles: {{ dba: ana }}\n"
        );
        let mut journal = format!("- {{ at: {date}T08:00:00Z, by: ana, item: load, actual: 480 ms }}\n");
        if at >= open {
            journal.push_str(&format!("- {{ at: {date}T10:00:00Z, by: ana, outcome: success }}\n"));
        }
        project.put(&format!("content/releases/{name}.yaml"), plan.as_bytes());
        project.put(&format!("content/releases/{name}.journal.yaml"), journal.as_bytes());
    }
    assert_eq!(project.run(&["build", "--no-pdf"]).code, 0);
    project
}

fn page(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path().join("output").join(path)).unwrap()
}

/// The releases that the table of a class names, in its order.
fn listed(page: &str, table: &str) -> Vec<String> {
    let (_, rest) = page.split_once(&format!("<table class=\"{table}\">")).unwrap();
    let (rows, _) = rest.split_once("</table>").unwrap();
    let names = rows.split("<th scope=\"row\">").skip(1);
    names.map(|row| row.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

#[test]
fn a_runbook_shows_its_open_and_newest_releases() {
    let project = years(40, 3);
    let runbook = page(&project, "runbooks/shop.html");
    let names = |all: &[usize]| all.iter().map(|at| format!("r{}", 999 - at)).collect::<Vec<_>>();
    assert_eq!(listed(&runbook, "releases"), names(&[2, 1, 0, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30]));
    let rest = "<p class=\"note\"><a href=\"../releases.html?filter=Shop%20%26%20co\">and 27 more</a></p>";
    assert!(runbook.contains(rest));
    // Values are listed as far back as they are drawn.
    let register = page(&project, "thresholds/shop.html");
    assert_eq!(register.matches("<b>480 ms</b>").count(), 16);
    assert!(register.contains("<summary>39 earlier</summary>") && register.contains("and 24 more"));
    // Nothing is left out where there is little.
    let few = years(10, 0);
    assert_eq!(listed(&page(&few, "runbooks/shop.html"), "releases").len(), 10);
    assert!(!page(&few, "runbooks/shop.html").contains("releases.html?filter"));
}

#[test]
fn an_owner_sees_the_newest_open_releases() {
    let project = years(25, 25);
    let owner = page(&project, "owners/dba.html");
    let newest: Vec<String> = (0..20).map(|at| format!("r{}", 999 - (24 - at))).collect();
    assert_eq!(listed(&owner, "held"), newest);
    assert_eq!(owner.matches("<a href=\"../releases.html\">and 5 more</a>").count(), 1);
    assert_eq!(owner.matches("<section id=\"_open-").count(), 0);
}
