//! What is served at the moment, and what is wrong with the newest text.
//!
//! Takes content that was built and reports of content that was not; gives the last good one to
//! everybody who asks or waits.

use std::sync::Arc;

use tokio::sync::watch;

use crate::output::Key;

/// A file of the content.
pub struct File {
    /// What it is made from, its style sheet aside, where that can be told without making it.
    pub key: Option<Key>,
    /// Its bytes if they are wanted, or why they could not be made, in words.
    pub bytes: Option<Result<Vec<u8>, String>>,
}

/// Files by their paths below the site, made when somebody asks.
pub trait Content: Send + Sync {
    /// The file at `path`, if there is one. It is made where `wants` says so of its key, or it has none.
    fn find(&self, path: &str, wants: &dyn Fn(Key) -> bool) -> Option<File>;

    /// The paths of the files that are named for their bytes.
    fn assets(&self) -> Vec<String>;

    /// The page for files that are not there, with addresses that hold at any path.
    fn not_found(&self) -> Option<Vec<u8>>;

    /// The path of the style sheet.
    fn style(&self) -> &str;

    /// A script behind the words that it asks for, in the language of the content.
    fn worded(&self, script: &str) -> String;

    /// Whether scripts that are not the program's run in its pages: what they began may outlive a page whose
    /// document is replaced.
    fn has_scripts(&self) -> bool;
}

/// What is seen at one moment.
#[derive(Clone)]
pub(super) struct Shown {
    /// The last content that could be built.
    pub(super) content: Arc<dyn Content>,
    /// The report of the newest text, where that could not be built.
    pub(super) trouble: Option<Arc<str>>,
}

/// Where the program hangs what browsers shall see.
pub struct Board {
    shown: watch::Sender<Shown>,
}

/// The content of a site that was never built.
struct Nothing;

impl Content for Nothing {
    fn find(&self, _: &str, _: &dyn Fn(Key) -> bool) -> Option<File> {
        None
    }

    fn assets(&self) -> Vec<String> {
        Vec::new()
    }

    fn not_found(&self) -> Option<Vec<u8>> {
        let head = "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Runsheet</title></head>\n";
        Some(format!("{head}<body>\n<p>Nothing was built yet.</p>\n</body>\n</html>\n").into_bytes())
    }

    fn style(&self) -> &str {
        ""
    }

    fn worded(&self, script: &str) -> String {
        let words = r#"{"serve-trouble":"The text cannot be built","hide":"Hide"}"#;
        format!("window.runsheetLabels={words};\n{script}")
    }

    fn has_scripts(&self) -> bool {
        false
    }
}

impl Default for Board {
    fn default() -> Self {
        Self { shown: watch::Sender::new(Shown { content: Arc::new(Nothing), trouble: None }) }
    }
}

impl Board {
    /// Shows newer content; what was wrong is right now.
    pub fn show(&self, content: Arc<dyn Content>) {
        self.shown.send_modify(|shown| *shown = Shown { content, trouble: None });
    }

    /// Shows what is wrong beside the last good content; nobody is told the same again.
    pub fn complain(&self, report: &str) {
        self.shown.send_if_modified(|shown| {
            let news = shown.trouble.as_deref() != Some(report);
            if news {
                shown.trouble = Some(Arc::from(report));
            }
            news
        });
    }

    pub(super) fn shown(&self) -> Shown {
        self.shown.borrow().clone()
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<Shown> {
        self.shown.subscribe()
    }
}
