//! A threshold for another evaluator of it: the script of a page.
//!
//! Takes a threshold, gives what `evaluate` looks at as plain data, and the words it answers with.

use serde::Serialize;

use super::{Threshold, Value};
use crate::model::quantity::{self, Dimension};

/// What `Threshold::evaluate` looks at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Compiled {
    /// The operator as it prints.
    op: &'static str,
    /// The values of the bar.
    values: Vec<CompiledValue>,
    /// Operator and values in words.
    bar: String,
    /// All that is required in words, without the metric, where that is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<String>,
    /// Whether a date counts back from the day of recording.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    age: bool,
    /// What its values are: the key of a dimension, or `text`.
    kind: &'static str,
}

/// One value of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
enum CompiledValue {
    /// A quantity.
    Quantity(quantity::Compiled),
    /// A word in small letters.
    Text(String),
}

impl Threshold {
    /// The threshold as plain data, its values read as its metric asks.
    pub fn compiled(&self) -> Compiled {
        let settled = self.settled();
        let value = |value: &Value| match value {
            Value::Quantity(quantity) => CompiledValue::Quantity(quantity.compiled()),
            Value::Text(text) => CompiledValue::Text(text.to_lowercase()),
        };
        let (bar, required) = (settled.bar(), self.required());
        let dimension = settled.dimension();
        Compiled {
            op: settled.operator.symbol(),
            values: settled.values.iter().map(value).collect(),
            required: (required != bar).then_some(required),
            bar,
            age: dimension == Some(Dimension::Duration) && settled.is_age(),
            kind: dimension.map_or("text", Dimension::key),
        }
    }
}
