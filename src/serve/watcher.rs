//! File events → batches of changed paths. The only file that knows the watching library.
//!
//! Takes the folders of a project, gives the paths that changed since the last batch, once the disk
//! has been quiet for a while. Events of reading are dropped, or a build would wake itself; so is
//! everything below the output folder. Folders that are replaced are watched anew, whether an event
//! told of that or not.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use notify::event::EventKind;
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::error::{Error, Result};

/// How often the disk is looked at where it does not tell by itself.
const POLL: Duration = Duration::from_millis(500);
/// However busy the disk is, a batch is given after so many quiet periods.
const MOST_PERIODS: u32 = 25;
/// Into how many slices a quiet period is cut.
const SLICES: u32 = 5;
/// How often it is looked whether the watched folders are still the same ones.
const ROUND: Duration = Duration::from_millis(500);

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
    root: PathBuf,
    output: PathBuf,
    settings: Settings,
    sender: Sender<notify::Result<Event>>,
    events: Receiver<notify::Result<Event>>,
    /// The folders that are watched, each with its number on the disk.
    folders: Vec<(PathBuf, Option<u64>)>,
    // Watching ends when this is dropped.
    watching: Box<dyn notify::Watcher + Send>,
}

impl Watcher {
    /// Watches `content`, `themes` and what they link to below `root`, but not `output`.
    ///
    /// # Errors
    /// When the operating system has no watches left, or `root` is not there.
    pub fn new(root: &Path, output: &Path, settings: Settings) -> Result<Self> {
        let (sender, events) = channel();
        let root = root.to_path_buf();
        let output = output.canonicalize().unwrap_or_else(|_| output.to_path_buf());
        let (watching, folders) = watch(&root, settings, &sender)?;
        Ok(Self { root, output, settings, sender, events, folders, watching })
    }

    /// Waits for the next batch of changed paths. A path of a folder means everything below it.
    pub fn wait(&mut self) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        while changed.is_empty() {
            match self.events.recv_timeout(ROUND) {
                Ok(event) => self.take(event, &mut changed),
                Err(_) => self.look_after_folders(&mut changed),
            }
        }
        self.gather(&mut changed);
        self.look_after_folders(&mut changed);
        changed
    }

    /// Takes events until none came for a quiet period, which is looked at in slices.
    fn gather(&self, changed: &mut BTreeSet<PathBuf>) {
        let mut quiet = 0;
        for _ in 0..MOST_PERIODS * SLICES {
            std::thread::sleep(self.settings.quiet / SLICES);
            let came: Vec<_> = self.events.try_iter().collect();
            quiet = if came.is_empty() { quiet + 1 } else { 0 };
            if quiet == SLICES {
                break;
            }
            came.into_iter().for_each(|event| self.take(event, changed));
        }
    }

    fn take(&self, event: notify::Result<Event>, changed: &mut BTreeSet<PathBuf>) {
        let ours = |path: &PathBuf| {
            let staging =
                path.file_name().is_some_and(|name| name.to_string_lossy().contains(".runsheet-new"));
            !path.starts_with(&self.output) && !staging && self.concerns(path)
        };
        match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
            Ok(event) if !event.need_rescan() => changed.extend(event.paths.into_iter().filter(ours)),
            // Events were lost: anything may have changed.
            Ok(_) | Err(_) => drop(changed.insert(self.root.clone())),
        }
    }

    /// Whether a path is one of the content, of a theme or of what one of them links to.
    fn concerns(&self, path: &Path) -> bool {
        let mut folders =
            self.folders.iter().map(|(folder, _)| folder).filter(|folder| **folder != self.root);
        folders.any(|folder| path.starts_with(folder)) || self.homes().any(|home| path.starts_with(home))
    }

    fn homes(&self) -> impl Iterator<Item = PathBuf> {
        ["content", "themes"].map(|folder| self.root.join(folder)).into_iter()
    }

    /// Watches anew where a folder was replaced, or is there for the first time.
    fn look_after_folders(&mut self, changed: &mut BTreeSet<PathBuf>) {
        let now = folders(&self.root);
        if now == self.folders {
            return;
        }
        let before: Vec<_> = std::mem::take(&mut self.folders);
        changed.extend(
            now.iter()
                .chain(&before)
                .filter(|one| !(now.contains(one) && before.contains(one)))
                .map(|one| one.0.clone()),
        );
        // Where nothing can be watched yet, as while the root is away, the next round tries again.
        if let Ok((watching, folders)) = watch(&self.root, self.settings, &self.sender) {
            (self.watching, self.folders) = (watching, folders);
        }
    }
}

type Watched = (Box<dyn notify::Watcher + Send>, Vec<(PathBuf, Option<u64>)>);

fn watch(root: &Path, settings: Settings, sender: &Sender<notify::Result<Event>>) -> Result<Watched> {
    let failed = |path: &Path, error: notify::Error| {
        let message = format!("cannot be watched: {error}; try `--poll`");
        Error::place(path, message)
    };
    let sender = sender.clone();
    // The receiver lives as long as the watcher; a failed send only means that the program ends.
    let tell = move |event| drop(sender.send(event));
    let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
    let mut watching: Box<dyn notify::Watcher + Send> = if settings.poll {
        Box::new(PollWatcher::new(tell, config).map_err(|error| failed(root, error))?)
    } else {
        Box::new(RecommendedWatcher::new(tell, config).map_err(|error| failed(root, error))?)
    };
    let folders = folders(root);
    for (folder, _) in &folders {
        // The root itself tells when `content` or `themes` is replaced as a whole.
        let mode = if folder == root { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        watching.watch(folder, mode).map_err(|error| failed(folder, error))?;
    }
    Ok((watching, folders))
}

/// The folders to watch that are there: the root, `content`, `themes`, and folders elsewhere that
/// links among them lead to. Each with its number on the disk, which changes when it is replaced.
fn folders(root: &Path) -> Vec<(PathBuf, Option<u64>)> {
    let mut found = vec![root.to_path_buf()];
    for home in ["content", "themes"].map(|name| root.join(name)) {
        let themes =
            fs::read_dir(root.join("themes")).into_iter().flatten().flatten().map(|entry| entry.path());
        let linked = std::iter::once(home.clone()).chain(themes.filter(|path| path.starts_with(&home)));
        let linked = linked.filter(|path| path.is_symlink()).filter_map(|path| path.canonicalize().ok());
        found.extend(linked.collect::<Vec<_>>());
        found.push(home);
    }
    found.retain(|folder| folder.is_dir());
    found.sort();
    found.dedup();
    let number = |folder: &PathBuf| fs::metadata(folder).ok().map(|data| data.ino());
    found.into_iter().map(|folder| (folder.clone(), number(&folder))).collect()
}
