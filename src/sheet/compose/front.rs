//! The beginning of a document: what it is, for which release, and what to fill in first.

use super::gate::verdict;
use super::grid::{Entry, Grid, cell, heads};
use super::inline::{joined, mention, mentions, strong, text, worded};
use super::section::{counted, phase};
use super::{Composer, Part, style};
use crate::config::Labels;
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::view::{Inline, Line as Words, Mention, Phase, Reason, ReleaseState, Section};

/// So many reasons in the same words are said once.
const MANY: usize = 4;

impl Composer<'_> {
    /// Title, facts, summary, release, parameters, severities, board of sections.
    pub(super) fn front(&mut self) {
        let document = self.document;
        self.document_title();
        self.facts();
        self.prose(&document.summary, 0.0, "");
        self.prose(&document.about, 0.0, "");
        if let Some(release) = &document.release {
            self.release(release);
        }
        self.parameters();
        self.severities();
        self.board();
        self.timeline();
        self.correction();
    }

    /// Title and what of the document this is, when and for whom.
    pub(super) fn part_front(&mut self) {
        self.document_title();
        let mut groups: Vec<Words> = vec![vec![strong(capital(&self.part.title()))]];
        if let Some(release) = &self.document.release {
            groups.push(vec![text(format!("release {}", release.version))]);
            groups.extend(release.window.iter().map(|window| vec![text(window)]));
            if let Part::Packet(role) = self.part {
                let holder = release.roles.iter().find(|(it, _)| it.id == role.id);
                groups.extend(holder.map(|(_, holder)| labelled("held by ", mention(holder))));
            }
        }
        groups.push(match self.part {
            Part::Packet(_) => vec![text("its rows only, numbered as on the full sheet")],
            Part::Rollback => vec![text("a ticked trigger is bad news; the full sheet says more")],
            _ => vec![text("call from the top")],
        });
        let lines = self.paragraph(&joined(groups), self.measure, style::TEXT);
        self.lines(lines, (0.0, 3.0, Keep::Free));
        if matches!(self.part, Part::Packet(_)) {
            self.correction();
        }
    }

    fn document_title(&mut self) {
        let document = self.document;
        let pieces = self.words(&document.title, style::TITLE, Role::Heading(1));
        let lines = self.setter.set(&pieces, self.measure);
        let title = crate::view::plain(&document.title);
        let cell = Cell::new(0.0, self.measure).with(lines);
        self.flow.rows.push(Row {
            bookmark: Some((1, title)),
            anchors: vec!["top".to_owned()],
            keep: Keep::Strong,
            ..Row::new(vec![cell])
        });
    }

    /// A heading outside the numbered sections.
    pub(super) fn title(&mut self, words: &str, anchor: &str) {
        let pieces = self.say(words, style::heading(2), Role::Heading(2));
        let lines = self.setter.set(&pieces, self.measure);
        let cell = Cell::new(0.0, self.measure).with(lines).inset(0.0, 1.0);
        self.head = None;
        self.flow.rows.push(Row {
            before: 14.0,
            keep: Keep::Strong,
            rule: style::THIN,
            bookmark: Some((2, words.to_owned())),
            anchors: vec![anchor.to_owned()],
            ..Row::new(vec![cell])
        });
    }

    /// The facts of the document, two beside each other.
    fn facts(&mut self) {
        let half = self.measure / 2.0;
        for pair in self.document.facts.chunks(2) {
            let mut cells = Vec::new();
            cells.push(Cell::new(0.0, self.measure));
            for (at, fact) in pair.iter().enumerate() {
                let mut words = vec![strong(format!("{}: ", Labels::english().word(fact.label)))];
                words.extend(fact.value.iter().cloned());
                let lines = self.paragraph(&words, half - 8.0, style::TEXT);
                cells.push(Cell::new(at as f32 * half, half).with(lines).inset(0.0, 1.5));
            }
            self.row(Row { rule: style::THIN, ..Row::new(cells) });
        }
    }

    fn release(&mut self, release: &ReleaseState) {
        self.title(&format!("Release {}", release.version), "release");
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag(verdict(release.verdict), node)];
        let words = format!("   {}, as of {}", counted(&release.progress), release.as_of);
        pieces.extend(self.say(&words, style::TEXT, Role::Paragraph));
        let lines = self.setter.set(&pieces, self.measure);
        self.lines(lines, (0.0, 5.0, Keep::Free));
        self.reasons(&release.reasons);
        let mut groups: Vec<Words> = vec![labelled("Runbook: ", mention(&release.runbook))];
        groups.extend(release.window.iter().map(|window| labelled("Window: ", vec![text(window)])));
        if !release.change.is_empty() {
            groups.push(labelled("Change: ", release.change.clone()));
        }
        groups.extend(release.outcome.iter().map(|it| labelled("Outcome: ", vec![text(it)])));
        let lines = self.paragraph(&joined(groups), self.measure, style::TEXT);
        self.lines(lines, (0.0, 5.0, Keep::Free));
        self.prose(&release.about, 0.0, "");
        if !release.roles.is_empty() {
            let row =
                |(role, holder): &(_, _)| vec![Entry::Words(mention(role)), Entry::Words(mention(holder))];
            let rows = release.roles.iter().map(row).collect();
            let columns = heads(&["Role", "Held by"]);
            self.grid(Grid { columns, rows, x: 0.0, title: "Roles".to_owned(), least: 0.0 });
        }
    }

    /// Reasons of a verdict, or deviations, one a line; what is the same for many is said once, with
    /// their numbers.
    pub(super) fn reasons(&mut self, reasons: &[Reason]) {
        self.flow.structure.open(Role::List);
        let first = self.flow.rows.len();
        for (at, reason) in reasons.iter().enumerate() {
            let same = |it: &&Reason| it.text == reason.text && numbered(it).is_some();
            let alike: Vec<&Reason> = reasons.iter().filter(same).collect();
            if alike.len() < MANY || numbered(reason).is_none() {
                let mut words = mention(&reason.about);
                words.push(text(": "));
                words.extend(worded(&reason.text));
                self.reason(words);
            } else if !reasons[..at].iter().any(|it| same(&it)) {
                let mut words = worded(&reason.text);
                words.push(text(format!(", {} times: ", alike.len())));
                let number = |it: &&Reason| vec![link(&it.about, numbered(it).unwrap_or_default())];
                words.extend(alike.iter().map(number).collect::<Vec<Words>>().join(&text("\u{a0}· ")));
                self.reason(words);
            }
        }
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.before = 4.0;
        }
        self.flow.structure.close();
    }

    fn reason(&mut self, mut words: Words) {
        words.insert(0, text("•  "));
        self.flow.structure.open(Role::Item);
        let pieces = self.words(&words, style::SMALL, Role::Body);
        let lines = self.setter.set(&pieces, self.measure - 10.0);
        self.lines(lines, (10.0, 1.5, Keep::Free));
        self.flow.structure.close();
    }

    /// Parameters: a value, or a blank to fill before anything else is done.
    pub(super) fn parameters(&mut self) {
        let parameters = &self.document.parameters;
        if parameters.is_empty() {
            return;
        }
        self.title("Parameters", "parameters");
        let row = |parameter: &crate::view::Parameter| {
            let mut about = parameter.about.clone();
            if let Some(example) = &parameter.example {
                let space = if about.is_empty() { "" } else { "  " };
                about.push(text(format!("{space}(for example {example})")));
            }
            let value = match &parameter.value {
                Some(value) => Entry::Words(vec![strong(value)]),
                None => {
                    let tip = format!("Value of {}", parameter.name);
                    Entry::Write(150.0, format!("parameter-{}", parameter.name), tip)
                }
            };
            vec![cell(&parameter.name), Entry::Words(about), value]
        };
        let rows = parameters.iter().map(row).collect();
        let columns = heads(&["Parameter", "What it is", "Value"]);
        let title = "Parameters".to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: 19.0 });
    }

    /// Degrees of trouble.
    pub(super) fn severities(&mut self) {
        let severities = &self.document.severities;
        if severities.is_empty() {
            return;
        }
        self.title("Severities", "severities");
        let first = self.flow.rows.len();
        let row = |severity: &crate::view::Severity| {
            let actions: Vec<&str> = severity.actions.iter().map(|it| super::trigger::action(*it)).collect();
            vec![
                Entry::Words(vec![strong(&severity.name)]),
                Entry::Words(severity.means.clone()),
                cell(severity.respond.clone().unwrap_or_default()),
                cell(actions.join(", then ")),
            ]
        };
        let rows = severities.iter().map(row).collect();
        let columns = heads(&["Severity", "Means", "React within", "Do"]);
        let title = "Severities".to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: 0.0 });
        let anchors = severities.iter().map(|severity| format!("severity-{}", severity.name));
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.anchors.extend(anchors);
        }
    }

    /// The sections at a glance, each with room to say that it is complete.
    fn board(&mut self) {
        self.title("Sections", "sections");
        let path = self.document.path.clone();
        let row = |section: &Section| {
            let to = crate::view::Destination::Page { path: path.clone(), anchor: section.id.clone() };
            let link = crate::view::Inline::Link { to, content: section.title.clone() };
            let tip = |what: &str| format!("Section {} complete: {what}", section.number);
            let field = |what: &str| format!("{}-board-{what}", section.id);
            let entry = |width: f32, what: &str| match section.phase {
                Phase::Reference => cell("–"),
                _ => Entry::Write(width, field(what), tip(what)),
            };
            vec![
                cell(&section.number),
                Entry::Words(vec![link]),
                Entry::Words(mentions(&section.owners)),
                cell(phase(section.phase)),
                entry(70.0, "by"),
                entry(56.0, "time"),
            ]
        };
        let rows = self.document.sections.iter().map(row).collect();
        let columns = heads(&["No.", "Section", "Owner", "Phase", "Complete: by", "Time"]);
        let title = "Sections".to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: 19.0 });
    }

    /// How mistakes are mended on paper: once per document.
    fn correction(&mut self) {
        let words = [
            strong("Corrections: "),
            text("one line through what is wrong, initials and date beside it; never write over it. "),
            text("What does not apply is struck with N/A and a reason. A black "),
            strong("TRIGGER"),
            text(" row is ticked only when its bad news is true."),
        ];
        let lines = self.paragraph(&words, self.measure, style::SMALL);
        self.lines(lines, (0.0, 8.0, Keep::Free));
    }
}

/// The number with which a reason's subject begins, if it has one.
fn numbered(reason: &Reason) -> Option<&str> {
    let (number, _) = reason.about.text.split_once(' ')?;
    number.starts_with(|ch: char| ch.is_ascii_digit()).then_some(number)
}

fn link(to: &Mention, words: &str) -> Inline {
    Inline::Link { to: to.to.clone(), content: vec![text(words)] }
}

fn labelled(label: &str, words: Words) -> Words {
    std::iter::once(strong(label)).chain(words).collect()
}

/// The same with a capital at its beginning.
fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
