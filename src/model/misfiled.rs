//! Files under names by which nothing, or something else, is read.
//!
//! Takes the texts of a site, gives the diagnostics of their names. What such a file holds would otherwise
//! be missing without anybody being told.

use super::decode::stem;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Kind, Source, Sources, Span, closest};

/// Everything that is wrong with the names of files.
pub(super) fn all(sources: &Sources) -> Vec<Diagnostic> {
    let journals = sources.of(Kind::Journal).filter_map(|file| orphan(sources, file));
    let twins = [Kind::Runbook, Kind::Release].into_iter().flat_map(|kind| twins(sources, kind));
    let named = [Kind::Runbook, Kind::Release].into_iter().flat_map(|kind| named_as_sheet(sources, kind));
    let capitals =
        [Kind::Runbook, Kind::Release, Kind::Page].into_iter().flat_map(|kind| alike(sources, kind));
    let others = sources.of(Kind::Other).filter_map(|file| unread(sources, file).or_else(|| misplaced(file)));
    journals.chain(twins).chain(named).chain(capitals).chain(others).collect()
}

/// A journal beside which there is no plan; nothing in it would ever count.
fn orphan(sources: &Sources, (file, source): (FileId, &Source)) -> Option<Diagnostic> {
    let plan = source.path.strip_suffix(".journal.yaml")?;
    if [".yaml", ".yml"].into_iter().any(|ending| sources.find(&format!("{plan}{ending}")).is_some()) {
        return None;
    }
    let message = format!("the journal belongs to no release: there is no `{plan}.yaml`");
    let found = Diagnostic::error("unknown-reference", first_line(file, source), message);
    let help = "write the plan with `runsheet release new`, or give the journal the name of its release";
    Some(found.help(help))
}

/// Files whose names differ in their endings alone: pages, sheets and journals go by the rest.
fn twins(sources: &Sources, kind: Kind) -> Vec<Diagnostic> {
    let mut files: Vec<(FileId, &Source)> = sources.of(kind).collect();
    files.sort_by_key(|(_, source)| stem(&source.path));
    let pairs = files.windows(2).filter_map(|pair| match pair {
        [(first, one), (file, other)] if stem(&one.path) == stem(&other.path) => {
            let message = format!("`{}` has the name of `{}`", other.path, one.path);
            let found = Diagnostic::error("duplicate-id", first_line(*file, other), message);
            let found =
                found.label("second use of the name").related(first_line(*first, one), "first used here");
            Some(found.help("remove one of the files, or give it another name"))
        }
        _ => None,
    });
    pairs.collect()
}

/// What stands between the name of a document and the ending of its sheets, beside that of a role.
const SHEETS: [&str; 2] = ["contacts", "rollback"];

/// Documents whose sheet would be a part of the sheets of another one: `shop.rollback.yaml` beside `shop.yaml`.
fn named_as_sheet(sources: &Sources, kind: Kind) -> Vec<Diagnostic> {
    let mut files: Vec<(FileId, &Source)> = sources.of(kind).collect();
    files.sort_by_key(|(_, source)| stem(&source.path));
    let found = files.iter().filter_map(|(file, source)| {
        let name = stem(&source.path);
        let (whole, part) = name.rsplit_once('.')?;
        if !SHEETS.contains(&part) && !part.starts_with("role-") {
            return None;
        }
        let at = files.binary_search_by_key(&whole, |(_, source)| stem(&source.path)).ok()?;
        let (first, one) = files[at];
        let message = format!("`{}` has the name of a sheet of `{}`", source.path, one.path);
        let found = Diagnostic::error("duplicate-id", first_line(*file, source), message);
        let sheet = name.trim_start_matches("content/");
        let found = found.label(format!("both have a sheet `{sheet}.pdf`"));
        Some(found.related(first_line(first, one), "the other one").help("give it another name"))
    });
    found.collect()
}

/// Files whose names differ in capitals alone: on other systems they are one, and so are their pages.
fn alike(sources: &Sources, kind: Kind) -> Vec<Diagnostic> {
    let small = |(file, source): (FileId, &'_ Source)| (stem(&source.path).to_lowercase(), file);
    let mut files: Vec<(String, FileId)> = sources.of(kind).map(small).collect();
    files.sort();
    let pairs = files.windows(2).filter_map(|pair| match pair {
        [(name, first), (same, file)] if name == same => {
            let (one, other) = (sources.get(*first), sources.get(*file));
            if stem(&one.path) == stem(&other.path) {
                return None;
            }
            let message = format!("`{}` and `{}` differ in capitals only", other.path, one.path);
            let found = Diagnostic::warning("duplicate-id", first_line(*file, other), message);
            let found = found.label("on other systems they are one file");
            Some(found.related(first_line(*first, one), "the other one").help("give it another name"))
        }
        _ => None,
    });
    pairs.collect()
}

/// A file that would be read if its name had another ending: `roster.yml`, `v1.journal.yml`, `shop.YAML`.
fn unread(sources: &Sources, (file, source): (FileId, &Source)) -> Option<Diagnostic> {
    let (base, ending) = source.path.rsplit_once('.')?;
    let yaml = ["yaml", "yml"].iter().any(|yaml| ending.eq_ignore_ascii_case(yaml));
    let path = format!("{base}.yaml");
    if !yaml || path == source.path || Sources::kind(&path) == Kind::Other {
        return None;
    }
    let message = format!("nothing reads this file: its name ends with `.{ending}`");
    let found = Diagnostic::error("unreadable-file", Span::new(file, 0, 0), message);
    Some(found.help(match sources.find(&path) {
        Some(_) => format!("remove it: there is `{path}`"),
        None => format!("name it `{path}`"),
    }))
}

/// YAML in `content/` itself, or in a folder that is nearly named like one that is read. Elsewhere it may be
/// there for a link.
fn misplaced((file, source): (FileId, &Source)) -> Option<Diagnostic> {
    let inside =
        source.path.strip_prefix("content/").filter(|_| Sources::kind(&source.path) == Kind::Other)?;
    let name = inside.strip_suffix(".yaml").or_else(|| inside.strip_suffix(".yml"))?;
    let meant = match inside.split_once('/') {
        Some((folder, rest)) => format!("content/{}/{rest}", closest(folder, ["runbooks", "releases"])?),
        None => match closest(name, ["roster", "site"]) {
            Some(known) => format!("content/{known}.yaml"),
            None if name.ends_with(".journal") => format!("content/releases/{inside}"),
            None => format!("content/runbooks/{inside}` or `content/releases/{inside}"),
        },
    };
    let found = Diagnostic::warning("unreadable-file", Span::new(file, 0, 0), "nothing reads this file here");
    Some(found.help(format!("name it `{meant}`")))
}

fn first_line(file: FileId, source: &Source) -> Span {
    Span::new(file, 0, source.line(1).end)
}
