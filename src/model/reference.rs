//! Where a name leads.
//!
//! Takes a name as it was written and the place of the text, gives what it names, or nothing. Names
//! that leave the content folder lead nowhere.

use percent_encoding::percent_decode_str;

use super::decode::stem;
use super::library::Library;
use super::runbook::{Place, Runbook};
use crate::source::{Sources, Span};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target<'a> {
    /// A whole runbook.
    Runbook(&'a Runbook),
    /// Something in a runbook.
    Place(&'a Runbook, &'a Place),
    /// A release, by its position.
    Release(usize),
    /// A free page, by its position, and an anchor on it.
    Page(usize, Option<&'a str>),
    /// Another file of the content folder.
    File,
    /// Out of the site; the scheme is one of those that are allowed.
    Web,
}

impl PartialEq for Runbook {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Why a name leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken<'a> {
    /// There is no such id in the runbook.
    Id { runbook: Option<&'a str>, id: &'a str },
    /// There is no such file, runbook or page.
    Document(&'a str),
    /// The address has a scheme that is not allowed, such as `javascript:`.
    Scheme(&'a str),
    /// The path leaves the content folder.
    Outside(&'a str),
    /// The address has no host, or one with characters that no host has.
    Host(&'a str),
}

/// Schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether there is a runbook file of this id or path; it may be one that could not be decoded, which
/// was reported and is no reason to report every mention of it.
pub fn is_written(sources: &Sources, here: Span, name: &str) -> bool {
    let path = name.split('#').next().unwrap_or(name);
    let beside = join(&sources.get(here.file).path, path);
    let ending = |ending: &str| format!("content/runbooks/{path}{ending}");
    let by_id = [ending(""), ending(".yaml"), ending(".yml")];
    beside.iter().chain(&by_id).any(|path| sources.find(path).is_some())
}

impl Library {
    /// What `to`, `on-failure` or `requires` names: an id of `runbook`, another runbook, or a path
    /// with or without an id.
    pub fn reference<'a>(
        &'a self,
        sources: &Sources,
        runbook: &'a Runbook,
        name: &'a str,
        span: Span,
    ) -> Result<Target<'a>, Broken<'a>> {
        if let Some(place) = runbook.place(name.trim_start_matches('#')) {
            return Ok(Target::Place(runbook, place));
        }
        if let Some(other) = self.runbook(name) {
            return Ok(Target::Runbook(other));
        }
        if let Some(found) = self.at_home(sources, runbook, name.trim_start_matches('#'), span) {
            return Ok(found);
        }
        if name.contains(['/', '#']) || name.ends_with(".yaml") || name.ends_with(".yml") {
            return self.link(sources, Some(runbook), name, span);
        }
        Err(Broken::Id { runbook: None, id: name })
    }

    /// What a link in a text leads to; `runbook` is the one that the text stands in.
    pub fn link<'a>(
        &'a self,
        sources: &Sources,
        runbook: Option<&'a Runbook>,
        target: &'a str,
        span: Span,
    ) -> Result<Target<'a>, Broken<'a>> {
        if let Some(scheme) = scheme(target) {
            let known = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
            return match wrong_host(target) {
                _ if !known => Err(Broken::Scheme(scheme)),
                Some(host) => Err(Broken::Host(host)),
                None => Ok(Target::Web),
            };
        }
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let here = &sources.get(span.file).path;
        if path.is_empty() {
            return self.within(sources, runbook, anchor, span);
        }
        let Some(full) = join(here, path) else { return Err(Broken::Outside(path)) };
        let found = self.file(sources, &full, anchor);
        // `a%20b.md` is how Markdown names `a b.md`.
        let decoded = || percent_decode_str(path).decode_utf8().ok().and_then(|path| join(here, &path));
        let found = found.or_else(|| self.file(sources, &decoded()?, anchor));
        found.unwrap_or(Err(Broken::Document(path)))
    }

    /// An anchor of the document that the link stands in.
    fn within<'a>(
        &'a self,
        sources: &Sources,
        runbook: Option<&'a Runbook>,
        anchor: &'a str,
        span: Span,
    ) -> Result<Target<'a>, Broken<'a>> {
        let unknown = || Err(Broken::Id { runbook: None, id: anchor });
        match runbook {
            Some(runbook) => place(runbook, anchor)
                .or_else(|broken| self.at_home(sources, runbook, anchor, span).ok_or(broken)),
            None => {
                let here = &sources.get(span.file).path;
                self.file(sources, here, anchor).unwrap_or_else(unknown)
            }
        }
    }

    /// What a section that `runbook` takes with `use` names in the runbook that it is written in.
    fn at_home<'a>(
        &'a self,
        sources: &Sources,
        runbook: &'a Runbook,
        id: &'a str,
        span: Span,
    ) -> Option<Target<'a>> {
        if span.file == runbook.file {
            return None;
        }
        self.file(sources, &sources.get(span.file).path, id)?.ok()
    }

    fn file<'a>(
        &'a self,
        sources: &Sources,
        path: &str,
        anchor: &'a str,
    ) -> Option<Result<Target<'a>, Broken<'a>>> {
        let file = sources.find(path)?;
        let runbook = path.strip_prefix("content/runbooks/").and_then(|path| self.runbook(stem(path)));
        if let Some(runbook) = runbook.filter(|runbook| runbook.file == file) {
            return Some(place(runbook, anchor));
        }
        // Releases and pages stand in the order of their files.
        if let Ok(at) = self.releases.binary_search_by_key(&file, |release| release.file) {
            return Some(Ok(Target::Release(at)));
        }
        if let Ok(at) = self.pages.binary_search_by_key(&file, |page| page.file) {
            let known = self.pages[at].headings.iter().any(|heading| heading.anchor == anchor);
            return Some(match anchor {
                "" => Ok(Target::Page(at, None)),
                _ if known => Ok(Target::Page(at, Some(anchor))),
                _ => Err(Broken::Id { runbook: None, id: anchor }),
            });
        }
        Some(Ok(Target::File))
    }
}

fn place<'a>(runbook: &'a Runbook, anchor: &'a str) -> Result<Target<'a>, Broken<'a>> {
    if anchor.is_empty() {
        return Ok(Target::Runbook(runbook));
    }
    let found = runbook.place(anchor).map(|place| Target::Place(runbook, place));
    found.ok_or(Broken::Id { runbook: Some(&runbook.id), id: anchor })
}

/// The scheme of an address: `https` of `https://example.org`.
///
/// Characters that browsers drop, such as a line break within `java\nscript:`, do not hide one.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    (!scheme.contains(['/', '#', '?'])).then_some(scheme.trim())
}

/// The host of a web address in which no browser finds one: `a.example%2F` of `https://a.example%2F/board`, which is
/// what becomes of a value such as `a.example/` in the place of the host.
fn wrong_host(target: &str) -> Option<&str> {
    let (scheme, rest) = target.split_once(':')?;
    let web = ["http", "https"].iter().any(|web| scheme.trim().eq_ignore_ascii_case(web));
    let host = rest.strip_prefix("//").unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default();
    let wrong = host.is_empty() || host.contains(['%', ' ', '<', '>', '^', '|', '"', '\\']);
    (web && wrong && !host.contains("{{")).then_some(host)
}

/// `path` relative to the file `here`, both below the project's root; `None` where it leaves
/// `content`.
pub(super) fn join(here: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let mut parts: Vec<&str> = here.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (parts.first() == Some(&"content")).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_content() {
        let here = "content/runbooks/common/tls.yaml";
        assert_eq!(join(here, "../a.yaml").as_deref(), Some("content/runbooks/a.yaml"));
        assert_eq!(join(here, "./b.yaml").as_deref(), Some("content/runbooks/common/b.yaml"));
        for path in ["/etc/passwd", "../../../secret", "../../../../../etc/passwd", "..\\..\\x"] {
            assert_eq!(join(here, path), None, "{path}");
        }
    }

    #[test]
    fn a_host_is_one_that_a_browser_opens() {
        for address in
            ["https://a.example%2F/board", "http://%20", "https://a example/", "https:///board", "https:x"]
        {
            assert!(wrong_host(address).is_some(), "{address}");
        }
        for address in
            ["https://a.example:80/a%2Fb", "HTTP://[::1]/", "mailto:a%2Fb", "https://ä.example?q=%2F"]
        {
            assert_eq!(wrong_host(address), None, "{address}");
        }
    }

    #[test]
    fn schemes_are_seen_through_disguise() {
        assert_eq!(scheme("https://a.example"), Some("https"));
        assert_eq!(scheme("java\nscript:alert(1)"), Some("java\nscript"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("a.yaml#b:c"), None);
    }
}
