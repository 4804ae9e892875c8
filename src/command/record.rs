//! `runsheet record`: what became of a check, step, section, message or trigger.
//!
//! Takes what was typed, refuses what no reader of the journal could take up, appends the rest and
//! answers how a value compares with its bar. A value that misses is a fact like any other.

use super::logbook::Logbook;
use super::pick::{pick, unknown};
use super::{Outcome, Place};
use crate::cli::{Record, State};
use crate::diagnostic::one_of;
use crate::error::{Error, Result};
use crate::model::document::EventState;
use crate::model::quantity::Flaw;
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Item, Message, Section, Trigger};
use crate::release::{self, About, Answer, Authority, ItemEvent, Line, Typed, answer, answer_trigger};

/// What an event can be about.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    Item(&'a Item),
    Section(&'a Section),
    Message(&'a Message),
    Trigger(&'a Trigger),
}

pub(crate) fn run(arguments: &Record, place: &Place<'_>) -> Result<Outcome> {
    let book = Logbook::open(place, &arguments.release)?;
    let (id, subject) = subject(book.runbook()?, arguments)?;
    subject.takes(id, arguments)?;
    let at = book.at(&arguments.stamp)?;
    let typed = arguments.actual.as_deref();
    let typed = typed.map(|actual| Typed { actual, metric: arguments.metric.as_deref(), day: book.day(at) });
    let answer = typed.map(|typed| subject.answer(id, typed)).transpose()?;
    let line = Line {
        why: arguments.why.clone(),
        until: arguments.until.as_deref().map(end).transpose()?,
        evidence: arguments.evidence.clone(),
        note: arguments.note.clone(),
        ..book.line(&arguments.stamp, subject.about(id, arguments, answer.as_ref())?)?
    };
    book.append(&line)?;
    if let Some(answer) = &answer {
        for words in &answer.words {
            place.terminal.answer(&format!("{words}\n"))?;
        }
    }
    book.doubt_right(&line);
    if arguments.confirm.is_some()
        && let Some(refused) = not_second(&Logbook::open(place, &arguments.release)?, id, &line)
    {
        book.warn(&format!("{refused}: the confirmation does not count"));
    }
    if line.until.as_deref().is_some_and(|until| is_over(until, &book)) {
        book.warn("the waiver has ended already");
    }
    let misses = answer.is_some_and(|answer| answer.misses);
    if let Some(doubt) = subject.doubt(id, arguments, misses) {
        book.warn(&doubt);
    }
    Ok(Outcome::Fine)
}

/// That whoever may confirm is no second person, as the release is judged with the line in its journal.
fn not_second(book: &Logbook<'_>, id: &str, line: &Line) -> Option<String> {
    let assessed = release::assess(book.release(), book.roster(), book.now());
    let mut confirmed = assessed.items.get(id)?.confirmed.iter().rev();
    let own = confirmed.find(|one| one.mark.at == line.at && one.mark.by == line.by)?;
    let held = Authority::new(book.roster(), &book.release().roles).may_speak(&line.by, &own.role);
    own.did.filter(|_| held).and(own.refused.as_ref()).map(ToString::to_string)
}

/// Everything of a runbook that events can be about, by id.
pub(super) fn subjects(runbook: &Runbook) -> Vec<(&str, Subject<'_>)> {
    let sections = runbook.all_sections();
    let items = runbook.all_items().into_iter().map(|(_, item)| (item.id.as_str(), Subject::Item(item)));
    let own = sections.iter().map(|section| (section.id.as_str(), Subject::Section(section)));
    let messages = sections.iter().flat_map(|section| section.messages());
    let messages = messages.map(|message| (message.id.as_str(), Subject::Message(message)));
    let triggers = sections.iter().flat_map(|section| section.triggers());
    let triggers = triggers.map(|trigger| (trigger.id.as_str(), Subject::Trigger(trigger)));
    items.chain(own).chain(messages).chain(triggers).collect()
}

/// What the word names; the state says of which kind it is.
fn subject<'a>(runbook: &'a Runbook, arguments: &Record) -> Result<(&'a str, Subject<'a>)> {
    let word = arguments.item.as_str();
    let all = subjects(runbook);
    if let Some(exact) = all.iter().find(|(name, _)| *name == word) {
        return Ok(*exact);
    }
    if runbook.all_sections().into_iter().flat_map(Section::gates).any(|gate| gate.id == word) {
        let help = format!("record what is called there: `runsheet call {} {word} go`", arguments.release);
        return Err(Error::usage_help(format!("`{word}` is a gate"), help));
    }
    let can_be =
        |state: State| all.iter().filter(move |(_, subject)| subject.states().contains(&self::state(state)));
    let (what, fitting) = match arguments.state {
        Some(state @ State::Sent) => ("message", can_be(state).copied().collect()),
        Some(state @ (State::Fired | State::Cleared)) => ("trigger", can_be(state).copied().collect()),
        Some(state) => ("item or section", can_be(state).copied().collect()),
        None => ("item or section", all.clone()),
    };
    pick(word, &format!("{what} of `{}`", runbook.id), &fitting)
}

impl Subject<'_> {
    fn word(self) -> &'static str {
        match self {
            Self::Item(item) if item.step => "step",
            Self::Item(_) => "check",
            Self::Section(_) => "section",
            Self::Message(_) => "message",
            Self::Trigger(_) => "trigger",
        }
    }

    pub(super) fn title(self) -> String {
        match self {
            Self::Item(item) => item.title.plain(),
            Self::Section(section) => section.title.plain(),
            Self::Message(message) => message.title.plain(),
            Self::Trigger(trigger) => trigger.condition.plain(),
        }
    }

    /// What it can be.
    pub(super) fn states(self) -> &'static [EventState] {
        use EventState::{Blocked, Cleared, Done, Failed, Fired, NotApplicable, Pending, Sent, Waived};
        match self {
            Self::Item(_) | Self::Section(_) => &[Done, Failed, Blocked, NotApplicable, Waived, Pending],
            Self::Message(_) => &[Sent],
            Self::Trigger(_) => &[Fired, Cleared],
        }
    }

    /// Refuses what it cannot take.
    fn takes(self, id: &str, arguments: &Record) -> Result<()> {
        let is = format!("`{id}` is a {}", self.word());
        let states = one_of(self.states().iter().map(EventState::word));
        if let Some(state) = arguments.state.map(state)
            && !self.states().contains(&state)
        {
            let message = format!("{is} and cannot be `{}`", state.word());
            return Err(Error::usage_help(message, format!("record it as {states}")));
        }
        let item = matches!(self, Self::Item(_));
        let judged = item || matches!(self, Self::Section(_));
        let measured = judged || matches!(self, Self::Trigger(_));
        let refused = [
            ("--actual", arguments.actual.is_some() && !measured),
            ("--metric", arguments.metric.is_some() && !judged),
            ("--field", arguments.field.is_some() && !item),
            ("--confirm", arguments.confirm.is_some() && !item),
        ];
        if let Some((flag, _)) = refused.into_iter().find(|(_, refused)| *refused) {
            return Err(Error::usage(format!("{is} and takes no `{flag}`")));
        }
        said(arguments, &states)
    }

    /// What is not as it seems with what was just recorded.
    fn doubt(self, id: &str, arguments: &Record, misses: bool) -> Option<String> {
        match (arguments.state?, self) {
            (State::Done, _) if misses => Some(format!("`{id}` is recorded as done and counts as failed")),
            (State::Waived, _) if arguments.until.is_none() => {
                Some("the waiver has no end; `--until` gives it one".to_owned())
            }
            (State::NotApplicable, Self::Item(Item { applies: None, .. })) => {
                Some(format!("`{id}` does not say when it `applies`, so n/a leaves it open"))
            }
            _ => None,
        }
    }

    /// How a value compares.
    fn answer(self, id: &str, typed: Typed<'_>) -> Result<Answer> {
        let answered = match self {
            Self::Item(item) => answer(&item.bars, typed),
            Self::Section(section) => answer(&section.bars().cloned().collect::<Vec<Bar>>(), typed),
            Self::Trigger(Trigger { bar: Some(bar), .. }) => answer_trigger(bar, typed),
            Self::Trigger(_) | Self::Message(_) => {
                return Err(Error::usage(format!("`{id}` has no value to compare with")));
            }
        };
        answered.map_err(|Flaw { message, help, .. }| {
            let message = format!("`{id}`: {message}");
            Error::Usage { message, help }
        })
    }

    fn about(self, id: &str, arguments: &Record, answer: Option<&Answer>) -> Result<About> {
        let (id, state) = (id.to_owned(), arguments.state.map(state));
        Ok(match self {
            Self::Message(_) => About::Message { message: id, state: EventState::Sent },
            Self::Trigger(_) => About::Trigger { trigger: id, state, actual: arguments.actual.clone() },
            Self::Section(_) | Self::Item(_) => About::Item(ItemEvent {
                field: self.field(&id, arguments)?,
                confirm: self.confirm(&id, arguments)?,
                item: id,
                state,
                metric: answer.and_then(|answer| answer.metric.clone()),
                actual: arguments.actual.clone(),
            }),
        })
    }

    /// The blank as the runbook calls it, and what is written in it.
    fn field(self, id: &str, arguments: &Record) -> Result<Option<(String, String)>> {
        let (Self::Item(item), Some(typed), Some(value)) = (self, &arguments.field, &arguments.value) else {
            return Ok(None);
        };
        let titles: Vec<String> = item.records.iter().map(|record| record.title.plain()).collect();
        let names: Vec<(&str, ())> = titles.iter().map(|title| (title.as_str(), ())).collect();
        let (title, ()) = pick(typed, &format!("blank of `{id}`"), &names)?;
        let record = item.records.iter().find(|record| record.title.plain() == title);
        if let Some(wanted) = record.and_then(|record| record.kind.misfit(value)) {
            let message = format!("`{value}` does not fit the blank `{title}`");
            return Err(Error::usage_help(message, format!("write {wanted}")));
        }
        Ok(Some((title.to_owned(), value.clone())))
    }

    fn confirm(self, id: &str, arguments: &Record) -> Result<Option<String>> {
        let (Self::Item(item), Some(role)) = (self, &arguments.confirm) else { return Ok(None) };
        if item.confirm.is_empty() {
            return Err(Error::usage(format!("`{id}` asks for no second person")));
        }
        let mut roles = item.confirm.iter().map(|role| role.name.as_str());
        if roles.any(|name| name == role) {
            return Ok(Some(role.clone()));
        }
        let names = item.confirm.iter().map(|role| role.name.as_str());
        Err(unknown(role, &format!("role that confirms `{id}`"), names))
    }
}

/// Whether enough is said, and no more than fits together.
fn said(arguments: &Record, states: &str) -> Result<()> {
    let blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    if let Some(State::NotApplicable | State::Waived) = arguments.state
        && blank(&arguments.why)
    {
        let state = arguments.state.map_or("", |typed| state(typed).word());
        return Err(Error::usage(format!("`{state}` needs a reason: add `--why`")));
    }
    if arguments.until.is_some() && arguments.state != Some(State::Waived) {
        return Err(Error::usage("`--until` is the end of a waiver and goes with `waived`"));
    }
    let details = [&arguments.actual, &arguments.field, &arguments.confirm];
    let remarks = [&arguments.why, &arguments.evidence, &arguments.note];
    if arguments.state.is_none() && details.into_iter().chain(remarks).all(blank) {
        let help = format!("say what it is ({states}), or give a value, a note or evidence");
        return Err(Error::usage_help("there is nothing to record", help));
    }
    Ok(())
}

/// The end of a waiver: a day or an instant.
fn end(text: &str) -> Result<String> {
    let text = text.trim();
    let day = text.parse::<jiff::civil::Date>().is_ok_and(|day| day.to_string() == text);
    if day || text.parse::<jiff::Timestamp>().is_ok() {
        return Ok(text.to_owned());
    }
    let help = "write `2026-12-03`, or `2026-12-03T18:00:00Z`";
    Err(Error::usage_help(format!("`{text}` is neither a date nor an instant"), help))
}

/// Whether the end of a waiver, as `end` gives it, has passed.
fn is_over(until: &str, book: &Logbook<'_>) -> bool {
    let day = until.parse::<jiff::civil::Date>().is_ok_and(|day| day < book.day(book.now()));
    day || until.parse::<jiff::Timestamp>().is_ok_and(|instant| instant <= book.now())
}

fn state(typed: State) -> EventState {
    match typed {
        State::Done => EventState::Done,
        State::Failed => EventState::Failed,
        State::Blocked => EventState::Blocked,
        State::NotApplicable => EventState::NotApplicable,
        State::Waived => EventState::Waived,
        State::Pending => EventState::Pending,
        State::Sent => EventState::Sent,
        State::Fired => EventState::Fired,
        State::Cleared => EventState::Cleared,
    }
}
