//! What a rule is.
//!
//! Takes nothing, gives the type of the entries of the table.

use super::Subject;
use super::surroundings::{Surroundings, Whole};
use crate::diagnostic::{Diagnostic, RuleInfo, Severity};
use crate::model::document::Status;
use crate::model::release::Release;
use crate::model::runbook::Runbook;
use crate::source::{FileId, Source, Span};

/// Something that can be wrong with the content.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Kebab-case, named for what is wrong.
    pub name: &'static str,
    /// What it finds, in one line without a full stop.
    pub summary: &'static str,
    /// What it is about.
    pub topic: Topic,
    /// How its findings weigh.
    pub weight: Weight,
    /// The source of its file, whose doc comment is its page.
    pub(super) source: &'static str,
    /// How it looks at the content.
    pub(super) look: Look,
}

/// What rules are about, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Files, YAML and the shape of documents.
    Reading,
    /// Names that lead somewhere.
    Reference,
    /// Who answers, who signs.
    Ownership,
    /// What can be measured.
    Measure,
    /// Parts of a document that have to agree.
    Consistency,
    /// What should not be in a document.
    Hygiene,
    /// Releases and their journals.
    Release,
    /// The rules themselves.
    Rules,
}

impl Topic {
    /// The words for it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::Reference => "References",
            Self::Ownership => "Ownership and approval",
            Self::Measure => "Measurability",
            Self::Consistency => "Consistency across the document",
            Self::Hygiene => "Hygiene",
            Self::Release => "Release and journal",
            Self::Rules => "Rules and comments",
        }
    }
}

/// How a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// An error that nothing silences: what was written cannot be read.
    Fault,
    /// An error, however far the document has come.
    Always,
    /// A warning in a draft, an error in any other document: what the language asks of every section.
    Must,
    /// A warning, and an error once the document says that it is issued, or was; of a release, an error
    /// from its gate on.
    Gap,
    /// A warning. A retired document is left in peace.
    Doubt,
}

/// How far a document has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Life {
    /// Being written, or planned.
    Draft,
    /// A document that does not say.
    Unstated,
    /// In force, or past its gate.
    Issued,
    /// No longer in force.
    Retired,
}

impl From<Option<Status>> for Life {
    fn from(status: Option<Status>) -> Self {
        match status {
            None => Self::Unstated,
            Some(Status::Draft) => Self::Draft,
            Some(Status::Issued) => Self::Issued,
            Some(Status::Retired) => Self::Retired,
        }
    }
}

/// What a rule looks at. It gives findings without name and weight; the system adds them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Look {
    /// Found by the stages before.
    Reading,
    /// Found by asking the network, where that is wanted: another answer may come at any time.
    Network,
    /// Everything at once.
    Site(fn(&Whole<'_>) -> Vec<Diagnostic>),
    /// One runbook after another, with what is around it.
    Runbook(fn(&Surroundings<'_>, &Runbook) -> Vec<Diagnostic>),
    /// One runbook after another, and where its names lead: it finds nothing in a runbook in which it
    /// found nothing before, as long as no document has other ids, headings, paths or ways out.
    Links(fn(&Subject<'_>, &Runbook) -> Vec<Diagnostic>),
    /// One release after another.
    Release(fn(&Subject<'_>, &Release) -> Vec<Diagnostic>),
    /// One file after another, as text.
    Text(fn(FileId, &Source) -> Vec<Diagnostic>),
    /// In several of these ways.
    Several(&'static [Look]),
}

impl Look {
    /// The ways, one after another.
    pub(super) fn ways(&self) -> &[Self] {
        match self {
            Self::Several(ways) => ways,
            one => std::slice::from_ref(one),
        }
    }
}

impl Weight {
    /// What a finding is in a document that has come so far; `None` where it is not reported.
    pub(super) fn severity(self, life: Life) -> Option<Severity> {
        match (self, life) {
            (Self::Fault | Self::Always, _) => Some(Severity::Error),
            (Self::Doubt, Life::Retired) => None,
            (Self::Must, Life::Unstated) | (Self::Must | Self::Gap, Life::Issued | Life::Retired) => {
                Some(Severity::Error)
            }
            (Self::Must | Self::Gap, Life::Draft) => Some(Severity::Warning),
            (Self::Gap, Life::Unstated) | (Self::Doubt, _) => Some(Severity::Warning),
        }
    }

    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Fault => "error, cannot be switched off",
            Self::Always => "error",
            Self::Must => "warning in a draft, else error",
            Self::Gap => "warning, error once issued",
            Self::Doubt => "warning",
        }
    }
}

impl Rule {
    /// The page of the rule: the doc comment of its file, Markdown.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let mut page = String::new();
        for line in lines {
            page.push_str(line.strip_prefix(' ').unwrap_or(line));
            page.push('\n');
        }
        page
    }

    /// What the output formats say about it.
    pub fn info(&self) -> RuleInfo {
        let severity = self.weight.severity(Life::Issued).unwrap_or(Severity::Warning);
        RuleInfo { name: self.name, summary: self.summary, page: self.page(), severity }
    }
}

/// A finding of what may be meant so: a warning, however much the rule weighs.
pub(super) fn doubt(found: Diagnostic) -> Diagnostic {
    Diagnostic { doubt: true, ..found }
}

/// A finding of a rule, which gets its name and weight from the system.
pub(super) fn finding(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::warning("", span, message)
}
