//! The formats of a report, for people and for other programs.
//!
//! Takes a report and what surrounds it, gives text. Each format has its own file; this one chooses
//! and cuts off what nobody would read.

use super::hide::hide;
use super::{Diagnostic, Painter, Report, Severity, concise, github, gitlab, json, junit, sarif};
use crate::source::{Source, Sources, Span};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Lines of source with marks, related places and help.
    #[default]
    Full,
    /// `file:line:col: level[rule] message`
    Concise,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Code Quality of GitLab.
    Gitlab,
    /// JUnit XML.
    Junit,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 8] = [
        Self::Full,
        Self::Concise,
        Self::Json,
        Self::JsonLines,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// What it is, in one line.
    pub fn about(self) -> &'static str {
        self.words().1
    }

    /// How many findings are written out: all for a program, which takes what is missing as mended.
    pub fn limit(self) -> usize {
        match self {
            Self::Full | Self::Concise | Self::Github => LIMIT,
            Self::Json | Self::JsonLines | Self::Sarif | Self::Gitlab | Self::Junit => usize::MAX,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Full => ("full", "Lines of source with marks, related places and help"),
            Self::Concise => ("concise", "`file:line:col: level[rule] message`"),
            Self::Json => ("json", "One JSON document"),
            Self::JsonLines => ("json-lines", "One JSON object a line"),
            Self::Sarif => ("sarif", "SARIF 2.1.0, for code scanning"),
            Self::Github => ("github", "Annotations of a GitHub workflow"),
            Self::Gitlab => ("gitlab", "Code Quality of GitLab"),
            Self::Junit => ("junit", "JUnit XML"),
        }
    }
}

/// What a format says about a rule.
#[derive(Debug, Clone)]
pub struct RuleInfo {
    /// Kebab-case name.
    pub name: &'static str,
    /// One line.
    pub summary: &'static str,
    /// The page of `explain`, Markdown.
    pub page: String,
    /// How much it weighs in an issued document.
    pub severity: Severity,
}

/// What surrounds a report.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// Every rule that there is.
    pub rules: &'a [RuleInfo],
    /// Whether `full` uses colour.
    pub colour: bool,
    /// Most findings that are written out; the others are counted.
    pub limit: usize,
    /// The folder of the project in its repository, with a slash at its end, or nothing: code hosts know
    /// files by their path in the repository.
    pub folder: &'a str,
    /// Why there may be more to find.
    pub stop: Option<Stop<'a>>,
}

/// Why a check did not come to its end, other than by what is wrong in the content.
#[derive(Debug, Clone, Copy)]
pub struct Stop<'a> {
    /// What is in the way.
    pub message: &'a str,
    /// Where that is named.
    pub span: Span,
}

impl Setting<'_> {
    /// The path of a file in the repository.
    pub(super) fn path(&self, source: &Source) -> String {
        format!("{}{}", self.folder, source.path)
    }
}

impl Stop<'_> {
    /// The report with one finding more, for a format that has no other place for it.
    pub(super) fn told_in(self, report: &Report) -> Report {
        let told = Diagnostic::error("unfinished-check", self.span, self.message);
        Report::new(report.iter().cloned().chain([told]).collect())
    }
}

/// Findings that are written out for people unless another number is asked for.
pub const LIMIT: usize = 1000;

/// Findings that SARIF holds at most: what code scanning takes of one run.
const SARIF_LIMIT: usize = 25_000;

/// The report in one of the formats, with a line break at its end; empty where there is nothing to say.
pub fn format(format: Format, report: &Report, setting: &Setting<'_>) -> String {
    let hidden = hide(report.iter(), setting.sources);
    let setting = &Setting { sources: &hidden, ..*setting };
    let told = setting.stop.map(|stop| stop.told_in(report));
    let all = told.as_ref().unwrap_or(report);
    match format {
        Format::Full => full(report, setting),
        Format::Concise => concise::write(report, setting),
        Format::Json => json::document(report, setting),
        Format::JsonLines => json::lines(report, setting),
        Format::Sarif => sarif::write(report, &Setting { limit: setting.limit.min(SARIF_LIMIT), ..*setting }),
        Format::Github => github::write(all, setting),
        Format::Gitlab => gitlab::write(all, setting),
        Format::Junit => junit::write(all, setting),
    }
}

fn full(report: &Report, setting: &Setting<'_>) -> String {
    let painter = Painter::new(setting.colour);
    let mut out = String::new();
    for found in shown(report, setting.limit) {
        out.push_str(&painter.paint_hidden(found, setting.sources));
        out.push_str("\n\n");
    }
    out.push_str(&cut_off(report, setting.limit));
    out
}

/// The findings that are written out: all, or where there are too many the errors before the
/// warnings, in the order of the files.
pub(super) fn shown(report: &Report, limit: usize) -> Vec<&Diagnostic> {
    if report.len() <= limit {
        return report.iter().collect();
    }
    let of = |severity| report.iter().filter(move |found| found.severity == severity);
    let mut shown: Vec<_> = of(Severity::Error).chain(of(Severity::Warning)).take(limit).collect();
    shown.sort_by_key(|found| found.span);
    shown
}

/// The line that says how many findings are not written out.
pub(super) fn cut_off(report: &Report, limit: usize) -> String {
    match report.len().checked_sub(limit) {
        None | Some(0) => String::new(),
        Some(1) => "… and 1 finding more\n".to_owned(),
        Some(more) => format!("… and {more} findings more\n"),
    }
}
