//! What stops the program: the content could not be reached or the output not written.
//!
//! Takes nothing, gives `Error`. A mistake *in* the content is never an `Error`, it is a
//! `Diagnostic`: there may be many of those and only one of these.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the program could not go on, always with the path or flag concerned.
#[derive(Debug)]
pub enum Error {
    /// The operating system refused: `action` is a verb phrase such as `read` or `write`.
    Io { action: &'static str, path: PathBuf, source: io::Error },
    /// The path is not what the program needs there, for example no site at `--root`.
    Place { path: PathBuf, message: String },
    /// The command was asked for something that does not exist or cannot be combined.
    Usage { message: String, help: Option<String> },
    /// A file of a theme is wrong, most often a template; `message` holds the engine's report.
    Theme { template: String, message: String },
}

/// The result of a stage that can be stopped.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An operating system error while doing `action` to `path`.
    pub fn io(action: &'static str, path: impl AsRef<Path>, source: io::Error) -> Self {
        Self::Io { action, path: path.as_ref().to_path_buf(), source: bare(source) }
    }

    /// A path that is not what it has to be.
    pub fn place(path: impl AsRef<Path>, message: impl Into<String>) -> Self {
        Self::Place { path: path.as_ref().to_path_buf(), message: message.into() }
    }

    /// A request that cannot be carried out.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: None }
    }

    /// The same with advice.
    pub fn usage_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: Some(help.into()) }
    }
}

/// What the system said. Libraries add a path: the same again, or that of a temporary file.
fn bare(error: io::Error) -> io::Error {
    let inner = error.get_ref().and_then(|added| added.source()?.downcast_ref::<io::Error>());
    match inner.and_then(io::Error::raw_os_error) {
        Some(code) => io::Error::from_raw_os_error(code),
        None if error.to_string().contains(" at path \"") => error.kind().into(),
        None => error,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { action, path, source } => {
                write!(f, "could not {action} `{}`: {source}", path.display())
            }
            Self::Place { path, message } => write!(f, "`{}` {message}", path.display()),
            Self::Usage { message, help: None } => f.write_str(message),
            Self::Usage { message, help: Some(help) } => write!(f, "{message}\n  = help: {help}"),
            Self::Theme { template, message } => write!(f, "theme file `{template}`: {message}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
