//! Thresholds in both forms.
//!
//! Takes written thresholds, gives bars. Text that is no threshold is kept with its flaw, and `check`
//! warns of it.

use super::Resolver;
use super::section::each;
use crate::diagnostic::Diagnostic;
use crate::model::document;
use crate::model::parameter::{self, Piece};
use crate::model::prose::Text;
use crate::model::quantity::Flaw;
use crate::model::section::{Bar, Criterion, Reference};
use crate::model::threshold::{Levels, Threshold};
use crate::source::{Field, Many, Short, Span, Spanned, is_web};

impl Resolver<'_> {
    /// The bars of a list.
    pub(super) fn bars(&mut self, list: &Field<Many<Short<document::Threshold>>>) -> Vec<Bar> {
        each(list, |written, span| self.bar(written, span))
    }

    fn bar(&mut self, written: &document::Threshold, span: Span) -> Option<Bar> {
        let source = self.source(&written.source).map(Box::new);
        if let Some(state) = self.text(&written.state) {
            let text = state.plain();
            let shown_by = self.text(&written.shown_by).map(Box::new);
            let criterion = Criterion::State { state, shown_by };
            return Some(Bar { span, written: text.into(), criterion, source });
        }
        let leveled =
            [&written.pass, &written.warn, &written.abort].into_iter().any(|field| field.is_present());
        if leveled {
            return self.levels(written, span, source);
        }
        if written.is.is_present() {
            let metric = self.value(&written.metric).map(|metric| metric.value);
            let mut bar = self.short(&written.is, source)?;
            if let (Some(threshold), Some(metric)) = (single(&mut bar.criterion), metric) {
                threshold.metric.get_or_insert(metric.into());
            }
            return Some(bar);
        }
        let message = "a threshold says neither `pass` nor `state`";
        let help = "write it on one line, `error rate < 1 %`, or give `metric` and `pass`, or `state` and `shown-by`";
        self.found.push(Diagnostic::error("missing-key", span, message).help(help));
        None
    }

    /// Where the value is seen; a bare web address is a link.
    fn source(&mut self, field: &Field<String>) -> Option<Text> {
        let source = self.text(field)?;
        let address = source.plain();
        if is_web(&address) {
            self.links.push(Reference { name: address, span: field.spanned()?.span });
        }
        Some(source)
    }

    /// `[metric] operator value [unit] [for duration]`
    pub(super) fn short(&mut self, field: &Field<String>, source: Option<Box<Text>>) -> Option<Bar> {
        let written = field.spanned()?;
        let text = self.value(field)?;
        let (criterion, words) = match self.criterion(None, &written) {
            Ok(blank @ Criterion::Blank { .. }) => (blank, self.with_blanks(&written)),
            Ok(known) => (known, text.value),
            Err(flaw) => (Criterion::Unparsed { flaw }, text.value),
        };
        Some(Bar { span: text.span, written: words.into(), criterion, source })
    }

    /// A text as a comparison; where a parameter has no value, a blank whose metric shows it as one.
    pub(super) fn criterion(
        &self,
        metric: Option<&str>,
        written: &Spanned<&String>,
    ) -> Result<Criterion, Flaw> {
        let mut threshold = self.threshold(metric, written)?;
        if !self.has_blank(written) {
            return Ok(Criterion::Threshold(threshold));
        }
        if metric.is_none() {
            let values = &self.scope(written.span).values;
            let shown = |name: &str| values.get(name).map_or_else(|| format!("‹{name}›"), str::to_owned);
            threshold.metric = metric_with(written.value, shown).map(Into::into).or(threshold.metric);
        }
        Ok(Criterion::Blank { example: Box::new(Criterion::Threshold(threshold)) })
    }

    /// Whether a text names a parameter without a value.
    pub(super) fn has_blank(&self, written: &Spanned<&String>) -> bool {
        let values = &self.scope(written.span).values;
        parameter::find(written.value).into_iter().any(|(name, _)| values.waits(name))
    }

    /// A text with its values, `‹name›` where there is none.
    fn with_blanks(&self, written: &Spanned<&String>) -> String {
        Piece::plain(&parameter::pieces(written.value, &self.scope(written.span).values))
    }

    /// The same, remembering what it names.
    pub(super) fn words(&mut self, written: &Spanned<&String>) -> String {
        self.note_uses(written.value, written.span);
        self.with_blanks(written)
    }

    /// Reads a text as a threshold; where a parameter has no value yet, its example stands for it.
    fn threshold(&self, metric: Option<&str>, written: &Spanned<&String>) -> Result<Threshold, Flaw> {
        let text = parameter::fill(written.value, &self.scope(written.span).examples);
        match metric.filter(|metric| !metric.is_empty()) {
            Some(metric) => Threshold::parse_for(metric, &text),
            None => Threshold::parse(&text),
        }
    }

    /// One level that cannot be read makes the whole bar unparsed: it is still printed as written.
    fn levels(
        &mut self,
        written: &document::Threshold,
        span: Span,
        source: Option<Box<Text>>,
    ) -> Option<Bar> {
        let metric = written.metric.spanned().map(|metric| self.words(&metric)).unwrap_or_default();
        let mut words = Vec::new();
        let mut flaws = Vec::new();
        let mut blank = false;
        let mut level = |name: &str, field: &Field<String>| -> Option<Threshold> {
            let text = field.spanned()?;
            blank |= self.has_blank(&text);
            words.push(format!("{name} {}", self.words(&text)));
            self.threshold(Some(&metric), &text).map_err(|flaw| flaws.push(flaw)).ok()
        };
        let pass = level("pass", &written.pass);
        let warn = level("warn", &written.warn);
        let abort = level("abort", &written.abort);
        let between = self.text(&written.between).map(Box::new);
        let flaw = flaws.into_iter().next();
        if let (Some(_), Some(between)) = (&flaw, &between) {
            words.push(format!("between {}", between.plain()));
        }
        let written_as = format!("{metric}: {}", words.join(", "));
        let criterion = match flaw {
            Some(flaw) => Criterion::Unparsed { flaw },
            None => {
                let levels = Levels { metric, pass, warn, abort };
                let known = Criterion::Levels { levels: Box::new(levels), between };
                if blank { Criterion::Blank { example: Box::new(known) } } else { known }
            }
        };
        Some(Bar { span, written: written_as.into(), criterion, source })
    }
}

/// Parameters in one threshold; with more of them nobody knows which belong to its metric.
const MOST: usize = 8;

/// The metric of a threshold that names parameters, with what is `shown` for each of them, whatever their
/// values: those behind the metric are numbers in any case.
pub(super) fn metric_with(written: &str, shown: impl Fn(&str) -> String) -> Option<String> {
    let named = parameter::find(written);
    if named.is_empty() || named.len() > MOST {
        return None;
    }
    (0..=named.len()).rev().find_map(|within| {
        let (mut text, mut from) = (String::new(), 0);
        for (at, (name, range)) in named.iter().enumerate() {
            text += &written[from..range.start];
            text += &if at < within { shown(name) } else { "1".to_owned() };
            from = range.end;
        }
        Threshold::parse(&(text + &written[from..])).ok()?.metric.map(String::from)
    })
}

/// The one comparison that a bar is, that of its example where it has a blank.
fn single(criterion: &mut Criterion) -> Option<&mut Threshold> {
    match criterion {
        Criterion::Threshold(threshold) => Some(threshold),
        Criterion::Blank { example } => single(example),
        Criterion::Levels { .. } | Criterion::State { .. } | Criterion::Unparsed { .. } => None,
    }
}
