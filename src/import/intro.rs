//! What stands before the first section → keys of the runbook.
//!
//! Takes front matter and blocks, labelled lines first of all; what no key holds becomes part of `about`.

use super::block::Block;
use super::draft::{Runbook, append};
use super::label::{self, Meaning, is_blank};
use super::role::Roles;
use crate::model::identity::slug;
use crate::model::time::DurationRange;

impl Runbook {
    /// Takes what stands before the first heading of a section.
    pub(super) fn introduce(&mut self, block: &Block, roles: &mut Roles<'_>) {
        match label::facts(block) {
            Some(facts) => facts.into_iter().for_each(|(label, value)| self.fact(label, value, roles)),
            None => self.tell(&block.markdown(), "\n\n"),
        }
    }

    /// A heading with nothing below it: a line that a key holds, or text.
    pub(super) fn subtitle(&mut self, line: &str, roles: &mut Roles<'_>) {
        match label::split(line, true) {
            Some((label, value)) => self.fact(label, value, roles),
            None => self.tell(line, "\n\n"),
        }
    }

    /// What a label says about the whole.
    pub(super) fn fact(&mut self, label: &str, value: &str, roles: &mut Roles<'_>) {
        let words = slug(label);
        match words.as_str() {
            _ if is_blank(value) => self.line(label, value),
            "product" if self.product.is_none() => self.product = Some(value.to_owned()),
            "classification" if self.classification.is_none() => self.classification = Some(value.to_owned()),
            "reviewed" | "last-reviewed" | "last-review"
                if self.reviewed.is_none() && value.parse::<jiff::civil::Date>().is_ok() =>
            {
                self.reviewed = Some(value.to_owned())
            }
            "revision" | "document-version" | "checklist-version" => value.clone_into(&mut self.revision),
            _ if words.contains("environment") && self.environment.is_none() => {
                self.environment = Some(value.to_owned())
            }
            _ if (label::meaning(label) == Some(Meaning::Owner) || words.ends_with("-lead"))
                && roles.add(value, &mut self.owner) => {}
            _ if words.contains("duration")
                && let Ok(length) = DurationRange::parse(before_parenthesis(value)) =>
            {
                self.duration = Some(length.to_string());
                if value.contains('(') {
                    self.line(label, value);
                }
            }
            _ => self.line(label, value),
        }
    }

    fn line(&mut self, label: &str, value: &str) {
        self.tell(format!("- **{label}**: {value}").trim_end(), "\n");
    }

    fn tell(&mut self, text: &str, between: &str) {
        let last = self.about.rfind('\n').map_or(0, |at| at + 1);
        let is_list = self.about[last..].starts_with("- ");
        let between = if between == "\n" && !is_list { "\n\n" } else { between };
        append(&mut self.about, between, text);
    }
}

fn before_parenthesis(value: &str) -> &str {
    value.split('(').next().unwrap_or(value).trim()
}
