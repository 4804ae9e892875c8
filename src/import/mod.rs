//! A Markdown checklist → a runbook.
//!
//! Takes the text of a checklist and the parties of the roster, gives the YAML of a runbook that says the same, with
//! what was counted in it; what nobody sees of the checklist is a comment. It makes up nothing, drops nothing but gaps
//! to fill in, ticks and lines across, and judges nothing: what the runbook lacks is for `check` to tell.

mod bar;
mod block;
mod draft;
mod escape;
mod front;
mod heading;
mod html;
mod intro;
mod item;
mod label;
mod link;
mod outline;
mod role;
mod section;
mod table;
mod trigger;

use std::collections::BTreeMap;
use std::iter::Peekable;

use block::Block;
use draft::{Item, Part, Runbook, Section};
use heading::Heading;
use label::is_blank;
use role::Roles;

use crate::error::Result;
use crate::model::identity::slug;
use crate::model::parameter;

/// A runbook that was read from a checklist.
#[derive(Debug)]
pub struct Imported {
    /// The file.
    pub yaml: String,
    /// What the runbook is called.
    pub title: String,
    /// Sections at every level.
    pub sections: usize,
    /// Checks, with those within others.
    pub checks: usize,
    /// Steps.
    pub steps: usize,
    /// Thresholds of items.
    pub thresholds: usize,
    /// Ids of owners and signers that the roster lacks, in their order, with what each was called.
    pub missing: Vec<(String, String)>,
}

/// A heading with what stands directly below it.
struct Chapter {
    level: u8,
    text: String,
    blocks: Vec<Block>,
}

/// Reads a checklist. `name` is the title of one that has none; `known` are the ids of the roster, each with what it
/// is called.
pub fn read(text: &str, name: &str, known: &[(String, String)]) -> Result<Imported> {
    let (facts, markdown) = front::split(text.trim_start_matches('\u{feff}'));
    let markdown = link::inline(markdown);
    let markdown = escape::without(&markdown);
    let mut roles = Roles::new(known);
    let (blocks, remarks) = outline::read(&markdown);
    let (mut intro, mut chapters) = chapters(heading::promoted(blocks));
    let mut runbook = Runbook { revision: "1".to_owned(), status: "draft", ..Runbook::default() };
    if let Some(title) = take_title(&intro, &mut chapters) {
        runbook.title = heading::clean(&title.text);
        intro.extend(title.blocks);
    }
    for (label, value) in facts.iter().filter(|(_, value)| !is_blank(value)) {
        match label.as_str() {
            "title" | "name" if runbook.title.is_empty() => runbook.title = heading::clean(value),
            "title" if runbook.title == heading::clean(value) => {}
            _ => runbook.fact(label, value, &mut roles),
        }
    }
    if runbook.title.is_empty() {
        name.clone_into(&mut runbook.title);
    }
    let subtitles = subtitles(&chapters);
    for line in chapters.drain(..subtitles) {
        runbook.subtitle(&line.text, &mut roles);
    }
    let is_work = |block: &Block| section::is_work(block) && label::facts(block).is_none();
    let work = intro.split_off(intro.iter().position(is_work).unwrap_or(intro.len()));
    for block in intro {
        runbook.introduce(&block, &mut roles);
    }
    // A list that has no heading but that of the checklist.
    if !work.is_empty() {
        let heading = Heading { title: runbook.title.clone(), ..Heading::default() };
        runbook.sections.push(section::read(heading, &work, &mut roles));
    }
    let mut rest = chapters.into_iter().peekable();
    runbook.sections.extend(sections(&mut rest, 0, None, &mut roles));
    name_apart(&mut runbook.sections, &mut Taken::new());
    runbook.parameters =
        parameter::find(&markdown).into_iter().map(|(name, _)| (name.to_owned(), BTreeMap::new())).collect();
    finish(runbook, &remarks, roles)
}

/// What stands before the first heading, and the headings with what is theirs.
fn chapters(blocks: Vec<Block>) -> (Vec<Block>, Vec<Chapter>) {
    let (mut intro, mut chapters) = (Vec::new(), Vec::<Chapter>::new());
    for block in blocks {
        match (block, chapters.last_mut()) {
            (Block::Heading { text, .. }, _) if text.is_empty() => {}
            (Block::Heading { level, text }, _) => chapters.push(Chapter { level, text, blocks: Vec::new() }),
            (block, Some(chapter)) => chapter.blocks.push(block),
            (block, None) => intro.push(block),
        }
    }
    (intro, chapters)
}

/// The heading that the whole is called by: one that is above all others, or the first of the highest level. Something
/// to do before it would make it a section.
fn take_title(intro: &[Block], chapters: &mut Vec<Chapter>) -> Option<Chapter> {
    let (first, others) = chapters.split_first()?;
    let is_above = others.iter().all(|other| other.level > first.level);
    let is_title = if intro.is_empty() {
        is_above || first.level == 1
    } else {
        is_above && !intro.iter().any(section::is_work)
    };
    is_title.then(|| chapters.remove(0))
}

/// How many of the first headings are no sections: nothing stands below them, and they are above nothing.
fn subtitles(chapters: &[Chapter]) -> usize {
    let empty = chapters.iter().take_while(|chapter| chapter.blocks.is_empty()).count();
    let is_above = |at: usize| {
        chapters
            .get(at + 1..=empty)
            .is_some_and(|below| below.iter().all(|other| other.level > chapters[at].level))
    };
    (0..empty).take_while(|at| !is_above(*at)).count()
}

/// The sections below a heading of level `above`.
fn sections(
    rest: &mut Peekable<impl Iterator<Item = Chapter>>,
    above: u8,
    inherited: Option<&'static str>,
    roles: &mut Roles<'_>,
) -> Vec<Section> {
    let mut sections = Vec::new();
    while let Some(chapter) = rest.next_if(|chapter| chapter.level > above) {
        let mut heading = heading::read(&chapter.text);
        let phase = heading.phase.take().filter(|phase| above == 0 || *phase != "during").or(inherited);
        heading.phase = phase.filter(|phase| *phase != inherited.unwrap_or("before"));
        let mut section = section::read(heading, &chapter.blocks, roles);
        section.anchor = link::anchor(&chapter.text);
        section.sections = self::sections(rest, chapter.level, phase, roles);
        sections.push(section);
    }
    sections
}

/// Gives an id to what would have that of something before it.
fn name_apart(sections: &mut [Section], taken: &mut Taken) {
    for section in sections {
        section.id = apart(&section.title, taken);
        for item in section.items_mut() {
            item.name_apart(taken);
        }
        name_apart(&mut section.sections, taken);
    }
}

impl Item {
    fn name_apart(&mut self, taken: &mut Taken) {
        self.id = apart(&self.title, taken);
        self.checks.iter_mut().for_each(|check| check.name_apart(taken));
    }
}

/// Ids that are taken, each with the last number that was put behind it.
type Taken = BTreeMap<String, usize>;

/// An id for a title whose own is taken, or that has none.
fn apart(title: &str, taken: &mut Taken) -> Option<String> {
    let own = slug(title);
    if !own.is_empty() && !taken.contains_key(&own) {
        taken.insert(own, 1);
        return None;
    }
    let base = if own.is_empty() { "item" } else { &own };
    let last = taken.get(base).copied().unwrap_or(0);
    let (number, id) = (last + 1..)
        .map(|number| (number, format!("{base}-{number}")))
        .find(|(_, id)| !taken.contains_key(id))?;
    taken.insert(base.to_owned(), number);
    taken.insert(id.clone(), 1);
    Some(id)
}

/// The file and what is in it.
fn finish(runbook: Runbook, remarks: &[String], roles: Roles<'_>) -> Result<Imported> {
    let mut imported = Imported {
        yaml: String::new(),
        title: runbook.title.clone(),
        sections: 0,
        checks: 0,
        steps: 0,
        thresholds: 0,
        missing: roles.missing.into_iter().collect(),
    };
    imported.count(&runbook.sections);
    imported.yaml = link::to_sections(draft::write(&runbook, remarks)?, &runbook.sections);
    Ok(imported)
}

impl Imported {
    fn count(&mut self, sections: &[Section]) {
        self.sections += sections.len();
        for section in sections {
            for part in &section.parts {
                match part {
                    Part::Checks(items) => self.items(items, false),
                    Part::Steps(items) => self.items(items, true),
                    _ => {}
                }
            }
            self.count(&section.sections);
        }
    }

    fn items(&mut self, items: &[Item], steps: bool) {
        for item in items {
            *(if steps { &mut self.steps } else { &mut self.checks }) += 1;
            self.thresholds += item.thresholds.len();
            self.items(&item.checks, false);
        }
    }
}
