//! Templates, styles and scripts: the default theme, and what a site puts before it.
//!
//! Takes the project folder, the name of a theme and a language, gives a `Theme` that turns typed
//! values into pages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::default_theme::{ICON, SCRIPTS, STYLES, TEMPLATES, WORK_SCRIPTS};
use super::engine::{DEFAULT, Engine};
use super::own::{Own, meant};
use crate::config::Labels;
use crate::error::{Error, Result};
use crate::output::Key;
use crate::source::closest;
use crate::view::QuantityTable;

/// Compiled templates and the files that pages load.
#[derive(Debug)]
pub struct Theme {
    /// Its templates.
    pub(super) engine: Engine,
    /// Of everything that it is made from, but for its style sheet.
    key: Key,
    /// The words of the program.
    pub(super) labels: Labels,
    /// Whether they are in the language that was asked for.
    speaks: bool,
    /// Whether some of the templates are the site's own.
    has_templates: bool,
    has_scripts: bool,
    /// The style sheet, as path and bytes.
    pub(super) style: Asset,
    /// The script, as path and bytes.
    pub(super) script: Asset,
    /// The script of runbooks and releases.
    work: String,
    /// The icon of the site, as path and bytes.
    pub(super) icon: Asset,
}

/// A file that pages load; its name changes with its bytes, so that browsers may keep it for ever.
#[derive(Debug, Clone)]
pub(super) struct Asset {
    /// `assets/style-1f2e3d4c.css`
    pub(super) path: String,
    /// What is in it.
    pub(super) text: String,
}

impl Asset {
    /// Names `text` for its content.
    pub(super) fn new(stem: &str, extension: &str, text: String) -> Self {
        let hash = blake3::hash(text.as_bytes()).to_hex();
        let path = format!("assets/{stem}-{}.{extension}", &hash[..10]);
        Self { path, text }
    }
}

/// The theme that was loaded last: whoever loads the same again has it at once.
#[derive(Debug, Default)]
pub struct Memory {
    last: Option<(Key, Arc<Theme>)>,
}

impl Theme {
    /// The theme of a project, as `load` gives it, after an earlier load.
    ///
    /// # Errors
    /// As those of `load`.
    pub fn load_again(
        root: &Path,
        name: Option<&str>,
        language: &str,
        memory: &mut Memory,
    ) -> Result<Arc<Self>> {
        let own = Own::read(root, name)?;
        let key = Key::of(&(&own, language));
        if let Some((last, theme)) = &memory.last
            && *last == key
        {
            return Ok(Arc::clone(theme));
        }
        let theme = Arc::new(Self::new(&own, language)?);
        memory.last = Some((key, Arc::clone(&theme)));
        Ok(theme)
    }

    /// The default theme, with `themes/NAME/` of the project at `root` before it: its
    /// `templates/**.html` override templates, blocks and components of the same names, its
    /// `style/*.css` and `script/*.js` are added to the end of the default ones, its `icon.svg`
    /// stands for the default one, the words in its `labels/LANGUAGE.yaml` come before the default
    /// ones.
    ///
    /// # Errors
    /// When the folder is missing, or a template or a table of labels is wrong.
    pub fn load(root: &Path, name: Option<&str>, language: &str) -> Result<Self> {
        Self::new(&Own::read(root, name)?, language)
    }

    fn new(own: &Own, language: &str) -> Result<Self> {
        own.judge()?;
        let Own { home, files: own } = own;
        let mut templates = Vec::new();
        for (name, text) in TEMPLATES {
            templates.push((format!("{DEFAULT}{name}"), Cow::Borrowed(*text)));
        }
        for (path, text) in own {
            if let Some(name) = path.strip_prefix("templates/").filter(|name| name.ends_with(".html")) {
                templates.push((format!("{home}templates/{name}"), Cow::Borrowed(text.as_str())));
            }
        }
        let (labels, speaks) = labels(language, home, own)?;
        let style = joined(&[&compact(STYLES)], own, "style/", ".css");
        let script = joined(&[&compact(SCRIPTS)], own, "script/", ".js");
        let script = Asset::new("site", "js", with_labels(&script, &labels));
        let work = prelude(&labels) + &compact(WORK_SCRIPTS);
        let work = with_labels(&work, &labels);
        let icon = own.iter().find(|(path, _)| path == "icon.svg").map(|(_, text)| text.as_str());
        let icon = Asset::new("icon", "svg", icon.unwrap_or(ICON).to_owned());
        Ok(Self {
            key: Key::of(&(&templates, &script.path, &work, &icon.path, &labels)),
            engine: Engine::new(&templates, &format!("{home}templates/"), &labels)?,
            work,
            labels,
            speaks,
            has_templates: templates.len() > TEMPLATES.len(),
            has_scripts: own
                .iter()
                .any(|(path, _)| path.starts_with("script/") || path.starts_with("templates/")),
            style: Asset::new("style", "css", style),
            script,
            icon,
        })
    }

    /// The words of the program, as the theme has them.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// A script behind the words that it asks for.
    pub fn worded(&self, script: &str) -> String {
        with_labels(script, &self.labels)
    }

    /// The script of runbooks and releases, behind the id and name of everybody who may have done something: they
    /// are the same on every page, and many.
    pub(super) fn work(&self, people: &[(String, String)]) -> Asset {
        let text = format!("window.runsheetPeople={};\n{}", super::work::json(&people), self.work);
        Asset::new("work", "js", text)
    }

    /// The path of its style sheet, below the output folder.
    pub fn style_path(&self) -> &str {
        &self.style.path
    }

    /// The key of its templates and files, the style sheet aside.
    pub fn key(&self) -> Key {
        self.key
    }

    /// Whether some of its templates are the site's own.
    pub fn has_templates(&self) -> bool {
        self.has_templates
    }

    /// Whether scripts of the site's own may run in its pages: its own, and what its templates may hold.
    pub fn has_scripts(&self) -> bool {
        self.has_scripts
    }

    /// Whether there are labels in the language that was asked for; else they are English.
    pub fn speaks(&self) -> bool {
        self.speaks
    }
}

/// The words of a language, those of the site's own theme first, and whether there are any.
fn labels(language: &str, home: &str, own: &[(String, String)]) -> Result<(Labels, bool)> {
    let mut labels = Labels::of(language);
    let mut speaks = Labels::know(language);
    for tag in [language.split('-').next().unwrap_or_default(), language] {
        let path = format!("labels/{tag}.yaml");
        let Some((_, text)) = own.iter().find(|(known, _)| *known == path) else { continue };
        let wrong = |(key, message): (Option<String>, String)| {
            let line = key.and_then(|key| {
                text.lines().position(|line| line.trim_start_matches(['"', '\'']).starts_with(&key))
            });
            let place = line.map(|line| format!("\n --> {home}{path}:{}:1", line + 1)).unwrap_or_default();
            Error::Theme { template: format!("{home}{path}"), message: format!("error: {message}{place}") }
        };
        let known = labels.clone();
        let new = labels.add(text).map_err(wrong)?;
        let unused = new.iter().find(|key| {
            let quoted = format!("\"{key}\"");
            !own.iter().any(|(path, text)| !path.ends_with(".yaml") && text.contains(&quoted))
        });
        if let Some(key) = unused {
            let meant = meant(closest(key, known.keys()));
            return Err(wrong((Some(key.clone()), format!("nothing uses the label `{key}`{meant}"))));
        }
        speaks = true;
    }
    Ok((labels, speaks))
}

/// The scripts after the words that they use: every `label("KEY"` in them.
fn with_labels(script: &str, labels: &Labels) -> String {
    let asked = script.split("label(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let used: BTreeMap<&str, _> = asked.filter_map(|key| Some((key, labels.get(key)?))).collect();
    let table = serde_json::to_string(&used).unwrap_or_default();
    format!("window.runsheetLabels=Object.assign({{}},window.runsheetLabels,{table});\n{script}")
}

/// Scripts and styles without comments and indentation, line by line; none of them has a text of several lines.
fn compact(texts: &[&str]) -> String {
    let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim_start);
    let is_comment = |line: &str| line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
    lines.filter(|line| !line.is_empty() && !is_comment(line)).flat_map(|line| [line, "\n"]).collect()
}

/// What scripts know from the program: how quantities are read.
fn prelude(labels: &Labels) -> String {
    let table = serde_json::to_string(&QuantityTable::new(labels)).unwrap_or_default();
    format!("window.runsheet = {{ table: {table} }};\n")
}

/// Default texts, then those of the site's own theme.
fn joined(default: &[&str], own: &[(String, String)], folder: &str, extension: &str) -> String {
    let mine = |(path, _): &&(String, String)| path.starts_with(folder) && path.ends_with(extension);
    let own = own.iter().filter(mine).map(|(_, text)| text.as_str());
    default.iter().copied().chain(own).collect::<Vec<_>>().join("\n")
}
