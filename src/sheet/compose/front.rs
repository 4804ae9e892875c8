//! The beginning of a document: what it is, for which release, and what to fill in first.

use super::gate::verdict;
use super::grid::{Entry, Grid, cell};
use super::inline::{capital, joined, mention, mentions, strong, text, worded};
use super::{Composer, Part, style};
use crate::sheet::layout::{Cell, Keep, Row};
use crate::sheet::structure::Role;
use crate::sheet::text::Line;
use crate::view::{Assigned, Inline, Line as Words, Mention, Phase, Reason, ReleaseState, Section};

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
        if !self.dense {
            self.document_title();
        }
        let part = self.part.title(self.options.labels);
        let mut groups: Vec<Words> = vec![vec![strong(match self.dense {
            true => format!("{}: {part}", crate::view::plain(&self.document.title)),
            false => capital(&part),
        })]];
        if let Some(release) = &self.document.release {
            groups.push(vec![text(self.release_name(release))]);
            groups.extend(release.window.iter().map(|window| vec![text(window)]));
            if let Part::Packet(role) = self.part {
                let holder = release.roles.iter().find(|it| it.role.id == role.id);
                groups.extend(holder.map(|it| self.labelled("held-by", mention(&it.holder))));
            }
        }
        groups.push(match self.part {
            Part::Packet(_) => vec![text(self.word("packet-note"))],
            Part::Rollback => vec![text(self.word("rollback-note"))],
            _ => vec![text(self.word("contact-note"))],
        });
        let lines = match self.dense {
            true => self.card_title(&joined(groups)),
            false => self.paragraph(&joined(groups), self.measure, style::TEXT),
        };
        self.lines(lines, (0.0, 3.0, Keep::Free));
        if self.dense
            && let Some(row) = self.flow.rows.last_mut()
        {
            row.bookmark = Some((1, crate::view::plain(&self.document.title)));
            row.anchors.push("top".to_owned());
        }
        if matches!(self.part, Part::Packet(_)) {
            self.correction();
        }
    }

    /// What a card is, in a line that is its title.
    fn card_title(&mut self, words: &Words) -> Vec<Line> {
        let pieces = self.words(words, style::SMALL, Role::Heading(1));
        self.setter.set(&pieces, self.measure)
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
                let mut words = vec![strong(format!("{}: ", self.word(fact.label)))];
                words.extend(fact.value.iter().cloned());
                let lines = self.paragraph(&words, half - 8.0, style::TEXT);
                cells.push(Cell::new(at as f32 * half, half).with(lines).inset(0.0, 1.5));
            }
            self.row(Row { rule: style::THIN, ..Row::new(cells) });
        }
    }

    fn release_name(&self, release: &ReleaseState) -> String {
        format!("{} {}", self.word("release"), release.version)
    }

    fn release(&mut self, release: &ReleaseState) {
        self.title(&self.release_name(release), "release");
        let node = self.leaf(Role::Paragraph);
        let mut pieces = vec![self.tag(verdict(release.verdict), node)];
        let words = format!(
            "   {}, {}",
            self.counted(&release.progress),
            self.fill("as-of", &[("time", release.as_of.clone())])
        );
        pieces.extend(self.say(&words, style::TEXT, Role::Paragraph));
        let lines = self.setter.set(&pieces, self.measure);
        self.lines(lines, (0.0, 5.0, Keep::Free));
        self.reasons(&release.reasons);
        let mut groups: Vec<Words> = vec![self.labelled("runbook", mention(&release.runbook))];
        groups.extend(release.window.iter().map(|window| self.labelled("window", vec![text(window)])));
        if !release.change.is_empty() {
            groups.push(self.labelled("change", release.change.clone()));
        }
        groups.extend(release.outcome.iter().map(|it| self.labelled("outcome", vec![text(it)])));
        let lines = self.paragraph(&joined(groups), self.measure, style::TEXT);
        self.lines(lines, (0.0, 5.0, Keep::Free));
        self.prose(&release.about, 0.0, "");
        if !release.roles.is_empty() {
            let row = |it: &Assigned| {
                let holders = self.holders(Some(&it.holder), it.backup.as_ref(), &text(", "));
                vec![Entry::Words(mention(&it.role)), Entry::Words(holders)]
            };
            let rows = release.roles.iter().map(row).collect();
            let columns = self.heads(&["role", "held-by"]);
            self.grid(Grid { columns, rows, x: 0.0, title: self.word("roles").to_owned(), least: 0.0 });
        }
    }

    /// Reasons of a verdict, or deviations, one a line; what is the same for many is said once, with
    /// their numbers.
    pub(super) fn reasons(&mut self, reasons: &[Reason]) {
        self.flow.structure.open(Role::List);
        let first = self.flow.rows.len();
        for (at, reason) in reasons.iter().enumerate() {
            let same = |it: &&Reason| {
                it.text == reason.text && it.verdict == reason.verdict && numbered(it).is_some()
            };
            let alike: Vec<&Reason> = reasons.iter().filter(same).collect();
            if alike.len() < MANY || numbered(reason).is_none() {
                let mut words = leads_to(reason);
                words.extend(mention(&reason.about));
                words.push(text(": "));
                words.extend(worded(&reason.text));
                self.reason(words);
            } else if !reasons[..at].iter().any(|it| same(&it)) {
                let mut words = leads_to(reason);
                words.extend(worded(&reason.text));
                words.push(text(format!(", {}: ", self.fill("times", &[("n", alike.len().to_string())]))));
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
        self.title(self.word("parameters"), "parameters");
        let row = |parameter: &crate::view::Parameter| {
            let mut about = parameter.about.clone();
            if let Some(example) = &parameter.example {
                let space = if about.is_empty() { "" } else { "  " };
                about.push(text(format!("{space}({} {example})", self.word("for-example"))));
            }
            let value = match &parameter.value {
                Some(value) => Entry::Words(vec![strong(value)]),
                None => {
                    let tip = self.fill("to-fill-in", &[("name", parameter.name.clone())]);
                    Entry::Write(150.0, format!("parameter-{}", parameter.name), tip)
                }
            };
            vec![cell(&parameter.name), Entry::Words(about), value]
        };
        let rows = parameters.iter().map(row).collect();
        let columns = self.heads(&["parameter", "what-it-is", "value"]);
        let title = self.word("parameters").to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: 19.0 });
    }

    /// Degrees of trouble.
    pub(super) fn severities(&mut self) {
        let severities = &self.document.severities;
        if severities.is_empty() {
            return;
        }
        self.title(self.word("severities"), "severities");
        let first = self.flow.rows.len();
        let row = |severity: &crate::view::Severity| {
            vec![
                Entry::Words(vec![strong(&severity.name)]),
                Entry::Words(severity.means.clone()),
                cell(severity.respond.clone().unwrap_or_default()),
                cell(self.actions(&severity.actions)),
            ]
        };
        let rows = severities.iter().map(row).collect();
        let columns = self.heads(&["severity", "means", "react-within", "do"]);
        let title = self.word("severities").to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: 0.0 });
        let anchors = severities.iter().map(|severity| format!("severity-{}", severity.name));
        if let Some(row) = self.flow.rows.get_mut(first) {
            row.anchors.extend(anchors);
        }
    }

    /// The sections at a glance, each with room to say that it is complete.
    fn board(&mut self) {
        self.title(self.word("sections"), "sections");
        let path = self.document.path.clone();
        let row = |section: &Section| {
            let to = crate::view::Destination::Page { path: path.clone(), anchor: section.id.clone() };
            let link = crate::view::Inline::Link { to, content: section.title.clone() };
            let tip = |what: &str| format!("{}: {what}", self.complete(section));
            let field = |what: &str| format!("{}-board-{what}", section.id);
            let entry = |width: f32, what: &str, key: &'static str| match section.phase {
                Phase::Reference => cell("–"),
                _ => Entry::Write(width, field(what), tip(self.word(key))),
            };
            vec![
                cell(&section.number),
                Entry::Words(vec![link]),
                Entry::Words(mentions(&section.owners)),
                cell(self.phase(section.phase)),
                entry(70.0, "by", "by-whom"),
                entry(56.0, "time", "time"),
            ]
        };
        let rows = self.document.sections.iter().map(row).collect();
        let columns = self.heads(&["number", "section", "owner", "phase", "complete-by", "time"]);
        let title = self.word("sections").to_owned();
        self.grid(Grid { columns, rows, x: 0.0, title, least: 19.0 });
    }

    /// How mistakes are mended on paper: once per document.
    fn correction(&mut self) {
        let trigger = self.shout("trigger");
        let words =
            [self.strong("corrections"), text(self.fill("corrections-text", &[("trigger", trigger)]))];
        let lines = self.paragraph(&words, self.measure, style::SMALL);
        self.lines(lines, (0.0, 8.0, Keep::Free));
    }
}

/// `NO-GO — `, in front of a reason of a verdict.
fn leads_to(reason: &Reason) -> Words {
    reason.verdict.iter().map(|verdict| text(format!("{} — ", verdict.word()))).collect()
}

/// The number with which a reason's subject begins, if it has one.
fn numbered(reason: &Reason) -> Option<&str> {
    let (number, _) = reason.about.text.split_once(' ')?;
    number.starts_with(|ch: char| ch.is_ascii_digit()).then_some(number)
}

fn link(to: &Mention, words: &str) -> Inline {
    Inline::Link { to: to.to.clone(), content: vec![text(words)] }
}
