//! A new plan → its text.
//!
//! Takes what was decided, gives the YAML of `content/releases/NAME.yaml` as a person would write it.

use std::fmt;

use jiff::civil::DateTime;

use super::line::scalar;

/// The longest line on which a mapping stays.
const WIDTH: usize = 100;

/// A plan before it is written; `Display` gives its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Where the schema is, for editors.
    pub schema: Option<String>,
    /// Id of the runbook.
    pub runbook: String,
    /// What is released.
    pub version: String,
    /// When.
    pub window: Option<PlanWindow>,
    /// Role and holder, with the backup where there is one.
    pub roles: Vec<(String, Vec<String>)>,
    /// Name and value.
    pub parameters: Vec<(String, String)>,
}

/// The time in which the deployment is to take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanWindow {
    /// T, local.
    pub start: DateTime,
    /// End, local.
    pub end: Option<DateTime>,
    /// Name of the zone.
    pub zone: String,
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            writeln!(f, "# yaml-language-server: $schema={schema}")?;
        }
        writeln!(f, "runbook: {}", scalar(&self.runbook))?;
        writeln!(f, "version: {}", scalar(&self.version))?;
        if let Some(PlanWindow { start, end, zone }) = &self.window {
            write!(f, "window: {{ start: {}, ", minutes(*start))?;
            if let Some(end) = end {
                write!(f, "end: {}, ", minutes(*end))?;
            }
            writeln!(f, "zone: {} }}", scalar(zone))?;
        }
        let holders = |holders: &[String]| match holders {
            [only] => scalar(only).into_owned(),
            all => format!("[{}]", all.iter().map(|one| scalar(one)).collect::<Vec<_>>().join(", ")),
        };
        mapping(f, "roles", self.roles.iter().map(|(role, all)| (role, holders(all))))?;
        mapping(
            f,
            "parameters",
            self.parameters.iter().map(|(name, value)| (name, scalar(value).into_owned())),
        )
    }
}

/// On one line where it is short, else one entry a line.
fn mapping<'a>(
    f: &mut fmt::Formatter<'_>,
    key: &str,
    entries: impl Iterator<Item = (&'a String, String)>,
) -> fmt::Result {
    let entries: Vec<String> = entries.map(|(name, value)| format!("{}: {value}", scalar(name))).collect();
    if entries.is_empty() {
        return Ok(());
    }
    let line = format!("{key}: {{ {} }}", entries.join(", "));
    if line.chars().count() <= WIDTH {
        return writeln!(f, "{line}");
    }
    writeln!(f, "{key}:")?;
    entries.iter().try_for_each(|entry| writeln!(f, "  {entry}"))
}

/// Without seconds where there are none.
fn minutes(time: DateTime) -> String {
    let text = time.to_string();
    text.strip_suffix(":00").filter(|_| time.second() == 0).map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_reads_like_one_that_was_written() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let plan = Plan {
            schema: Some("../../schema/release.json".to_owned()),
            runbook: "orders-api".to_owned(),
            version: "1.10".to_owned(),
            window: Some(PlanWindow {
                start: "2026-12-01T09:00".parse().unwrap(),
                end: Some("2026-12-01T12:00:30".parse().unwrap()),
                zone: "Europe/Madrid".to_owned(),
            }),
            roles: vec![
                ("deployment-lead".to_owned(), vec!["ana".to_owned(), "bo".to_owned()]),
                ("qa-lead".to_owned(), vec!["bo".to_owned()]),
            ],
            parameters: vec![
                pair("no", "a: b"),
                pair("listener", "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app"),
            ],
        };
        let expected = "\
# yaml-language-server: $schema=../../schema/release.json
runbook: orders-api
version: \"1.10\"
window: { start: 2026-12-01T09:00, end: 2026-12-01T12:00:30, zone: Europe/Madrid }
roles: { deployment-lead: [ana, bo], qa-lead: bo }
parameters:
  \"no\": \"a: b\"
  listener: \"arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app\"
";
        assert_eq!(plan.to_string(), expected);
    }
}
