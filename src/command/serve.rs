//! `runsheet serve`: the site in a browser, current at every save.
//!
//! Pages and sheets are made when somebody asks for them, so that a save costs reading and checking
//! only. Never ends on a mistake in the content: the last good pages stay, and say what is wrong.

use std::sync::Arc;

use super::attempt::{self, Made, Stopped};
use super::terminal::plural;
use super::watch::{Said, Tried, absolute, turn, watcher};
use super::{Outcome, Place, clock};
use crate::cli::{Build, Serve};
use crate::error::{Error, Result};
use crate::output::Key;
use crate::pipeline::{Edition, Memory};
use crate::serve::{Address, Board, Content, End, File, Server, Watcher};

pub(crate) fn run(arguments: &Serve, place: &Place<'_>) -> Result<Outcome> {
    attempt::set_jobs(arguments.jobs)?;
    let root = absolute(place.root);
    let build = arguments.build();
    let end = End::listen()?;
    let server = Server::bind(&Address { host: arguments.host.clone(), port: arguments.port }, &end)?;
    let watcher = watcher(&root, &attempt::output(&build, place), &arguments.watching)?;
    let (terminal, open) = (place.terminal, arguments.open);
    let seat = Seat {
        build,
        board: Arc::default(),
        said: Said::new(terminal),
        memory: Memory::default(),
        tried: None,
    };
    end.during(move || seat.keep((server, watcher), open, &Place { root: &root, terminal }))?;
    Ok(Outcome::Fine)
}

/// Where somebody writes and sees.
struct Seat {
    build: Build,
    board: Arc<Board>,
    said: Said,
    memory: Memory,
    /// The key of the templates that were tried last.
    tried: Option<Key>,
}

impl Seat {
    /// Shows what there is and every change of it, for ever.
    ///
    /// # Errors
    /// When the first attempt says that no other could be made.
    fn keep(mut self, (server, mut watcher): (Server, Watcher), open: bool, place: &Place<'_>) -> Result<()> {
        let mut again = self.begin(server, open, place)?;
        loop {
            watcher.also(self.memory.fonts(place.root));
            again = turn(&mut watcher, again, place, || {
                self.edit(place).unwrap_or_else(|error| self.fail(&error))
            });
        }
    }

    /// Shows what there is; whoever asks before waits for it. Gives whether it has to be tried again.
    fn begin(&mut self, server: Server, open: bool, place: &Place<'_>) -> Result<bool> {
        let timer = clock::Timer::start();
        // Without a project there is nothing to wait for.
        let Tried { line, may_pass } = match self.edit(place) {
            Err(error) if attempt::is_of_text(&error, place.root) => self.fail(&error),
            tried => tried?,
        };
        let url = server.url();
        server.start(&self.board);
        place.terminal.say(&format!("{line} in {timer}; Ctrl-C ends"));
        place.terminal.answer(&format!("serving at {url}\n"))?;
        if open && let Err(error) = open::that_detached(&url) {
            place.terminal.warn(&format!("no browser could be opened: {error}"));
        }
        Ok(may_pass)
    }

    /// Shows what can be built, or says why it cannot; gives a line on that.
    fn edit(&mut self, place: &Place<'_>) -> Result<Tried> {
        let Made { value: edition, mut report } =
            match attempt::edition(&self.build, place, &mut self.memory)? {
                Ok(made) => made,
                Err(stopped) => return Ok(self.complain(stopped)),
            };
        edition.shape(&mut self.memory);
        let found = crate::diagnostic::Report::new(edition.found.clone());
        report += &attempt::print(&found, &edition.project.sources);
        if found.errors() > 0 {
            let count = super::terminal::count(&found);
            return Ok(self.complain(Stopped { report, count, may_pass: false }));
        }
        let jobs = edition.jobs();
        let templates = jobs.templates();
        if self.tried != Some(templates) {
            jobs.try_out()?;
            self.tried = Some(templates);
        }
        self.said.report(&report);
        let library = &edition.project.library;
        let made = [plural(library.runbooks.len(), "runbook"), plural(library.releases.len(), "release")];
        self.board.show(Arc::new(edition));
        Ok(Tried::done(format!("{} ready", made.join(", "))))
    }

    fn fail(&mut self, error: &Error) -> Tried {
        self.said.fail(error);
        self.board.complain(&error.to_string());
        Tried { line: "the last good pages stay".to_owned(), may_pass: attempt::may_pass(error) }
    }

    fn complain(&mut self, Stopped { report, count, may_pass }: Stopped) -> Tried {
        self.said.report(&report);
        self.board.complain(&anstream::adapter::strip_str(&report).to_string());
        Tried { line: format!("{count}, the last good pages stay"), may_pass }
    }
}

impl Content for Edition {
    fn find(&self, path: &str, wants: &dyn Fn(Key) -> bool) -> Option<File> {
        self.jobs().find(path, |job| {
            let key = job.bare_key();
            let made = || job.make().map(|made| made.bytes).map_err(|error| error.to_string());
            File { key, bytes: key.is_none_or(wants).then(made) }
        })
    }

    fn assets(&self) -> Vec<String> {
        self.jobs().assets().map(|job| job.path().to_owned()).collect()
    }

    fn not_found(&self) -> Option<Vec<u8>> {
        Edition::not_found(self).ok().map(String::into_bytes)
    }

    fn style(&self) -> &str {
        Edition::style(self)
    }

    fn worded(&self, script: &str) -> String {
        Edition::worded(self, script)
    }

    fn has_scripts(&self) -> bool {
        Edition::has_scripts(self)
    }
}
