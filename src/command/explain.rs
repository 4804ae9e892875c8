//! `runsheet explain`: the page of a rule, or the table of all rules.

use serde_json::{Value, json};

use super::{Outcome, Place};
use crate::check::{self, RULES, Rule};
use crate::cli::{Explain, ExplainFormat};
use crate::diagnostic::closest;
use crate::error::{Error, Result};

pub(crate) fn run(arguments: &Explain, place: &Place<'_>) -> Result<Outcome> {
    let text = match (&arguments.rule, arguments.output_format) {
        (None, ExplainFormat::Human) => check::table(),
        (None, ExplainFormat::Markdown) => check::markdown(),
        (None, ExplainFormat::Json) => json(&Value::from(RULES.iter().map(entry).collect::<Vec<_>>()))?,
        (Some(name), format) => {
            let rule = rule(name)?;
            match format {
                ExplainFormat::Json => json(&entry(rule))?,
                ExplainFormat::Human | ExplainFormat::Markdown => rule.page(),
            }
        }
    };
    place.terminal.answer(&text)?;
    Ok(Outcome::Fine)
}

fn rule(name: &str) -> Result<&'static Rule> {
    check::rule(name).ok_or_else(|| {
        let message = format!("there is no rule `{name}`");
        match closest(name, RULES.iter().map(|rule| rule.name)) {
            Some(near) => Error::usage_help(message, format!("did you mean `{near}`?")),
            None => Error::usage_help(message, "`runsheet explain` lists them"),
        }
    })
}

fn entry(rule: &Rule) -> Value {
    json!({
        "name": rule.name,
        "summary": rule.summary,
        "topic": rule.topic.title(),
        "level": rule.weight.words(),
        "page": rule.page(),
    })
}

fn json(value: &Value) -> Result<String> {
    let document = match value {
        Value::Array(rules) => json!({ "version": 1, "rules": rules }),
        rule => json!({ "version": 1, "rule": rule }),
    };
    let text = serde_json::to_string_pretty(&document).map_err(|error| Error::usage(error.to_string()))?;
    Ok(text + "\n")
}
