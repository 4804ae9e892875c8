//! A project as its readers see it, and what it is shown and printed with.
//!
//! Takes a project that was read, its theme and its fonts; `Jobs` makes files of it.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::job::Jobs;
use super::{Memory, Options, Project};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::output::{Entry, Key};
use crate::sheet::{self, Fonts};
use crate::site::{self, Scripts, Theme};
use crate::source;
use crate::view::{self, Head, Site};

/// A project as its readers see it, and what it is printed with.
pub struct Edition {
    /// What it is made from.
    pub project: Project,
    /// What was found on the way to print it: fonts that cannot be used.
    pub found: Vec<Diagnostic>,
    site: OnceLock<Site>,
    scripts: OnceLock<Scripts>,
    pub(super) theme: Arc<Theme>,
    pub(super) shown: site::Options,
    /// Fonts of the site; `None` where the embedded ones do.
    fonts: Option<Fonts>,
    /// The key of what holds for every sheet.
    pub(super) sheets: Key,
    contacts: OnceLock<Key>,
    pub(super) options: Options,
}

impl Edition {
    /// The edition of `project`, whose theme and fonts are below `root`.
    ///
    /// # Errors
    /// When the theme cannot be read, or one of its templates is wrong.
    pub fn new(project: Project, root: &Path, options: Options) -> Result<Self> {
        Self::again(project, root, options, &mut Memory::default())
    }

    /// The same after an earlier one.
    ///
    /// # Errors
    /// As those of `new`.
    pub fn again(mut project: Project, root: &Path, options: Options, memory: &mut Memory) -> Result<Self> {
        let theme = super::theme_again(&mut project, root, &mut memory.theme)?;
        let config = &project.config;
        let name = config.theme.as_ref();
        let mut found = Vec::new();
        // Without a theme of its own the site was told while its configuration was read.
        if !theme.speaks() && name.is_some() {
            found.push(config::unknown_language(&config.language));
        }
        memory.fonts = config.fonts.iter().map(|path| path.value.clone()).collect();
        let own = if options.sheets { own_fonts(config, root, &mut found) } else { Vec::new() };
        let fonts = Key::of(&own);
        let (paper, forms) = (config.paper, config.forms);
        let (language, labels) = (&config.language.value, theme.labels());
        let sheets = Key::of(&(fonts, paper, forms, language, labels, &config.base_url, &options.issued));
        let fonts = (!own.is_empty()).then(|| Fonts::with(own));
        let repository = project.config.repository.clone();
        let shown =
            site::Options { sheets: options.sheets, records: true, single: options.single, repository };
        Ok(Self {
            project,
            found,
            site: OnceLock::new(),
            scripts: OnceLock::new(),
            theme,
            shown,
            fonts,
            sheets,
            contacts: OnceLock::new(),
            options,
        })
    }

    /// Shapes the site now, after an earlier one.
    pub fn shape(&self, memory: &mut Memory) {
        self.site.get_or_init(|| super::view_again(&self.project, self.options.as_of, &mut memory.view));
    }

    /// The project as its readers see it, shaped when somebody asks first.
    pub(super) fn site(&self) -> &Site {
        self.site.get_or_init(|| super::view(&self.project, self.options.as_of))
    }

    /// What pages load and what is made from the whole site: for all that is asked for, not for each.
    pub(super) fn scripts(&self) -> &Scripts {
        self.scripts.get_or_init(|| Scripts::new(self.site(), &self.theme))
    }

    /// The key of everybody who can be reached: hashed once, not for each document.
    pub(super) fn contacts(&self) -> Key {
        *self.contacts.get_or_init(|| Key::of(self.site().contacts()))
    }

    /// The key of everything that its files are made from.
    pub fn inputs(&self) -> Key {
        let sources: Vec<(&str, &str)> = self
            .project
            .sources
            .iter()
            .map(|(_, source)| (source.path.as_str(), source.text.as_str()))
            .collect();
        let theme = (self.theme.key(), self.theme.style_path());
        Key::of(&(sources, theme, self.sheets, &self.shown, self.options.as_of))
    }

    /// What there is to make.
    pub fn jobs(&self) -> Jobs<'_> {
        Jobs::new(self)
    }

    /// The path of the style sheet.
    pub fn style(&self) -> &str {
        self.theme.style_path()
    }

    /// A script behind the words that it asks for, as the theme has them.
    pub fn worded(&self, script: &str) -> String {
        self.theme.worded(script)
    }

    /// Whether scripts of the site's own may run in its pages.
    pub fn has_scripts(&self) -> bool {
        self.theme.has_scripts()
    }

    /// The page for files that are not there, with addresses that hold at any path of a server.
    ///
    /// # Errors
    /// When its template cannot be filled in.
    pub fn not_found(&self) -> Result<String> {
        let page = self.jobs().find(site::NOT_FOUND, |job| job.make()).transpose()?;
        let text = page.map(|made| String::from_utf8_lossy(&made.bytes).into_owned()).unwrap_or_default();
        Ok(match &self.site().base_url {
            Some(base) => text.replace(&format!("\"{base}/"), "\"/"),
            None => text.replacen("<head>", "<head>\n<base href=\"/\">", 1),
        })
    }

    /// The documents, for the manifest.
    pub fn entries(&self) -> Vec<Entry> {
        let site = self.site();
        site.documents().map(|which| entry(site.head(which))).collect()
    }

    pub(super) fn sheet_options(&self) -> sheet::Options<'_> {
        let config = &self.project.config;
        sheet::Options {
            paper: config.paper,
            forms: config.forms,
            language: &config.language,
            labels: self.theme.labels(),
            base_url: config.base_url.as_deref(),
            date: self.options.issued.as_deref(),
            fonts: self.fonts.as_ref().unwrap_or_else(|| Fonts::embedded()),
        }
    }
}

/// The fonts of the site, by the names they get inside of sheets.
fn own_fonts(config: &Config, root: &Path, found: &mut Vec<Diagnostic>) -> Vec<(String, Vec<u8>)> {
    let mut fonts = Vec::new();
    for path in &config.fonts {
        let read = source::font(root, &path.value).and_then(|bytes| {
            let known = Fonts::can_use(&bytes);
            if known { Ok(bytes) } else { Err("it is no TrueType font with a character map".to_owned()) }
        });
        match read {
            Ok(bytes) => fonts.push((sheet::font_name(&path.value), bytes)),
            Err(why) => {
                let message = format!("the font `{}` cannot be used: {why}", path.value);
                found.push(Diagnostic::error("unusable-font", path.span, message));
            }
        }
    }
    fonts
}

fn entry(head: &Arc<Head>) -> Entry {
    Entry {
        kind: if head.release.is_some() { "release" } else { "runbook" }.to_owned(),
        name: head.name.clone(),
        title: view::plain(&head.title),
        revision: head.revision.clone(),
        seal: head.seal.clone(),
        page: head.path.clone(),
    }
}
