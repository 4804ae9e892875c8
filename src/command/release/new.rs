//! `runsheet release new`: the plan of a release, and an empty journal beside it.
//!
//! Takes what the command line says, asks on a terminal for what is missing, and writes both files; a
//! file that is there stays as it is. The name is the version, or the runbook and the version where
//! another runbook has a release of that name.

use std::io::{BufRead, Write};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::ask::{self, Asker};
use super::trial::Trial;
use crate::check::named;
use crate::cli::New;
use crate::command::pick::unknown;
use crate::command::{Outcome, Place, journal};
use crate::error::{Error, Result};
use crate::model::roster::{Party, PartyKind, Roster};
use crate::model::runbook::{Parameter, Runbook};
use crate::pipeline::{self, Project};
use crate::release::{Plan, PlanWindow};

pub(crate) fn run(arguments: &New, place: &Place<'_>) -> Result<Outcome> {
    let project = pipeline::load(place.root, &place.root.join("output"))?;
    let library = &project.library;
    let Some(runbook) = library.runbook(&arguments.runbook) else {
        let ids = library.runbooks.iter().map(|runbook| runbook.id.as_str());
        return Err(unknown(&arguments.runbook, "runbook", ids));
    };
    let name = name(&project, runbook, &arguments.version)?;
    let trial = Trial::new(&project, format!("content/releases/{name}.yaml"));
    let mut draft = Draft::new(arguments, runbook, &project)?;
    if ask::is_attended() {
        trial.judge(&draft.plan())?;
        draft.ask(&mut ask::terminal(), &trial)?;
    }
    if arguments.zone.is_some() && draft.window.is_none() {
        let help = "say when it begins: `--start 2026-12-01T09:00`";
        return Err(Error::usage_help("`--zone` is that of a window, and there is none", help));
    }
    draft.appoint();
    draft.complete()?;
    let doubts = trial.judge(&draft.plan())?;
    for time in draft.doubtful() {
        let zone = &draft.zone.0;
        place.terminal.warn(&format!("`{time}` does not exist or exists twice in `{zone}`"));
    }
    let unheld = draft.unheld();
    for role in &unheld {
        place.terminal.warn(&format!("nobody holds the role `{}`", role.id.value));
    }
    if !doubts.is_empty() {
        place.terminal.say(doubts.trim_end());
    }
    let schema = place.root.join("schema/release.json").is_file();
    let plan = Plan { schema: schema.then(|| "../../schema/release.json".to_owned()), ..draft.plan() };
    let (plan_path, journal_path) = (trial.path(), format!("content/releases/{name}.journal.yaml"));
    journal::create(place.root, &place.root.join(plan_path), &plan.to_string())?;
    journal::create(place.root, &place.root.join(&journal_path), "")?;
    place.terminal.answer(&format!("{name}\n"))?;
    place.terminal.say(&format!("wrote {plan_path} and {journal_path}"));
    Ok(Outcome::Fine)
}

/// The name of the release: what its files are called.
fn name(project: &Project, runbook: &Runbook, version: &str) -> Result<String> {
    let sign = |c: char| c.is_alphanumeric() || "._+-".contains(c);
    let safe = |text: &str| text.chars().map(|c| if sign(c) { c } else { '-' }).collect::<String>();
    let short = safe(version.trim()).trim_start_matches(['.', '-']).to_owned();
    let ending = [".yaml", ".yml", ".md", ".journal"].iter().any(|ending| short.ends_with(ending));
    if short.is_empty() || ending {
        return Err(Error::usage(format!("`{version}` makes no name for a file")));
    }
    let taken = |name: &str| {
        let endings = [".yaml", ".yml", ".journal.yaml"];
        let mut paths = endings.iter().map(|ending| format!("content/releases/{name}{ending}"));
        paths.any(|path| project.sources.find(&path).is_some())
    };
    let other = project.library.release(&short).is_some_and(|other| other.runbook_id.name != runbook.id);
    let name = if other { format!("{}-{short}", safe(&runbook.id)) } else { short };
    if taken(&name) {
        let message = format!("there is a release `{name}` already; nothing is overwritten");
        return Err(Error::usage(message));
    }
    Ok(name)
}

/// A plan in the making.
struct Draft<'a> {
    version: &'a str,
    runbook: &'a Runbook,
    roster: &'a Roster,
    zone: (String, TimeZone),
    window: Option<PlanWindow>,
    roles: Vec<(String, Vec<String>)>,
    parameters: Vec<(String, String)>,
}

impl<'a> Draft<'a> {
    /// What the command line says.
    fn new(arguments: &'a New, runbook: &'a Runbook, project: &'a Project) -> Result<Self> {
        let zone = arguments.zone.clone().unwrap_or_else(|| project.config.zone.clone());
        let Ok(time_zone) = TimeZone::get(&zone) else {
            let help = "use a name of the IANA database, such as `Europe/Madrid`";
            return Err(Error::usage_help(format!("there is no time zone `{zone}`"), help));
        };
        let roster = &project.library.roster;
        let (roles, parameters) = (Vec::new(), Vec::new());
        let (version, zone) = (arguments.version.as_str(), (zone, time_zone));
        let mut draft = Self { version, runbook, roster, zone, window: None, roles, parameters };
        draft.window = arguments.start.as_deref().map(|start| draft.starts(start)).transpose()?;
        if let (Some(window), Some(end)) = (draft.window.clone(), &arguments.end) {
            let end = Some(draft.ends(window.start, end)?);
            draft.window = Some(PlanWindow { end, ..window });
        }
        for (role, holder) in &arguments.roles {
            draft.hold(role, holder)?;
        }
        for (name, value) in &arguments.parameters {
            draft.set(name, value)?;
        }
        // The version is said already, and a default would be that of another release.
        let asked = runbook.parameters.iter().any(|parameter| parameter.name.value == "version");
        if asked && !draft.parameters.iter().any(|(name, _)| name == "version") {
            draft.set("version", &arguments.version)?;
        }
        Ok(draft)
    }

    fn plan(&self) -> Plan {
        Plan {
            schema: None,
            runbook: self.runbook.id.clone(),
            version: self.version.to_owned(),
            window: self.window.clone(),
            roles: self.roles.clone(),
            parameters: self.parameters.clone(),
        }
    }

    /// The same with one more value.
    fn plan_with(&self, name: &str, value: &str) -> Plan {
        let mut plan = self.plan();
        plan.parameters.push((name.to_owned(), value.to_owned()));
        plan
    }

    fn starts(&self, start: &str) -> Result<PlanWindow> {
        let start = local(start, &self.zone.1)?;
        Ok(PlanWindow { start, end: None, zone: self.zone.0.clone() })
    }

    /// The end of a window that begins at `start`.
    fn ends(&self, start: DateTime, end: &str) -> Result<DateTime> {
        let end = local(end, &self.zone.1)?;
        if end <= start {
            return Err(Error::usage("the window ends before it begins"));
        }
        Ok(end)
    }

    fn hold(&mut self, role: &str, holder: &str) -> Result<()> {
        let roles = ids(self.roster, &[PartyKind::Role]);
        if !roles.clone().any(|id| id == role) {
            return Err(unknown(role, "role", roles));
        }
        if self.roles.iter().any(|(known, _)| known == role) {
            return Err(Error::usage(format!("`--role {role}` is given twice")));
        }
        let holder = self.holder(holder)?;
        self.roles.push((role.to_owned(), vec![holder]));
        Ok(())
    }

    /// The id of a person or team.
    fn holder(&self, holder: &str) -> Result<String> {
        let holders = ids(self.roster, &[PartyKind::Person, PartyKind::Team]);
        match holders.clone().find(|id| *id == holder) {
            Some(id) => Ok(id.to_owned()),
            None => Err(unknown(holder, "person or team", holders)),
        }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let names = self.runbook.parameters.iter().map(|parameter| parameter.name.value.as_str());
        if !names.clone().any(|known| known == name) {
            return Err(unknown(name, &format!("parameter of `{}`", self.runbook.id), names));
        }
        if self.parameters.iter().any(|(known, _)| known == name) {
            return Err(Error::usage(format!("`--parameter {name}` is given twice")));
        }
        self.parameters.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    /// Times of the window that the clock there shows never, or twice.
    fn doubtful(&self) -> Vec<DateTime> {
        let times = self.window.iter().flat_map(|window| [Some(window.start), window.end]).flatten();
        times.filter(|time| self.zone.1.to_ambiguous_zoned(*time).is_ambiguous()).collect()
    }

    /// Parameters that have no value yet.
    fn missing(&self) -> Vec<&'a Parameter> {
        let given: Vec<&str> = self.parameters.iter().map(|(name, _)| name.as_str()).collect();
        let open = self.runbook.parameters.iter().filter(|parameter| parameter.value.is_none());
        open.filter(|one| !given.contains(&one.name.value.as_str())).collect()
    }

    /// Roles of the runbook that nobody holds.
    fn unheld(&self) -> Vec<&'a Party> {
        self.open().into_iter().filter(|party| party.holder.is_none()).collect()
    }

    /// Roles of the runbook of which the plan does not say who holds them, in the order of the roster.
    fn open(&self) -> Vec<&'a Party> {
        let wanted: Vec<&str> =
            named(self.runbook).iter().map(|named| named.reference.name.as_str()).collect();
        let parties = self.roster.parties.iter().filter(|party| party.kind == PartyKind::Role);
        let roles = parties.filter(|party| wanted.contains(&party.id.value.as_str()));
        roles.filter(|party| !self.roles.iter().any(|(role, _)| *role == party.id.value)).collect()
    }

    /// Who holds the other roles today: a plan that says so is judged alike when the roster has changed.
    fn appoint(&mut self) {
        for role in self.open() {
            let Some(holder) = &role.holder else { continue };
            let holders = std::iter::once(holder).chain(&role.backup).map(|holder| self.holder(&holder.name));
            // A holder that the roster does not know is told by `check`.
            if let Ok(holders) = holders.collect() {
                self.roles.push((role.id.value.clone(), holders));
            }
        }
    }

    /// Asks for what is missing; a value that the runbook does not take is asked for again.
    fn ask<R: BufRead, W: Write>(&mut self, asker: &mut Asker<R, W>, trial: &Trial<'_>) -> Result<()> {
        self.ask_window(asker);
        for role in self.unheld() {
            let id = &role.id.value;
            let question = format!("who is {id}, {} (empty: nobody yet)", role.title.plain());
            if let Some(holder) = asker.until(&question, false, |text| self.holder(text)) {
                self.roles.push((id.clone(), vec![holder]));
            }
        }
        for parameter in self.missing() {
            let about = parameter.about.as_ref().map(|about| format!(", {}", about.plain()));
            let example = parameter.example.as_ref().map(|example| format!(", such as {example}"));
            let (about, example) = (about.unwrap_or_default(), example.unwrap_or_default());
            let name = &parameter.name.value;
            let question = format!("{name}{about}{example}");
            let right = |text: &str| trial.judge(&self.plan_with(name, text)).map(|_| text.to_owned());
            if let Some(value) = asker.until(&question, true, right) {
                self.set(name, &value)?;
            }
        }
        Ok(())
    }

    /// Asks when the window begins and when it ends, where that is not said.
    fn ask_window<R: BufRead, W: Write>(&mut self, asker: &mut Asker<R, W>) {
        let zone = &self.zone.0;
        let window = self.window.clone().or_else(|| {
            let question = format!("start, such as 2026-12-01T09:00, in {zone} (empty: not yet)");
            asker.until(&question, false, |text| self.starts(text))
        });
        let Some(mut window) = window else { return };
        if window.end.is_none() {
            let question = format!("end, such as 2026-12-01T12:00, in {zone} (empty: open)");
            window.end = asker.until(&question, false, |text| self.ends(window.start, text));
        }
        self.window = Some(window);
    }

    /// Every parameter must have a value; who forgot one is told all that is missing.
    fn complete(&self) -> Result<()> {
        let parameters: Vec<String> =
            self.missing().iter().map(|one| format!("--parameter {}=VALUE", one.name.value)).collect();
        if parameters.is_empty() {
            return Ok(());
        }
        let roles = self.unheld().into_iter().map(|role| format!("--role {}=PERSON", role.id.value));
        let flags: Vec<String> = roles.chain(parameters).collect();
        let message = format!("the runbook `{}` needs more to be planned", self.runbook.id);
        Err(Error::usage_help(message, format!("add {}", flags.join(" "))))
    }
}

/// The ids of parties of some kinds.
fn ids<'a>(roster: &'a Roster, kinds: &'static [PartyKind]) -> impl Iterator<Item = &'a str> + Clone {
    let parties = roster.parties.iter().filter(|party| kinds.contains(&party.kind));
    parties.map(|party| party.id.value.as_str())
}

/// A local time; an instant is turned into one.
fn local(text: &str, zone: &TimeZone) -> Result<DateTime> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant.to_zoned(zone.clone()).datetime());
    }
    let time = text.parse::<DateTime>().ok().filter(|_| text.contains(':'));
    let help = "write it as `2026-12-01T09:00`";
    time.ok_or_else(|| Error::usage_help(format!("`{text}` is not a local date and time"), help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    const PLAIN: &str = "title: Shop\nstatus: draft\nsections: [{ title: Ready }]\n";

    fn project(runbook: &str) -> Project {
        let texts = [("content/site.yaml", "title: Shop\n"), ("content/runbooks/shop.yaml", runbook)];
        let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
        pipeline::resolve(Sources::from_texts(texts.into()), Vec::new())
    }

    fn arguments(start: Option<&str>) -> New {
        New {
            version: "v1".to_owned(),
            runbook: "shop".to_owned(),
            start: start.map(str::to_owned),
            end: None,
            zone: None,
            roles: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// The plan after these answers, and what was asked.
    fn asked(project: &Project, start: Option<&str>, answers: &str) -> (Plan, String) {
        let (arguments, mut output) = (arguments(start), Vec::new());
        let mut draft = Draft::new(&arguments, project.library.runbook("shop").unwrap(), project).unwrap();
        let trial = Trial::new(project, "content/releases/v1.yaml".to_owned());
        draft.ask(&mut Asker { input: answers.as_bytes(), output: &mut output }, &trial).unwrap();
        (draft.plan(), String::from_utf8(output).unwrap())
    }

    #[test]
    fn a_window_is_asked_for_with_its_end() {
        let project = project(PLAIN);
        let window = |start, answers| {
            let (plan, said) = asked(&project, start, answers);
            (plan.to_string(), said)
        };
        let (plan, said) = window(None, "2026-12-01T09:00\n2026-12-01T08:00\n2026-12-01T12:00\n");
        let whole = "window: { start: 2026-12-01T09:00, end: 2026-12-01T12:00, zone: UTC }\n";
        assert_eq!(plan, format!("runbook: shop\nversion: v1\n{whole}"));
        let first = "start, such as 2026-12-01T09:00, in UTC (empty: not yet): ";
        let second = "end, such as 2026-12-01T12:00, in UTC (empty: open): ";
        assert_eq!(said, format!("{first}{second}the window ends before it begins\n{second}"));
        let (plan, said) = window(Some("2026-12-01T09:00"), "\n");
        let open = "window: { start: 2026-12-01T09:00, zone: UTC }\n";
        assert_eq!((plan, said), (format!("runbook: shop\nversion: v1\n{open}"), second.to_owned()));
        assert_eq!(window(None, "\n"), ("runbook: shop\nversion: v1\n".to_owned(), first.to_owned()));
    }

    #[test]
    fn a_value_that_does_not_fit_is_asked_for_again() {
        let runbook = "\
title: Shop
status: draft
parameters: { limit: { example: 5 % } }
sections: [{ title: Ready, thresholds: ['error rate < {{ limit }}'] }]
";
        let (plan, asked) = asked(&project(runbook), Some("2026-12-01T09:00"), "\nsoon\n1 %\n");
        assert_eq!(plan.parameters, [("limit".to_owned(), "1 %".to_owned())]);
        let said = "\
end, such as 2026-12-01T12:00, in UTC (empty: open): limit, such as 5 %: the runbook `shop` does not take these values

error[unparsed-threshold]: `error rate < soon` is not a threshold
 --> content/releases/v1.yaml:4:22
  |
4 | parameters: { limit: soon }
  |                      ^^^^ with this value
  |
 ::: content/runbooks/shop.yaml:4:41
  |
4 | sections: [{ title: Ready, thresholds: ['error rate < {{ limit }}'] }]
  |                                         -------------------------- `soon` is not a quantity
  |
  = help: a quantity is a number with its unit, such as `500 ms`
limit, such as 5 %: ";
        assert_eq!(asked, said);
    }
}
