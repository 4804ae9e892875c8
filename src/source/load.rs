//! The content folder → texts. One of the few doors to the disk.
//!
//! Takes the root of a project, gives `Sources` and the faults of files that cannot be read as text.
//! It never follows a symbolic link out of the project, never reads the output folder, and bounds the
//! size of what it reads.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::memory::{Look, Memory};
use super::{Fault, FaultKind, Kind, Source, Sources, Span};
use crate::error::{Error, Result};

/// Bytes of the largest journal: some 300,000 events.
const JOURNAL_LIMIT: u64 = 64 << 20;
/// Bytes of the largest other text; the largest of the real runbooks has under 100 kB.
const TEXT_LIMIT: u64 = 4 << 20;
/// The folder of a project that holds what people write.
const CONTENT: &str = "content";
/// The file that makes a folder a project.
pub const SITE: &str = "content/site.yaml";
/// Stands in a name for what is no character, or for one that would break a line.
const UNPRINTED: &str = "\u{fffd}";

/// Reads every file of `root/content`, in the order of their paths.
///
/// # Errors
/// When `root` has no `content` folder with a `site.yaml`, or the folder cannot be listed.
pub fn load(root: &Path, output: &Path) -> Result<(Sources, Vec<Fault>)> {
    load_again(root, output, &mut Memory::default())
}

/// The same after an earlier reading: what did not change since is not read again, and a text that is
/// the same is shared.
///
/// # Errors
/// As those of `load`; the memory stays as it is.
pub fn load_again(root: &Path, output: &Path, memory: &mut Memory) -> Result<(Sources, Vec<Fault>)> {
    let content = root.join(CONTENT);
    match root.join(SITE).metadata() {
        Ok(data) if data.is_file() => {}
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            return Err(Error::io("read", &content, error));
        }
        _ => {
            let message =
                format!("`{}` is not a Runsheet project: it has no `content/site.yaml`", root.display());
            return Err(Error::usage_help(message, "`runsheet init DIR` writes one to begin with"));
        }
    }
    let home = content.canonicalize().map_err(|source| Error::io("open", &content, source))?;
    let output = output.canonicalize().unwrap_or_else(|_| output.to_path_buf());
    let entries = list(&content, &output)?;
    let files: Vec<File> = entries.par_iter().map(|entry| File::new(root, entry)).collect();
    let newest = files.iter().filter_map(|file| file.look).map(|look| look.changed).max();
    let read: Vec<(Arc<Source>, Option<FaultKind>)> = files
        .par_iter()
        .map(|file| match memory.find(&file.name, file.look) {
            Some(source) => (source, None),
            None => {
                let (source, fault) = file.read(&home);
                (memory.share(source), fault)
            }
        })
        .collect();
    // What could not be read is tried again.
    let looks = files
        .iter()
        .zip(&read)
        .map(|(file, (source, fault))| (Arc::clone(source), file.look.filter(|_| fault.is_none())));
    memory.keep(looks, newest.unwrap_or_default());
    let (sources, faults) = collect(read, &memory.sources);
    memory.sources = sources.clone();
    Ok((sources, faults))
}

/// Files that come from elsewhere than the disk, for example from git: paths below the root of the
/// project, and bytes. They are read as those on the disk are.
pub fn load_bytes(files: Vec<(String, Vec<u8>)>) -> (Sources, Vec<Fault>) {
    let read = files.into_iter().map(|(name, bytes)| {
        let kind = kind(&name);
        let text = match kind {
            Kind::Other => Ok(String::new()),
            _ => fits(kind, bytes.len() as u64).and_then(|()| decoded(bytes)),
        };
        let (source, fault) = source(name, kind, text);
        (Arc::new(source), fault)
    });
    collect(read.collect(), &Sources::default())
}

/// Reads a file that somebody named on the command line.
///
/// # Errors
/// When it cannot be read, or is not UTF-8.
#[expect(clippy::disallowed_methods, reason = "this file is the door to what is read")]
pub fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|source| Error::io("read", path, source))
}

/// Whether nothing by that name is read, nor anything below it: hidden files, and what editors leave beside
/// those that they save.
pub fn is_passed_over(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

/// Every file below `content` but those to pass over and the output folder. Links are not followed,
/// so that only a link itself can lead out of the project.
fn list(content: &Path, output: &Path) -> Result<Vec<DirEntry>> {
    let is_output = |entry: &DirEntry| {
        !entry.file_type().is_file() && entry.path().canonicalize().is_ok_and(|path| path == output)
    };
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !(is_passed_over(entry.file_name()) || is_output(entry));
    let mut entries = Vec::new();
    for entry in WalkDir::new(content).follow_links(false).into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(content).to_path_buf();
            Error::io("list", path, error.into())
        })?;
        if !entry.file_type().is_dir() {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// A file of the content folder that may not have been read yet.
struct File<'a> {
    path: &'a Path,
    /// The path below the root, with `/`.
    name: String,
    link: bool,
    /// How it looks, unless it is a link, which may lead elsewhere each time.
    look: Option<Look>,
}

impl<'a> File<'a> {
    fn new(root: &Path, entry: &'a DirEntry) -> Self {
        let path = entry.path();
        let name = path.strip_prefix(root).unwrap_or(path);
        let name: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = name.join("/").replace(char::is_control, UNPRINTED);
        let link = entry.path_is_symlink();
        let look = if link { None } else { entry.metadata().ok().map(|data| Look::of(&data)) };
        Self { path, name, link, look }
    }

    fn read(&self, home: &Path) -> (Source, Option<FaultKind>) {
        let kind = kind(&self.name);
        source(self.name.clone(), kind, self.text(home, kind))
    }

    #[expect(clippy::disallowed_methods, reason = "this file is the door to the content")]
    fn text(&self, home: &Path, kind: Kind) -> Read {
        let refused = |fault| (String::new(), fault);
        let unreadable = |message: String| refused(FaultKind::Unreadable { message });
        if self.link && !self.path.canonicalize().is_ok_and(|real| real.starts_with(home)) {
            return Err(refused(FaultKind::Escapes));
        }
        if kind == Kind::Other {
            return Ok(String::new());
        }
        let data = std::fs::metadata(self.path).map_err(|error| unreadable(error.to_string()))?;
        if is_waited_for(&data) {
            return Err(unreadable(NO_FILE.to_owned()));
        }
        fits(kind, data.len())?;
        decoded(std::fs::read(self.path).map_err(|error| unreadable(error.to_string()))?)
    }
}

/// What is wrong with a path that `is_waited_for`.
const NO_FILE: &str = "it is neither a file nor a folder";

/// Whether reading it might never end, as with a pipe.
fn is_waited_for(data: &Metadata) -> bool {
    !data.is_file() && !data.is_dir()
}

fn source(name: String, kind: Kind, text: Read) -> (Source, Option<FaultKind>) {
    match if kind == Kind::Other { text } else { named(&name).and(text) } {
        Ok(text) => (Source::new(name, kind, text), None),
        // Of what cannot be read nothing is decoded: one diagnostic says why.
        Err((text, fault)) => (Source::new(name, Kind::Other, text), Some(fault)),
    }
}

/// Whether the name of a file is one that pages can have too, on every system.
fn named(name: &str) -> std::result::Result<(), (String, FaultKind)> {
    let message = if name.contains('\\') {
        "a backslash in its name leads elsewhere on other systems"
    } else if name.contains(UNPRINTED) {
        "its name is not UTF-8, or there is a line break or another control character in it"
    } else {
        return Ok(());
    };
    Err((String::new(), FaultKind::Unreadable { message: message.to_owned() }))
}

/// The text of a file, or what is readable of it and what is wrong.
type Read = std::result::Result<String, (String, FaultKind)>;

/// Whether a text of this kind may have so many bytes.
fn fits(kind: Kind, bytes: u64) -> std::result::Result<(), (String, FaultKind)> {
    let limit = if kind == Kind::Journal { JOURNAL_LIMIT } else { TEXT_LIMIT };
    if bytes > limit { Err((String::new(), FaultKind::TooLarge { bytes, limit })) } else { Ok(()) }
}

/// The text of bytes.
fn decoded(bytes: Vec<u8>) -> Read {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let fault = FaultKind::Encoding { byte: bytes[valid] };
        (String::from_utf8_lossy(&bytes[..valid]).into_owned(), fault)
    })
}

/// Bytes of the largest font.
const FONT_LIMIT: u64 = 64 << 20;

/// The bytes of a font at `name` below the project; else why there are none.
///
/// # Errors
/// When the file cannot be read, is too large, or lies outside of the project.
#[expect(clippy::disallowed_methods, reason = "this file is the door to the content")]
pub fn font(root: &Path, name: &str) -> std::result::Result<Vec<u8>, String> {
    let path = root.join(name);
    let inside = match (root.canonicalize(), path.canonicalize()) {
        (Ok(root), Ok(real)) => real.starts_with(root),
        (_, Err(error)) => return Err(error.to_string()),
        _ => false,
    };
    if !inside {
        return Err("it lies outside of the project".to_owned());
    }
    let data = std::fs::metadata(&path).map_err(|error| error.to_string())?;
    let size = data.len();
    if is_waited_for(&data) {
        return Err(NO_FILE.to_owned());
    }
    if size > FONT_LIMIT {
        return Err(format!("it has {size} bytes, {FONT_LIMIT} are allowed"));
    }
    std::fs::read(&path).map_err(|error| error.to_string())
}

/// What a file is, by its path below the root.
pub(super) fn kind(path: &str) -> Kind {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let (folder, name) = inside.split_once('/').unwrap_or(("", inside));
    let yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    match (folder, name) {
        ("", "site.yaml") => Kind::Site,
        ("", "roster.yaml") => Kind::Roster,
        ("runbooks", _) if yaml => Kind::Runbook,
        ("releases", name) if name.ends_with(".journal.yaml") => Kind::Journal,
        ("releases", name) if name.ends_with(".journal.yml") => Kind::Other,
        ("releases", _) if yaml => Kind::Release,
        ("pages", name) if name.ends_with(".md") => Kind::Page,
        _ => Kind::Other,
    }
}

/// The texts with what is wrong with them, numbered after `earlier` ones.
fn collect(read: Vec<(Arc<Source>, Option<FaultKind>)>, earlier: &Sources) -> (Sources, Vec<Fault>) {
    let faulty: Vec<(String, FaultKind)> =
        read.iter().filter_map(|(source, fault)| Some((source.path.clone(), fault.clone()?))).collect();
    let sources = Sources::after(earlier, read.into_iter().map(|(source, _)| source).collect());
    let faults = faulty.into_iter().filter_map(|(path, kind)| {
        let file = sources.find(&path)?;
        let end = sources.get(file).text.len();
        let at = if matches!(kind, FaultKind::Encoding { .. }) { end } else { 0 };
        Some(Fault::new(Span::new(file, at, at), kind))
    });
    let faults = faults.collect();
    (sources, faults)
}
