//! File events → batches of changed paths. The only file that knows the watching library.
//!
//! Takes the folders of a project, gives the paths that changed since the last batch, once the disk
//! has been quiet for a while. Events of reading are dropped, or a build would wake itself; so is
//! everything below the output folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::EventKind;
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::error::{Error, Result};

/// How often the disk is looked at where it does not tell by itself.
const POLL: Duration = Duration::from_millis(500);
/// However busy the disk is, a batch is given after so many quiet periods.
const MOST_PERIODS: u32 = 10;

/// How to watch.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How long the disk has to be quiet before a batch is given.
    pub quiet: Duration,
    /// Look again and again instead of being told: for network drives.
    pub poll: bool,
}

/// Watches the folders of a project.
pub struct Watcher {
    events: Receiver<notify::Result<Event>>,
    settings: Settings,
    output: PathBuf,
    // Watching ends when this is dropped.
    _watcher: Box<dyn notify::Watcher>,
}

impl Watcher {
    /// Watches `content` and `themes` below `root`, but not `output`.
    ///
    /// # Errors
    /// When the operating system has no watches left, or `content` is not there.
    pub fn new(root: &Path, output: &Path, settings: Settings) -> Result<Self> {
        let (sender, events) = channel();
        // The receiver lives as long as the watcher; a failed send only means that the program ends.
        let tell = move |event| drop(sender.send(event));
        let failed = |path: &Path, error: notify::Error| {
            let message = format!("cannot be watched: {error}; try `--poll`");
            Error::place(path, message)
        };
        let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
        let mut watcher: Box<dyn notify::Watcher> = if settings.poll {
            Box::new(PollWatcher::new(tell, config).map_err(|error| failed(root, error))?)
        } else {
            Box::new(RecommendedWatcher::new(tell, config).map_err(|error| failed(root, error))?)
        };
        // The root itself tells when `content` or `themes` is replaced as a whole.
        watcher.watch(root, RecursiveMode::NonRecursive).map_err(|error| failed(root, error))?;
        for folder in ["content", "themes"] {
            let folder = root.join(folder);
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive).map_err(|error| failed(&folder, error))?;
            }
        }
        let output = output.canonicalize().unwrap_or_else(|_| output.to_path_buf());
        Ok(Self { events, settings, output, _watcher: watcher })
    }

    /// Waits for the next batch of changed paths; `None` when watching has ended.
    pub fn next(&self) -> Option<BTreeSet<PathBuf>> {
        let mut changed = BTreeSet::new();
        while changed.is_empty() {
            let event = self.events.recv().ok()?;
            self.take(event, &mut changed);
        }
        for _ in 0..MOST_PERIODS {
            match self.events.recv_timeout(self.settings.quiet) {
                Ok(event) => self.take(event, &mut changed),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        Some(changed)
    }

    fn take(&self, event: notify::Result<Event>, changed: &mut BTreeSet<PathBuf>) {
        let Ok(event) = event else { return };
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let ours = |path: &PathBuf| {
            let staging =
                path.file_name().is_some_and(|name| name.to_string_lossy().contains(".runsheet-new"));
            !path.starts_with(&self.output) && !staging && *path != self.output
        };
        changed.extend(event.paths.into_iter().filter(ours));
    }
}
