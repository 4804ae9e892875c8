//! `runsheet verify`: whether a printed sheet still says what holds.
//!
//! Takes the hash that stands on every page, or the PDF itself. Exit code 0 where the sheet is
//! current, 1 where it is stale or unknown.

mod history;

use std::path::Path;

use serde_json::{Value, json};

use super::diff;
use super::git::Git;
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

    /// Of documents that it fits, the one of its name, else the first: a new name changes no content.
    fn of<'a>(&self, fitting: &[&'a Head]) -> Option<&'a Head> {
        let named = fitting.iter().find(|document| self.name.as_ref() == Some(&document.name));
        named.or(fitting.first()).copied()
    }
}

/// What is known of a sheet.
enum Answer<'a> {
    /// It says what holds.
    Current(&'a Head),
    /// Its document says something else today.
    Stale { now: Option<&'a Head>, then: Option<Box<Version>>, changes: Vec<Change> },
    /// No document has or had this code, as far as git tells; with what it keeps back.
    Unknown { gap: Option<String> },
}

/// Reads the code from what was given: a PDF, or the digits themselves.
fn code(given: &str) -> Result<Code> {
    let path = Path::new(given);
    if given::is_pdf(path) || path.is_file() {
        return printed(path);
    }
    let digits = digits(given);
    if digits.len() < FEWEST || digits.len() > WHOLE || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
        let message = format!("`{given}` is neither a PDF nor the code of a sheet");
        let help = "the code is at the foot of every page: 16 hex digits, of which 8 are enough";
        return Err(Error::usage_help(message, help));
    }
    Ok(Code { digits, name: None })
}

/// The digits as they are typed from paper, or of the address in the code of squares.
fn digits(given: &str) -> String {
    let typed = given.rsplit_once("seal=").map_or(given, |(_, seal)| seal);
    let typed = typed.chars().filter(|c| !"-‐‑–—−·".contains(*c) && !c.is_whitespace());
    // Letters that no hex digit is, and that look like one.
    let digit = |c: char| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    typed.map(digit).collect()
}

fn printed(path: &Path) -> Result<Code> {
    let stamp = given::sheet(path, &given::bytes(path)?)?.stamp;
    Ok(Code { digits: stamp.seal.replace('-', ""), name: Some(stamp.name) })
}

fn answer<'a>(code: &Code, (library, site): (&Library, &'a Site), root: &Path) -> Result<Answer<'a>> {
    let documents: Vec<&Head> = site.documents().map(|which| &**site.head(which)).collect();
    let fitting = documents.iter().copied().filter(|document| code.fits(sheet::seal(document)));
    let fitting: Vec<&Head> = fitting.collect();
    if let Some(document) = code.of(&fitting) {
        let seal = sheet::seal(document);
        if fitting.iter().any(|other| sheet::seal(other) != seal) {
            let message = format!("`{}` is the beginning of several codes", code.digits);
            return Err(Error::usage_help(message, "give more digits"));
        }
        return Ok(Answer::Current(document));
    }
    let found = history::find(root, code);
    let name = found.as_ref().map(|version| &version.document.name).or(code.name.as_ref());
    let now = name.and_then(|name| documents.iter().find(|document| document.name == *name).copied());
    Ok(match (found, now) {
        (None, None) => Answer::Unknown { gap: Git::new(root).gap() },
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
        Answer::Unknown { gap } => {
            format!("UNKNOWN: {}\n  = help: {}\n", code.digits, unknown(gap.as_deref()))
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
                None => out += "  now:     no document has this name any more\n",
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

/// Why a code may not be known, and what helps.
fn unknown(gap: Option<&str>) -> &str {
    gap.unwrap_or("no document of this project has or had it; the sheet may be of another project")
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
        Answer::Unknown { gap } => {
            out["status"] = json!("unknown");
            out["help"] = json!(unknown(gap.as_deref()));
        }
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
