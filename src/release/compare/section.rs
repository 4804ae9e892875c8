//! What differs in a section itself; what stands in it is compared on its own.

use super::bar;
use super::entry::rephased;
use super::note::Noter;
use super::text::{Texts, names, shown};
use crate::model::document::Phase;
use crate::model::prose::Prose;
use crate::model::section::{Bar, Block, Contacts, Decision, Section};

/// Compares a section with itself as it is now; `outer` holds the phases of the sections around it.
pub(super) fn compare(
    (before, after): (&Section, &Section),
    outer: (Option<Phase>, Option<Phase>),
    texts: Texts,
    noter: &mut Noter<'_>,
) {
    let (a, b) = texts.pair(Some(&before.title), Some(&after.title));
    noter.value("title", a, b);
    if !before.owners.is_empty() || !after.owners.is_empty() {
        noter.value("owner", names(&before.answers), names(&after.answers));
    }
    // A phase that comes from the section around it was reported there.
    if outer != (Some(before.phase), Some(after.phase)) {
        let words = |phase: Phase| Some(phase.word().to_owned());
        noter.weighed("phase", (words(before.phase), words(after.phase)), |_, _| {
            rephased(before.phase, after.phase)
        });
    }
    noter.value("at", shown(before.at.as_ref()), shown(after.at.as_ref()));
    noter.value("until", shown(before.until.as_ref()), shown(after.until.as_ref()));
    noter.value("duration", shown(before.duration.as_ref()), shown(after.duration.as_ref()));
    let bars = |section| -> Vec<&Bar> { Section::bars(section).collect() };
    bar::compare(&bars(before), &bars(after), noter);
    blocks(before, after, texts, noter);
}

/// What a section holds that has no id.
fn blocks(before: &Section, after: &Section, texts: Texts, noter: &mut Noter<'_>) {
    noter.reworded("about", prose_differs(&abouts(before), &abouts(after), texts));
    noter.value("contacts", contacts(before), contacts(after));
    let log = |section: &Section| {
        section.blocks.iter().any(|block| matches!(block, Block::Log)).then(|| "true".to_owned())
    };
    noter.value("log", log(before), log(after));
    noter.reworded("links", links(before) != links(after));
    let (a, b) = (decisions(before), decisions(after));
    let differs = a.len() != b.len() || a.iter().zip(&b).any(|(a, b)| decision_differs(a, b, texts));
    noter.reworded("decide", differs);
}

fn abouts(section: &Section) -> Vec<&Prose> {
    let abouts = section.blocks.iter().filter_map(|block| match block {
        Block::About(about) => Some(&**about),
        _ => None,
    });
    abouts.collect()
}

fn prose_differs(before: &[&Prose], after: &[&Prose], texts: Texts) -> bool {
    before.len() != after.len()
        || before.iter().zip(after).any(|(before, after)| texts.prose_differs(Some(before), Some(after)))
}

fn contacts(section: &Section) -> Option<String> {
    let words = |block: &Block| match block {
        Block::Contacts(Contacts::All(_)) => Some("all".to_owned()),
        Block::Contacts(Contacts::Some(some)) => names(some),
        _ => None,
    };
    let all: Vec<String> = section.blocks.iter().filter_map(words).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn links(section: &Section) -> Vec<(&str, &str)> {
    let links = section.blocks.iter().flat_map(|block| match block {
        Block::Links(links) => links.as_slice(),
        _ => &[],
    });
    links.map(|link| (&*link.title.source, link.url.value.as_str())).collect()
}

fn decisions(section: &Section) -> Vec<&Decision> {
    let trees = section.blocks.iter().filter_map(|block| match block {
        Block::Decide(tree) => Some(&**tree),
        _ => None,
    });
    trees.collect()
}

fn decision_differs(before: &Decision, after: &Decision, texts: Texts) -> bool {
    let way = |a: &Option<Box<Decision>>, b: &Option<Box<Decision>>| match (a, b) {
        (Some(a), Some(b)) => decision_differs(a, b, texts),
        (a, b) => a.is_some() != b.is_some(),
    };
    match (before, after) {
        (Decision::Then(a), Decision::Then(b)) => texts.differ(Some(a), Some(b)),
        (Decision::Ask { question: a, yes, no }, Decision::Ask { question: b, yes: yes_b, no: no_b }) => {
            texts.differ(Some(a), Some(b)) || way(yes, yes_b) || way(no, no_b)
        }
        _ => true,
    }
}
