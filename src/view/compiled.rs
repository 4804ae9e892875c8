//! A bar as the script of a page evaluates it.
//!
//! Takes the criterion of a bar, gives plain data; what stands in it is what the program itself
//! evaluates by.

use serde::Serialize;

use crate::model::section::{Bar, Criterion};
use crate::model::threshold::{Builtin, Compiled, Threshold};

/// A bar for a machine. One of levels, a state, or words that only people can hold a value against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct CompiledBar {
    /// What is measured, as a journal names it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub metric: String,
    /// The metric that is counted, where the journal and nobody measures it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub builtin: Option<&'static str>,
    /// A value that meets it passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<Compiled>,
    /// A value that meets it passes with a note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warn: Option<Compiled>,
    /// A value that meets it calls for the abort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abort: Option<Compiled>,
    /// A state that somebody has to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The words of what no machine evaluates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}

impl CompiledBar {
    pub(crate) fn new(bar: &Bar) -> Self {
        let metric = bar.metric().unwrap_or_default().to_owned();
        let compiled =
            |level: &Option<Threshold>| level.as_ref().map(|level| level.clone().named(&metric).compiled());
        let written = Some(bar.written.to_string());
        let builtin = bar.builtin().map(Builtin::word);
        match &bar.criterion {
            Criterion::Threshold(threshold) => {
                Self { pass: Some(threshold.compiled()), metric, builtin, ..Self::default() }
            }
            Criterion::Levels { levels, .. } => Self {
                pass: compiled(&levels.pass),
                warn: compiled(&levels.warn),
                abort: compiled(&levels.abort),
                metric,
                builtin,
                ..Self::default()
            },
            Criterion::State { state, .. } => {
                Self { state: Some(state.plain()), written, metric, ..Self::default() }
            }
            Criterion::Blank { .. } | Criterion::Unparsed { .. } => {
                Self { written, metric, ..Self::default() }
            }
        }
    }
}
