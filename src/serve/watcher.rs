//! File events → batches of changed paths. The only file that knows the watching library.
//!
//! Takes the folders of a project, gives the paths that changed since the last batch, once the disk
//! has been quiet for a while. Events of reading are dropped, or a build would wake itself; so is
//! everything below the output folder, and what is passed over when a project is read. Folders that are
//! replaced are watched anew, whether an event told of that or not; links in them are not followed, for
//! they may lead anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::error::{Error, Result};
use crate::source;

/// How often the disk is looked at where it does not tell by itself.
const POLL: Duration = Duration::from_millis(500);
/// However busy the disk is, a batch is given after so many quiet periods.
const MOST_PERIODS: u32 = 25;
/// Into how many slices a quiet period is cut.
const SLICES: u32 = 5;
/// How often it is looked whether the watched folders are still the same ones.
const ROUND: Duration = Duration::from_millis(500);
/// So many rounds are a while.
const WHILE: usize = 2;

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
    /// Files beside the content and the themes that count as well.
    files: BTreeSet<PathBuf>,
    settings: Settings,
    sender: Sender<notify::Result<Event>>,
    events: Receiver<notify::Result<Event>>,
    folders: Folders,
    /// Whether a watched folder was replaced, perhaps by one of the same number, or could not be watched.
    stale: bool,
    /// What was made since the last batch.
    made: BTreeSet<PathBuf>,
    /// What went wrong before: where the disk is looked at, it goes wrong each time.
    errors: BTreeSet<String>,
    // Watching ends when this is dropped.
    watching: Box<dyn notify::Watcher + Send>,
}

/// The folders that are watched.
type Folders = BTreeMap<PathBuf, Folder>;

/// A folder as it is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Folder {
    /// With everything below it.
    deep: bool,
    /// Its number on the disk, which mostly changes when it is replaced.
    number: u64,
}

impl Watcher {
    /// Watches `content`, `themes` and what they link to below `root`, but not `output`.
    ///
    /// # Errors
    /// When the operating system has no watches left, or `root` is not there.
    pub fn new(root: &Path, output: &Path, settings: Settings) -> Result<Self> {
        let (sender, events) = channel();
        let (root, files) = (root.to_path_buf(), BTreeSet::new());
        let output = output.canonicalize().unwrap_or_else(|_| output.to_path_buf());
        let folders = folders(&root, &files);
        let watching = watch(&folders, settings, &sender)?;
        Ok(Self {
            root,
            output,
            files,
            settings,
            sender,
            events,
            folders,
            stale: false,
            made: BTreeSet::new(),
            errors: BTreeSet::new(),
            watching,
        })
    }

    /// Watches these files as well, which may not be there yet, and no others that were named before.
    pub fn also(&mut self, files: BTreeSet<PathBuf>) {
        if self.files == files {
            return;
        }
        let (before, now) = (beside(&self.files), beside(&files));
        for folder in before.difference(&now).filter(|folder| **folder != self.root) {
            if self.folders.get(folder).is_some_and(|folder| !folder.deep) {
                // One that is not watched any more is as good.
                let _ = self.watching.unwatch(folder);
                self.folders.remove(folder);
            }
        }
        for (path, folder) in folders(&self.root, &files).into_iter().filter(|(path, _)| now.contains(path)) {
            if !self.folders.contains_key(&path) && self.watching.watch(&path, folder.mode()).is_ok() {
                self.folders.insert(path, folder);
            }
        }
        self.files = files;
    }

    /// Waits for the next batch of changed paths. A path of a folder means everything below it.
    pub fn wait(&mut self) -> BTreeSet<PathBuf> {
        loop {
            if let Some(changed) = self.wait_a_while() {
                return changed;
            }
        }
    }

    /// The same for a second or so; nothing where nothing changed.
    pub fn wait_a_while(&mut self) -> Option<BTreeSet<PathBuf>> {
        let (mut changed, mut rounds) = (BTreeSet::new(), 0);
        while changed.is_empty() {
            match self.events.recv_timeout(ROUND) {
                Ok(event) => self.take(event, &mut changed),
                Err(_) if rounds == WHILE => return None,
                Err(_) => {
                    rounds += 1;
                    self.look_after_folders(&mut changed);
                }
            }
        }
        self.gather(&mut changed);
        self.look_after_folders(&mut changed);
        // What an editor made and took away while it saved tells nobody anything, beside the file that it saved.
        let made = std::mem::take(&mut self.made);
        let (passing, lasting): (BTreeSet<_>, BTreeSet<_>) =
            changed.into_iter().partition(|path| made.contains(path) && !path.exists());
        Some(if lasting.is_empty() { passing } else { lasting })
    }

    /// Takes events until none came for a quiet period, which is looked at in slices.
    fn gather(&mut self, changed: &mut BTreeSet<PathBuf>) {
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

    fn take(&mut self, event: notify::Result<Event>, changed: &mut BTreeSet<PathBuf>) {
        match event {
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
            Ok(event) if !event.need_rescan() => {
                if event.kind.is_create() {
                    self.made.extend(event.paths.iter().filter(|path| !changed.contains(*path)).cloned());
                }
                let replaced = self.replaced(&event);
                self.stale |= !replaced.is_empty();
                changed.extend(replaced);
                changed.extend(event.paths.into_iter().filter(|path| self.concerns(path)));
            }
            Err(error) if !self.errors.insert(error.to_string()) => {}
            // Events were lost: anything may have changed.
            Ok(_) | Err(_) => drop(changed.insert(self.root.clone())),
        }
    }

    /// The watched folders that came or went. The next one there may have the same number.
    fn replaced(&self, event: &Event) -> Vec<PathBuf> {
        if matches!(event.kind, EventKind::Modify(kind) if !matches!(kind, ModifyKind::Name(_))) {
            return Vec::new();
        }
        let is_watched =
            |path: &&PathBuf| self.folders.contains_key(*path) || homes(&self.root).contains(*path);
        event.paths.iter().filter(is_watched).cloned().collect()
    }

    /// Whether a path is one of the content, of a theme, of what one of them links to, or was named.
    fn concerns(&self, path: &Path) -> bool {
        let deep = self.folders.iter().filter(|(_, folder)| folder.deep).map(|(path, _)| path.clone());
        let mut inside = deep.chain(homes(&self.root)).filter_map(|folder| path.strip_prefix(folder).ok());
        let is_read = inside.any(|inside| !inside.iter().any(source::is_passed_over));
        (is_read && !path.starts_with(&self.output)) || self.files.contains(path)
    }

    /// Watches anew where a folder was replaced, or is there for the first time.
    fn look_after_folders(&mut self, changed: &mut BTreeSet<PathBuf>) {
        let now = folders(&self.root, &self.files);
        if now == self.folders && !self.stale {
            return;
        }
        let differs =
            |(path, folder): &(&PathBuf, &Folder), other: &Folders| other.get(*path) != Some(*folder);
        let came = now.iter().filter(|one| differs(one, &self.folders));
        let gone = self.folders.iter().filter(|one| differs(one, &now));
        changed.extend(came.chain(gone).map(|(path, _)| path.clone()));
        // Where nothing can be watched yet, as while the root is away, the next round tries again.
        let watching = watch(&now, self.settings, &self.sender);
        (self.folders, self.stale) = (now, watching.is_err());
        if let Ok(watching) = watching {
            self.watching = watching;
            self.errors.clear();
        }
    }
}

impl Folder {
    fn mode(self) -> RecursiveMode {
        if self.deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive }
    }
}

fn watch(
    folders: &Folders,
    settings: Settings,
    sender: &Sender<notify::Result<Event>>,
) -> Result<Box<dyn notify::Watcher + Send>> {
    let failed = |error: notify::Error| {
        let path = error.paths.first().cloned().unwrap_or_default();
        Error::place(path, format!("cannot be watched: {:?}; try `--poll`", error.kind))
    };
    let sender = sender.clone();
    // The receiver lives as long as the watcher; a failed send only means that the program ends.
    let tell = move |event| drop(sender.send(event));
    let config = Config::default();
    let config = config.with_poll_interval(POLL).with_compare_contents(true).with_follow_symlinks(false);
    let mut watching: Box<dyn notify::Watcher + Send> = if settings.poll {
        Box::new(PollWatcher::new(tell, config).map_err(failed)?)
    } else {
        Box::new(RecommendedWatcher::new(tell, config).map_err(failed)?)
    };
    for (path, folder) in folders {
        watching.watch(path, folder.mode()).map_err(failed)?;
    }
    Ok(watching)
}

/// What a project is read from.
fn homes(root: &Path) -> [PathBuf; 2] {
    ["content", "themes"].map(|name| root.join(name))
}

/// The folders of files.
fn beside(files: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    files.iter().filter_map(|file| file.parent()).map(Path::to_path_buf).collect()
}

/// The folders to watch that are there, by where they really are: `content`, `themes`, and themes that
/// lie elsewhere; the root, which tells when one of them is replaced as a whole; those of `files`.
fn folders(root: &Path, files: &BTreeSet<PathBuf>) -> Folders {
    let themes = fs::read_dir(root.join("themes")).into_iter().flatten().flatten().map(|entry| entry.path());
    let deep = homes(root).into_iter().chain(themes.filter(|path| path.is_symlink()));
    let deep: BTreeSet<PathBuf> = deep.filter_map(|folder| folder.canonicalize().ok()).collect();
    let mut shallow = beside(files);
    shallow.insert(root.to_path_buf());
    shallow.retain(|folder| !deep.iter().any(|deep| folder.starts_with(deep)));
    let all = deep.into_iter().map(|path| (path, true)).chain(shallow.into_iter().map(|path| (path, false)));
    let folder = |(path, deep): (PathBuf, bool)| {
        let data = fs::metadata(&path).ok().filter(fs::Metadata::is_dir)?;
        Some((path, Folder { deep, number: data.ino() }))
    };
    all.filter_map(folder).collect()
}
