//! `runsheet schema`: what editors complete and check from.
//!
//! Prints the JSON Schema (draft-07) of the very types that decode the files.

use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, generate::SchemaSettings, json_schema};

use super::{Outcome, Place};
use crate::cli::{Schema as Arguments, SchemaOf};
use crate::config::SiteFile;
use crate::error::{Error, Result};
use crate::model::document::pattern::DURATION;
use crate::model::document::{Event, Release, Roster, Runbook};

pub(crate) fn run(arguments: &Arguments, place: &Place<'_>) -> Result<Outcome> {
    place.terminal.answer(&text(arguments.of)?)?;
    Ok(Outcome::Fine)
}

/// The schema of a kind of file, as JSON.
///
/// # Errors
/// When the schema cannot be written as JSON, which would be a mistake of the program.
pub(crate) fn text(of: SchemaOf) -> Result<String> {
    let schema = match of {
        SchemaOf::Runbook => schema::<Runbook>("Runbook"),
        SchemaOf::Roster => schema::<Roster>("Roster"),
        SchemaOf::Release => schema::<Release>("Release"),
        SchemaOf::Journal => schema::<Vec<Event>>("Journal"),
        SchemaOf::Site => schema::<SiteFile>("Site"),
    };
    let json = serde_json::to_string_pretty(&schema).map_err(|error| Error::usage(error.to_string()))?;
    Ok(json + "\n")
}

fn schema<T: JsonSchema>(title: &str) -> Schema {
    let mut settings = SchemaSettings::draft07();
    settings.transforms.push(Box::new(Strict));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema
}

/// No keys but the known ones and those that start with `x-`; a text may be written as a number, but for
/// lengths of time. Words behind a comma of a text without quotes, `{ means: Service down, data loss, … }`,
/// are a key without a value to every reader of YAML; Runsheet takes them as a part of the text.
#[derive(Debug, Clone)]
struct Strict;

impl Transform for Strict {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        if schema.get("properties").is_some() {
            schema.insert("additionalProperties".to_owned(), false.into());
            let own = json_schema!({ "^x-": true, " ": { "type": "null" } });
            schema.insert("patternProperties".to_owned(), own.to_value());
        }
        // A number without a unit is no length of time.
        if schema.get("pattern").and_then(|pattern| pattern.as_str()) == Some(DURATION) {
            return;
        }
        let plain_text = schema.get("type").and_then(|kind| kind.as_str()) == Some("string");
        if plain_text && schema.get("enum").is_none() && schema.get("const").is_none() {
            schema.insert("type".to_owned(), vec!["string", "number", "boolean"].into());
        }
    }
}
