//! `runsheet verify`: whether a printed sheet still says what holds.
//!
//! Takes the hash that stands on every page, or the PDF itself. Exit code 0 where the sheet is
//! current, 1 where it is stale or unknown.

mod history;

use std::path::Path;

use serde_json::{Value, json};

use super::diff;
use super::terminal::plural;
use super::{Outcome, Place, given};
use crate::cli::{Verify as Arguments, VerifyFormat};
use crate::error::{Error, Result};
use crate::model::Library;
use crate::pipeline;
use crate::release::compare::{self, Change};
use crate::sheet;
use crate::view::{Head, Site, plain};
use history::Version;

/// Fewer digits than this fit too many sheets.
const FEWEST: usize = 8;
/// Digits of a whole code.
const WHOLE: usize = 16;

pub(crate) fn run(arguments: &Arguments, place: &Place<'_>) -> Result<Outcome> {
    let code = code(&arguments.code)?;
    let project = pipeline::load(place.root, &place.root.join("output"))?;
    let site = pipeline::view(&project, None);
    let answer = answer(&code, (&project.library, &site), place.root)?;
    place.terminal.answer(&match arguments.output_format {
        VerifyFormat::Human => human(&code, &answer),
        VerifyFormat::Json => format!("{:#}\n", machine(&code, &answer)?),
    })?;
    Ok(if matches!(answer, Answer::Current(_)) { Outcome::Fine } else { Outcome::Findings })
}

/// What stands on a sheet.
struct Code {
    /// Hex digits without dashes.
    digits: String,
    /// The document, where the sheet says it.
    name: Option<String>,
}

impl Code {
    fn fits(&self, seal: &str) -> bool {
        seal.replace('-', "").starts_with(&self.digits)
    }
}

/// What is known of a sheet.
enum Answer<'a> {
    /// It says what holds.
    Current(&'a Head),
    /// Its document says something else today.
    Stale { now: Option<&'a Head>, then: Option<Box<Version>>, changes: Vec<Change> },
    /// No document has or had this code.
    Unknown,
}

/// Reads the code from what was given: a PDF, or the digits themselves.
fn code(given: &str) -> Result<Code> {
    let path = Path::new(given);
    if given::is_pdf(path) || path.is_file() {
        return printed(path);
    }
    let digits: String = given.chars().filter(|c| *c != '-' && !c.is_whitespace()).collect();
    let digits = digits.to_ascii_lowercase();
    if digits.len() < FEWEST || digits.len() > WHOLE || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
        let message = format!("`{given}` is neither a PDF nor the code of a sheet");
        let help = "the code is at the foot of every page: 16 hex digits, of which 8 are enough";
        return Err(Error::usage_help(message, help));
    }
    Ok(Code { digits, name: None })
}

fn printed(path: &Path) -> Result<Code> {
    let stamp = given::sheet(path, &given::bytes(path)?)?.stamp;
    Ok(Code { digits: stamp.seal.replace('-', ""), name: Some(stamp.name) })
}

fn answer<'a>(code: &Code, (library, site): (&Library, &'a Site), root: &Path) -> Result<Answer<'a>> {
    let documents: Vec<&Head> = site.documents().map(|which| &**site.head(which)).collect();
    let named = |document: &&&Head| code.name.as_ref().is_none_or(|name| *name == document.name);
    let fitting: Vec<&&Head> =
        documents.iter().filter(named).filter(|document| code.fits(sheet::seal(document))).collect();
    if let Some(document) = fitting.first() {
        let seal = sheet::seal(document);
        if fitting.iter().any(|other| sheet::seal(other) != seal) {
            let message = format!("`{}` is the beginning of several codes", code.digits);
            return Err(Error::usage_help(message, "give more digits"));
        }
        return Ok(Answer::Current(document));
    }
    let found = history::find(root, |document| {
        code.fits(sheet::seal(document)) && code.name.as_ref().is_none_or(|name| *name == document.name)
    });
    let name = found.as_ref().map(|version| &version.document.name).or(code.name.as_ref());
    let now = name.and_then(|name| documents.iter().find(|document| document.name == *name).copied());
    Ok(match (found, now) {
        (None, None) => Answer::Unknown,
        (then, now) => {
            let changes = then.as_ref().map(|then| changes(then, library)).unwrap_or_default();
            Answer::Stale { now, then: then.map(Box::new), changes }
        }
    })
}

/// What became of a document since.
fn changes(then: &Version, now: &Library) -> Vec<Change> {
    let Version { library, document, .. } = then;
    let name = document.name.as_str();
    let changes = match document.release {
        Some(_) => library.release(name).zip(now.release(name)).map(|(a, b)| compare::releases(a, b)),
        None => library.runbook(name).zip(now.runbook(name)).map(|(a, b)| compare::runbooks(a, b)),
    };
    changes.unwrap_or_default()
}

fn human(code: &Code, answer: &Answer<'_>) -> String {
    match answer {
        Answer::Current(document) => format!("CURRENT: {}\n", described(document)),
        Answer::Unknown => {
            let help = "no document of this project has or had it; the sheet may be of another project";
            format!("UNKNOWN: {}\n  = help: {help}\n", code.digits)
        }
        Answer::Stale { now, then, changes } => {
            let mut out = String::from("STALE: do not use this sheet\n");
            match then {
                Some(then) => {
                    out += &format!("  printed: {}, of {}\n", described(&then.document), then.written());
                }
                None => {
                    out += &format!("  printed: {}, from a version that git does not have\n", code.digits)
                }
            }
            match now {
                Some(now) => out += &format!("  now:     {}\n", described(now)),
                None => out += "  now:     the document is gone\n",
            }
            let lines = diff::worded(changes.clone());
            if !lines.is_empty() {
                out += &format!("{} since:\n", plural(lines.len(), "change"));
            }
            for line in lines {
                out += &format!("  {line}\n");
            }
            out
        }
    }
}

fn described(document: &Head) -> String {
    let revision = if document.revision.is_empty() { "without a number" } else { &document.revision };
    let title = plain(&document.title);
    format!("{} ({title}), revision {revision}, {}", document.name, sheet::seal(document))
}

fn machine(code: &Code, answer: &Answer<'_>) -> Result<Value> {
    let document = |document: &Head| {
        json!({
            "kind": if document.release.is_some() { "release" } else { "runbook" },
            "name": document.name, "title": plain(&document.title), "revision": document.revision,
            "seal": sheet::seal(document), "page": document.path,
        })
    };
    let mut out = json!({ "version": 1, "code": code.digits });
    match answer {
        Answer::Current(now) => {
            out["status"] = json!("current");
            out["document"] = document(now);
        }
        Answer::Unknown => out["status"] = json!("unknown"),
        Answer::Stale { now, then, changes } => {
            out["status"] = json!("stale");
            out["document"] = now.map_or(Value::Null, document);
            out["printed"] = then.as_ref().map_or(Value::Null, |then| {
                let mut printed = document(&then.document);
                printed["commit"] = json!(then.commit);
                printed["date"] = json!(then.date);
                printed
            });
            out["changes"] = changes.iter().map(diff::machine).collect::<Result<Value>>()?;
        }
    }
    Ok(out)
}
