//! What the name of a metric says about its values.
//!
//! Takes a threshold and a name, gives the threshold with its values read accordingly.

use std::borrow::Cow;

use super::Threshold;
use super::tail;
use super::value::Value;
use crate::model::quantity::Quantity;

/// Software whose bare number is its version: `TLS >= 1.2`, `Python >= 3.10`. As a decimal number
/// `3.9` would meet the latter.
const SOFTWARE: &[&str] = &[
    "tls",
    "python",
    "node",
    "nodejs",
    "java",
    "jdk",
    "go",
    "rust",
    "ruby",
    "php",
    "postgresql",
    "postgres",
    "mysql",
    "mariadb",
    "mongodb",
    "redis",
    "openssl",
    "nginx",
    "docker",
    "kubernetes",
    "helm",
    "terraform",
    "ansible",
    "git",
    "npm",
    "django",
    "rails",
    "react",
    "angular",
    "linux",
    "kernel",
    "ubuntu",
    "debian",
    "alpine",
];

impl Threshold {
    /// The same bar for a metric of this name. A metric whose last word is `version` or a
    /// piece of software makes versions of its numbers.
    pub fn named(mut self, metric: &str) -> Self {
        if is_version(metric) {
            self = self.of_versions();
        }
        self.metric = Some(tail::joined(metric).into());
        self
    }

    /// The same threshold with its values read as its metric asks, also where the metric was set
    /// after the text was read.
    pub(super) fn settled(&self) -> Cow<'_, Self> {
        match &self.metric {
            Some(metric) if is_version(metric) => Cow::Owned(self.clone().of_versions()),
            _ => Cow::Borrowed(self),
        }
    }

    fn of_versions(mut self) -> Self {
        let versions = self.values.into_iter().map(|value| match value {
            Value::Quantity(quantity) => Value::Quantity(quantity.into_version()),
            text @ Value::Text(_) => text,
        });
        self.values = versions.collect();
        self
    }
}

/// Whether the metric is a version: its last word says so, or is a piece of software.
pub(crate) fn is_version(metric: &str) -> bool {
    let last = words(metric).next_back().unwrap_or_default();
    ["version", "versions"].iter().chain(SOFTWARE).any(|word| word.eq_ignore_ascii_case(last))
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// `200/301` in a set is two status codes, `19/20` is one ratio.
pub(crate) fn split_codes(value: Value) -> Vec<Value> {
    let codes = || {
        let (first, second) = value.quantity()?.terms()?;
        let code = |text: &str| {
            let shape = text.len() == 3 && text.starts_with(['1', '2', '3', '4', '5']);
            shape.then(|| Quantity::parse(text).ok()).flatten().map(Value::Quantity)
        };
        Some(vec![code(&first)?, code(&second)?])
    };
    codes().unwrap_or_else(|| vec![value])
}
