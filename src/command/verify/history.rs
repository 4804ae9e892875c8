//! The versions of the content that git has, newest first.
//!
//! Each is read by the same code as today's content, so that its codes are those that were printed.

use std::path::Path;

use super::Code;
use crate::command::git::{Git, short};
use crate::model::Library;
use crate::pipeline;
use crate::sheet;
use crate::source::load_bytes;
use crate::view::Head;

/// Versions further back are not looked at.
const MOST: usize = 400;

/// A version of a document.
pub(super) struct Version {
    /// The commit.
    pub(super) commit: String,
    /// When it was made: `2026-10-01T09:00:00+02:00`.
    pub(super) date: String,
    /// The document as it was.
    pub(super) document: Head,
    /// Everything that people had written by then.
    pub(super) library: Library,
}

impl Version {
    /// When and where, for people.
    pub(super) fn written(&self) -> String {
        let day = self.date.get(..10).unwrap_or(&self.date);
        format!("{day} (commit {})", short(&self.commit))
    }
}

/// The newest version with a document of this code; `None` where git has none, or there is no git.
pub(super) fn find(root: &Path, code: &Code) -> Option<Version> {
    let git = Git::new(root);
    for (commit, date) in git.commits("content", MOST) {
        let Ok(files) = git.files(&commit, "content") else { continue };
        let (sources, faults) = load_bytes(files);
        let project = pipeline::resolve(sources, faults);
        let site = pipeline::view(&project, None);
        let heads = site.documents().map(|which| &**site.head(which));
        let fitting: Vec<&Head> = heads.filter(|head| code.fits(sheet::seal(head))).collect();
        if let Some(document) = code.of(&fitting) {
            let document = document.clone();
            return Some(Version { commit, date, document, library: project.library });
        }
    }
    None
}
