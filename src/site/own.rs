//! What a site has of its own in `themes/NAME/`.
//!
//! Takes the project folder and the name of a theme, gives the texts in it, and refuses what nothing would
//! use. The only file of `site` that reads the disk.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::default_theme::TEMPLATES;
use super::style;
use crate::error::{Error, Result};
use crate::source::{self, closest};

/// The name of the theme that every site has.
pub const DEFAULT_THEME: &str = "default";
/// Where a project keeps its own.
const THEMES: &str = "themes";

/// The names of the themes that a project at `root` has beside the default one, in order.
pub fn own_themes(root: &Path) -> Vec<String> {
    let folders = WalkDir::new(root.join(THEMES)).min_depth(1).max_depth(1).sort_by_file_name();
    let folders = folders.into_iter().flatten().filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// The folders of a theme in which files are looked for.
const FOLDERS: [&str; 4] = ["templates", "style", "script", "labels"];

/// What a site has of its own; nothing for the default theme.
#[derive(Debug, Default, Hash)]
pub(super) struct Own {
    /// `themes/NAME/`
    pub(super) home: String,
    /// The texts by their paths below that, in the order of the paths.
    pub(super) files: Vec<(String, String)>,
}

impl Own {
    /// Reads the theme `name` of the project at `root`.
    ///
    /// # Errors
    /// When it is no folder, cannot be read, or has a link that leads elsewhere.
    pub(super) fn read(root: &Path, name: Option<&str>) -> Result<Self> {
        let Some(name) = name.filter(|name| *name != DEFAULT_THEME) else { return Ok(Self::default()) };
        let folder = &root.join(THEMES).join(name);
        if !folder.is_dir() {
            return Err(Error::place(folder, "is not a folder; `theme:` in content/site.yaml names it"));
        }
        // A link may lead anywhere in the project or the theme, and not out of them into somebody's files.
        let homes = [root, folder.as_path()].map(Path::canonicalize);
        let leads_out = |path: &Path| {
            let inside = |real: &PathBuf| homes.iter().flatten().any(|home| real.starts_with(home));
            !path.canonicalize().as_ref().is_ok_and(inside)
        };
        let mut files = Vec::new();
        for entry in entries(folder)? {
            let path = entry.path();
            if entry.path_is_symlink() && leads_out(path) {
                return Err(Error::place(path, "leads out of the project"));
            }
            let wanted = ["html", "css", "js", "svg", "yaml"].map(Some);
            let extension = path.extension().and_then(|extension| extension.to_str());
            if entry.file_type().is_file() && wanted.contains(&extension) {
                let inside = path.strip_prefix(folder).unwrap_or(path);
                files.push((inside.to_string_lossy().into_owned(), read(path)?));
            }
        }
        Ok(Self { home: format!("{THEMES}/{name}/"), files })
    }

    /// Refuses what would be left aside without a word, and what pages may not load.
    ///
    /// # Errors
    /// When there is something of the kind.
    pub(super) fn judge(&self) -> Result<()> {
        for (path, text) in &self.files {
            let wrong = |message| Err(Error::Theme { template: format!("{}{path}", self.home), message });
            let folder = path.split_once('/').map_or("", |(folder, _)| folder);
            let near = closest(folder, FOLDERS).filter(|near| *near != folder);
            if let Some(near) = near {
                return wrong(format!("nothing reads the folder `{folder}`; did you mean `{near}`?"));
            }
            let name = path.strip_prefix("templates/").filter(|path| path.ends_with(".html"));
            if let Some(name) = name.filter(|name| !self.uses(name, text)) {
                let meant = meant(closest(name, TEMPLATES.iter().map(|(name, _)| *name)));
                return wrong(format!("nothing uses the template `{name}`{meant}"));
            }
            let is_style = folder == "style" && path.ends_with(".css");
            if let Some((at, address)) = style::loaded(text).filter(|_| is_style) {
                let line = text[..at].matches('\n').count() + 1;
                let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() + 1;
                let place = format!("{}{path}:{line}:{column}", self.home);
                let help = "pages load nothing from the network and no file of a theme; write it as `data:`";
                return wrong(format!("error: `{address}` is no part of it\n --> {place}\n  = help: {help}"));
            }
        }
        Ok(())
    }

    /// Whether a template stands for a default one, holds components, or is named by another of the site's own.
    fn uses(&self, name: &str, text: &str) -> bool {
        let named = [format!("\"{name}\""), format!("'{name}'")];
        let names = |(_, text): &(String, String)| named.iter().any(|named| text.contains(named));
        TEMPLATES.iter().any(|(known, _)| *known == name)
            || text.contains("endcomponent")
            || self.files.iter().any(names)
    }
}

/// Everything in the folder of a theme but what is passed over, links followed.
fn entries(folder: &Path) -> Result<Vec<DirEntry>> {
    let is_read = |entry: &DirEntry| entry.depth() == 0 || !source::is_passed_over(entry.file_name());
    // An editor locks a file with a link that leads nowhere.
    let is_lock =
        |error: &walkdir::Error| error.path().and_then(Path::file_name).is_some_and(source::is_passed_over);
    let all = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_read);
    let failed = |error: walkdir::Error| {
        let path = error.path().unwrap_or(folder).to_path_buf();
        Error::io("read", path, error.into())
    };
    all.filter(|entry| !entry.as_ref().err().is_some_and(is_lock))
        .map(|entry| entry.map_err(failed))
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "themes of a site are read here and nowhere else")]
fn read(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::io("read", path, error))?;
    // What some editors put first would stand before an `extends`, and in the middle of a joined style sheet.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// `; did you mean …?`, where something is near.
pub(super) fn meant(near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}
