//! `content/site.yaml`: what holds for the whole site.
//!
//! Takes the file as a source, gives a `Config` and the diagnostics of what is wrong in it; wrong
//! parts keep their defaults, so that a typo does not hide the other mistakes of a run.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Diagnostic;
pub use crate::diagnostic::{Labels, Phrase};
use crate::source::{
    Entries, Field, FileId, Kind, Many, Sources, Span, Spanned, decode, is_web, parse, read_around,
};

/// `content/site.yaml` as it is written.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(extend("required" = ["title"]))]
pub struct SiteFile {
    /// Title of the site.
    pub title: Field<String>,
    /// Address at which the site is published; links stay relative without it.
    pub base_url: Field<String>,
    /// Time zone of windows that name none, for example `Europe/Madrid`; `UTC` when left out.
    #[schemars(extend("pattern" = crate::source::ZONE))]
    pub zone: Field<String>,
    /// Paper of the sheets.
    pub paper: Field<Paper>,
    /// Language of labels and documents, for example `en`, `de` or `es-MX`.
    pub language: Field<String>,
    /// Name of a folder in `themes/`; its templates come before the default ones.
    pub theme: Field<String>,
    /// Address of the source repository, for links to edit and view a page.
    pub repository: Field<String>,
    /// Levels of rules: `stale-review: off`.
    pub rules: Field<Entries<RuleLevel>>,
    /// Fonts for scripts that the built-in faces lack, as paths below the project.
    pub fonts: Field<Many<String>>,
    /// Whether sheets have fields to fill on a screen.
    pub forms: Field<bool>,
    /// Whether full sheets carry the YAML they are made from (PDF/A-3a).
    pub archive: Field<bool>,
}

/// Paper sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

/// What a site makes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleLevel {
    /// Not looked for.
    Off,
    /// A warning in every document.
    Warning,
    /// An error in every document.
    Error,
}

/// What holds for the whole site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Title of the site.
    pub title: String,
    /// Without a slash at its end.
    pub base_url: Option<String>,
    /// Default time zone.
    pub zone: String,
    /// Paper of the sheets.
    pub paper: Paper,
    /// Language of labels and documents, as a tag of BCP 47.
    pub language: Spanned<String>,
    /// The words of the program in that language; a theme of the site may put its own before them.
    pub labels: Labels,
    /// A folder of `themes/` before the default theme.
    pub theme: Option<Spanned<String>>,
    /// Address of the source repository, without a slash at its end.
    pub repository: Option<String>,
    /// Levels of rules, in written order.
    pub rules: Vec<(Spanned<String>, RuleLevel)>,
    /// Paths of fonts below the project.
    pub fonts: Vec<Spanned<String>>,
    /// Whether sheets have fields.
    pub forms: bool,
    /// Whether full sheets carry their source.
    pub archive: bool,
    /// The file.
    pub file: Option<FileId>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Runbooks".to_owned(),
            base_url: None,
            zone: "UTC".to_owned(),
            paper: Paper::A4,
            language: Spanned::new(Span::default(), "en".to_owned()),
            labels: Labels::english().clone(),
            theme: None,
            repository: None,
            rules: Vec::new(),
            fonts: Vec::new(),
            forms: true,
            archive: false,
            file: None,
        }
    }
}

/// Reads the configuration of a site.
pub fn load(sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let Some((file, source)) = sources.of(Kind::Site).next() else {
        return (Config::default(), Vec::new());
    };
    let mut faults = Vec::new();
    let node = parse(file, &source.text, &mut faults);
    if node.is_none() {
        read_around::<SiteFile>(file, &source.text, &mut faults);
    }
    let written: SiteFile = node.and_then(|node| decode(&node, &mut faults)).unwrap_or_default();
    let mut found: Vec<Diagnostic> = faults.into_iter().map(Diagnostic::from).collect();
    let config = resolve(&written, file, &mut found);
    (config, found)
}

fn resolve(written: &SiteFile, file: FileId, found: &mut Vec<Diagnostic>) -> Config {
    let default = Config::default();
    let text = |field: &Field<String>| field.get().cloned();
    let address = |field: &Field<String>| text(field).map(|url| url.trim_end_matches('/').to_owned());
    if !written.title.is_present() && found.is_empty() {
        let at = Span::new(file, 0, 0);
        found.push(Diagnostic::error("missing-key", at, "the site has no `title`"));
    }
    let rules = written.rules.get().into_iter().flat_map(|rules| &rules.0);
    let language = language(written, found).unwrap_or(default.language);
    Config {
        title: text(&written.title).unwrap_or(default.title),
        base_url: address(&written.base_url).filter(|url| is_base(url, &written.base_url, found)),
        zone: zone(&written.zone, found).unwrap_or(default.zone),
        paper: written.paper.get().copied().unwrap_or_default(),
        labels: Labels::of(&language),
        language,
        theme: written.theme.cloned().filter(|name| is_folder_name(name, found)),
        repository: address(&written.repository).filter(|url| is_shown(url, &written.repository, found)),
        rules: rules.filter_map(|(name, level)| Some((name.clone(), *level.get()?))).collect(),
        fonts: written
            .fonts
            .get()
            .into_iter()
            .flat_map(Many::iter)
            .map(|font| font.map(Clone::clone))
            .collect(),
        forms: written.forms.get().copied().unwrap_or(true),
        archive: written.archive.get().copied().unwrap_or_default(),
        file: Some(file),
    }
}

/// The zone, if the database knows it.
fn zone(field: &Field<String>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let name = field.get()?;
    if jiff::tz::TimeZone::get(name).is_ok() {
        return Some(name.clone());
    }
    let message = format!("unknown time zone `{name}`");
    let help = "use a name of the IANA database, for example `Europe/Madrid` or `UTC`";
    found.push(Diagnostic::error("invalid-value", field.span(), message).help(help));
    None
}

/// The language, if it is a tag of BCP 47; with a word of doubt where no table of labels speaks it.
fn language(written: &SiteFile, found: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    let tag = written.language.cloned()?;
    let part = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    let main = |main: &str| main.len() > 1 && main.chars().all(|c| c.is_ascii_alphabetic());
    if !tag.split('-').all(part) || !tag.split('-').next().is_some_and(main) {
        let message = format!("`{}` is not the tag of a language", tag.value);
        let help = "write it as web pages do, for example `en`, `de` or `es-MX`";
        found.push(Diagnostic::error("invalid-value", tag.span, message).help(help));
        return None;
    }
    // A theme of the site may have a table of its own, which shows when it is loaded.
    if !written.theme.is_present() && !Labels::know(&tag) {
        found.push(unknown_language(&tag));
    }
    Some(tag)
}

/// What is to be said of a language that no table of labels speaks.
pub fn unknown_language(tag: &Spanned<String>) -> Diagnostic {
    let known: Vec<String> = Labels::languages().map(|known| format!("`{known}`")).collect();
    let message = format!("there are no labels in `{}`; the words of the program stay English", tag.value);
    let help = format!(
        "the languages with labels are {}; a theme of the site adds one with labels/{}.yaml",
        known.join(", "),
        tag.value
    );
    Diagnostic::warning("unknown-language", tag.span, message).help(help)
}

/// Whether it is an address of the web to which a path can be added.
pub fn is_address(url: &str) -> bool {
    is_web(url) && !url.contains(|c: char| "\"'<>`\\{}|^?#".contains(c))
}

/// The sources are shown on the web, or pages do not link to them.
fn is_shown(url: &str, field: &Field<String>, found: &mut Vec<Diagnostic>) -> bool {
    if is_address(url) {
        return true;
    }
    let message = format!("`{url}` is not an address at which the sources can be seen");
    let help = "write what a browser shows, for example `https://github.com/acme/runbooks`; until then no page links to its source";
    found.push(Diagnostic::warning("invalid-value", field.span(), message).help(help));
    false
}

/// How the address of a site is written.
pub const BASE: &str = "write it with its scheme, for example `https://runbooks.example.org`";

/// A site is published at an address of the web, which begins every canonical one.
fn is_base(url: &str, field: &Field<String>, found: &mut Vec<Diagnostic>) -> bool {
    if is_address(url) {
        return true;
    }
    let message = format!("`{url}` is not an address at which a site can be published");
    found.push(Diagnostic::error("invalid-value", field.span(), message).help(BASE));
    false
}

/// A theme is one folder of `themes/`, never a path out of it.
fn is_folder_name(name: &Spanned<String>, found: &mut Vec<Diagnostic>) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.is_empty() && !name.starts_with('.') && name.chars().all(plain) {
        return true;
    }
    let message = format!("`{}` is not the name of a folder in `themes/`", name.value);
    found.push(Diagnostic::error("invalid-value", name.span, message));
    false
}
