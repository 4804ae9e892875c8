//! Ids that are not written: `check --fix` writes them out.
//!
//! Takes a runbook and its text, gives the fixes. An id that comes from a title changes with the
//! title, and with it the journals and printed sheets that hold on to it; written out it stays. The
//! ids of bare texts in a list, and of triggers, are left as they are: there is no key to put one
//! beside.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::Fix;
use crate::model::Library;
use crate::model::release::{Act, Release};
use crate::model::runbook::{Place, PlaceKind, Runbook};
use crate::model::section::Take;
use crate::source::{FileId, Source, Sources, Span};

/// A fix for every section, check, step, message, gate and table of the runbook's own file that has a
/// `title:` and no `id:`.
pub fn written_ids(runbook: &Runbook, sources: &Sources) -> Vec<Fix> {
    let source = sources.get(runbook.file);
    // An id beside `use` would give another to everything in the section, where that is there twice.
    let sections = runbook.all_sections().into_iter().filter(|section| section.take == Take::Plain);
    let plain: HashSet<&str> = sections.map(|section| section.id.as_str()).collect();
    let own = |place: &&Place| {
        let is_taken = place.kind == PlaceKind::Section && plain.contains(place.id.as_str());
        place.span.file == runbook.file && place.kind != PlaceKind::Trigger && !is_taken
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for place in &runbook.places {
        *counts.entry(&place.id).or_default() += 1;
    }
    let once = |place: &&Place| counts.get(place.id.as_str()) == Some(&1);
    // What is written once and there several times has its id where that is not one of several.
    let (several, single): (Vec<&Place>, Vec<&Place>) =
        runbook.places.iter().filter(own).filter(once).partition(|place| place.prefix > 0);
    let mut seen = HashSet::new();
    let places = single.into_iter().chain(several).filter(|place| seen.insert(place.span));
    places.filter_map(|place| fix(place, source)).collect()
}

/// The files whose text somebody signed as it is, with the name of a release that they signed. To write an
/// id into one would leave the sign-offs stale, and nobody has decided anything.
pub fn signed(library: &Library) -> BTreeMap<FileId, &str> {
    let mut signed = BTreeMap::new();
    for release in library.releases.iter().filter(|release| is_bound(release)) {
        let Some(runbook) = &release.runbook else { continue };
        // A section that is taken stands where `use` does, and what is in it where it is written.
        let places = runbook.places.iter().map(|place| place.span.file);
        let files = std::iter::once(runbook.file).chain(places);
        signed.extend(files.map(|file| (file, release.name.as_str())));
    }
    signed
}

/// Whether a sign-off of a release is of its text as it is now.
fn is_bound(release: &Release) -> bool {
    release
        .journal
        .events
        .iter()
        .any(|event| matches!(&event.act, Act::Sign { seal: Some(seal), .. } if release.seal.is(seal)))
}

fn fix(place: &Place, source: &Source) -> Option<Fix> {
    let (line, _) = source.position(place.span.start);
    let range = source.line(line);
    let before = source.text.get(range.start..place.span.start as usize)?;
    if place.span.end as usize > range.end {
        return None;
    }
    let title = format!("write `id: {}`", place.own_id());
    let insert =
        |at: usize, text: String| Fix::replace(Span::new(place.span.file, at, at), text, title.clone());
    let key = before.trim_end().strip_suffix("title:")?;
    match key.trim_end().chars().next_back() {
        Some('{' | ',') => Some(insert(place.span.end as usize, format!(", id: {}", place.own_id()))),
        None | Some('-') => {
            let indent = " ".repeat(key.chars().count());
            let end = if source.text[range.end..].starts_with("\r\n") { "\r\n" } else { "\n" };
            Some(insert(range.end, format!("{end}{indent}id: {}", place.own_id())))
        }
        Some(_) => None,
    }
}
