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
    let others = sources.of(Kind::Other).filter_map(|file| unread(sources, file).or_else(|| misplaced(file)));
    journals.chain(twins).chain(others).collect()
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
