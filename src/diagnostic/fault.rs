//! Faults of encoding, YAML and shape, worded.
//!
//! Takes `source::Fault`, gives `Diagnostic`. Each kind of fault has its name and its sentence here
//! and nowhere else.

use super::{Diagnostic, closest, one_of};
use crate::source::{Fault, FaultKind, LIST_AS_TEXT, Span, Written};

impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        let span = fault.span;
        match fault.kind {
            FaultKind::Encoding { .. }
            | FaultKind::TooLarge { .. }
            | FaultKind::Escapes
            | FaultKind::Unreadable { .. } => file(span, &fault.kind),
            FaultKind::Syntax { message, help } => {
                let found = Self::error("invalid-yaml", span, format!("invalid YAML: {message}"));
                Self { help, ..found }
            }
            FaultKind::SecondDocument => {
                Self::error("invalid-yaml", span, "a second YAML document in one file")
                    .help("one file holds one document: remove `---` or make another file")
            }
            FaultKind::UnknownAnchor { name } => unknown_anchor(span, &name),
            FaultKind::CyclicAlias => {
                Self::error("invalid-yaml", span, "an alias inside the value that it names")
            }
            FaultKind::Expansion { limit } => {
                let mega = limit >> 20;
                Self::error("invalid-yaml", span, format!("aliases expand to more than {mega} MiB"))
                    .help("write the values out, or take a shared section with `use`")
            }
            FaultKind::CutText { word, whole } => {
                Self::warning("cut-text", span, format!("the text ends before `{word}`"))
                    .label("` #` starts a comment")
                    .help(format!("put the text in quotes: {whole}; or write a space behind the `#`"))
            }
            FaultKind::KeyNotText { text } => key_not_text(span, &text),
            FaultKind::DuplicateKey { key, first } => {
                Self::error("duplicate-key", span, format!("duplicate key `{key}`"))
                    .label("second definition")
                    .related(first, "first defined here")
            }
            FaultKind::UnknownKey { key, bare: true, .. } => behind_comma(span, &key),
            FaultKind::UnknownKey { key, known, near, .. } => unknown_key(span, &key, known, near),
            FaultKind::UnknownKeys { keys, known, written } => unknown_keys(span, &keys, known, &written),
            FaultKind::MissingKey { key } => Self::error("missing-key", span, format!("missing key `{key}`")),
            FaultKind::WrongType { expected, found } => wrong_type(span, &expected, &found),
            FaultKind::UnknownWord { word, known } => unknown_word(span, &word, &known),
            FaultKind::Invalid { message, help } => {
                Self { help, ..Self::error("invalid-value", span, message) }
            }
        }
    }
}

/// A file that cannot be taken as a text.
fn file(span: Span, kind: &FaultKind) -> Diagnostic {
    match kind {
        FaultKind::Encoding { byte } => {
            let message = format!("the file is not UTF-8: byte 0x{byte:02X} begins no character");
            let help = match byte {
                0xFE | 0xFF if span.start == 0 => "it looks like UTF-16: save the file as UTF-8",
                _ => "save the file as UTF-8",
            };
            Diagnostic::error("invalid-encoding", span, message).help(help)
        }
        FaultKind::TooLarge { bytes, limit } => {
            let message = format!("the file has {bytes} bytes, the limit is {limit}");
            Diagnostic::error("file-too-large", span, message).help("split it into several files")
        }
        FaultKind::Unreadable { message } => {
            Diagnostic::error("unreadable-file", span, format!("the file cannot be read: {message}"))
        }
        _ => Diagnostic::error("outside-content", span, "the link leads out of the content folder")
            .help("copy the file into `content/`, nothing outside of it is read"),
    }
}

/// `{{ version }}` without quotes, or a real mapping for a key.
fn key_not_text(span: Span, text: &str) -> Diagnostic {
    let name = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).map(str::trim);
    let is_word = |name: &&str| !name.is_empty() && !name.contains(|c: char| ":,{}[]".contains(c));
    match name.filter(is_word) {
        Some(name) => {
            let message = format!("`{{{{ {name} }}}}` at the start of a value needs quotes");
            Diagnostic::error("invalid-yaml", span, message)
                .label("without quotes this is a mapping in a mapping")
                .help(format!("put the whole value in quotes: \"{{{{ {name} }}}} …\""))
        }
        None => Diagnostic::error("invalid-yaml", span, "a key has to be a text")
            .help("a value that begins with `{` or `[` needs quotes"),
    }
}

/// `*name` without `&name`; or Markdown's `*emphasis*`, which nobody meant as an anchor.
fn unknown_anchor(span: Span, name: &str) -> Diagnostic {
    if name.starts_with('*') || name.ends_with('*') {
        let message = format!("a value that begins with `*{name}` names an anchor");
        return Diagnostic::error("invalid-yaml", span, message)
            .help("put the whole value in quotes if `*` is meant for emphasis");
    }
    Diagnostic::error("invalid-yaml", span, format!("unknown anchor `*{name}`"))
        .help(format!("define it before with `&{name}`, or quote the value if `*` is meant"))
}

/// `{ thresholds: HTTP status in 200, 301 }`
fn behind_comma(span: Span, key: &str) -> Diagnostic {
    Diagnostic::error("unknown-key", span, format!("unknown key `{key}`"))
        .label("a comma in `{ … }` ends the value before it")
        .help("put that value in quotes if the comma belongs to it, or a list in `[ ]`")
}

fn unknown_key(span: Span, key: &str, known: &[&str], near: Option<&str>) -> Diagnostic {
    let found = Diagnostic::error("unknown-key", span, format!("unknown key `{key}`"));
    if key == "<<" {
        return found.label("merge keys are not part of YAML 1.2").help("write the keys out");
    }
    let found = match near {
        Some(near) => found.label(format!("did you mean `{near}`?")),
        None => found.label("not a key of this table"),
    };
    found.help(format!("keys allowed here: {}", known.join(", ")))
}

/// A mapping where an entry of a list is expected, and none of its keys is known.
fn unknown_keys(span: Span, keys: &[String], known: &[&str], written: &Written) -> Diagnostic {
    let names = one_of(keys.iter().map(String::as_str)).replace(" or ", " and ");
    let keys = if keys.len() == 1 { "key" } else { "keys" };
    let found = Diagnostic::error("unknown-key", span, format!("unknown {keys} {names}"));
    let known = known.join(", ");
    match written {
        Written::Text(whole) => {
            found.label("a text with `: ` needs quotes").help(format!("put it in quotes: {whole}"))
        }
        Written::Mapping => {
            found.label("no key that is known here").help(format!("keys allowed here: {known}"))
        }
        Written::List => found.label("a list is expected here, not names").help(format!(
            "write each entry with a dash and its name as a value, `- title: …`; keys allowed here: {known}"
        )),
    }
}

fn wrong_type(span: Span, expected: &str, found: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("wrong-type", span, format!("expected {expected}, found {found}"));
    if found == "nothing" {
        return diagnostic
            .label("nothing is written here")
            .help("write a value or remove the key; a value that begins with `#` needs quotes");
    }
    if found == LIST_AS_TEXT {
        return diagnostic
            .label("one text as it stands")
            .help("remove the `|` or `>` before it, and begin each entry with `- `");
    }
    // Other dialects of YAML take these for what they mean.
    let meant = match found {
        "`yes`" | "`Yes`" | "`on`" => Some("true"),
        "`no`" | "`No`" | "`off`" => Some("false"),
        _ => None,
    };
    match meant.filter(|meant| expected.contains(meant)) {
        Some(meant) => diagnostic.label(format!("did you mean `{meant}`?")),
        None => diagnostic.label(format!("expected {expected}")),
    }
}

fn unknown_word(span: Span, word: &str, known: &[String]) -> Diagnostic {
    let names = || known.iter().map(String::as_str);
    let found = Diagnostic::error("unknown-value", span, format!("unknown value `{word}`"));
    let found = match closest(word, names()) {
        Some(near) => found.label(format!("did you mean `{near}`?")),
        None => found,
    };
    found.help(format!("expected {}", one_of(names())))
}
