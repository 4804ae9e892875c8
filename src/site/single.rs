//! A release as one file: its page with everything it loads inside.
//!
//! Takes a finished page, gives the same page with style, script and icon in it and a content security
//! policy that allows nothing else. What the page links to is on it, on the web or shown as text. It
//! works on tags, not on templates, so a site's own theme comes along.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

use super::theme::Theme;

/// A page and what it may link to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folded<'a> {
    /// Path of the page below the output folder.
    pub(super) path: &'a str,
    /// The page.
    pub(super) text: &'a str,
    /// Path of the runbook, whose anchors are also those of the release.
    pub(super) runbook: Option<&'a str>,
    /// Where the site is published.
    pub(super) base_url: Option<&'a str>,
}

/// Path of the single file of the release whose page is at `path`.
pub fn path(path: &str) -> String {
    path.replacen("releases/", "single/", 1)
}

impl Folded<'_> {
    /// The page as one file.
    pub(super) fn fold(self, theme: &Theme, work: &str) -> String {
        let style = lines(&theme.style.text).replace("</style", "<\\/style");
        let script = lines(&(theme.script.text.clone() + work)).replace("</script", "<\\/script");
        let icon = format!("data:image/svg+xml;base64,{}", BASE64.encode(&theme.icon.text));
        let mut out = String::with_capacity(self.text.len() + style.len() + script.len() + 1024);
        let mut rest = self.text;
        while let Some(start) = rest.find('<') {
            out.push_str(&rest[..start]);
            let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
            let tag = &rest[start..end];
            rest = &rest[end..];
            match name(tag) {
                "meta" if tag.contains("charset=") => {
                    out.push_str(tag);
                    out.push_str(&policy(&style, &script));
                }
                "link" => out.push_str(&link(tag, &style, &icon)),
                "script" if attribute(tag, "src").is_some() => {
                    rest = rest.strip_prefix("</script>").unwrap_or(rest);
                }
                "a" => out.push_str(&self.anchor(tag)),
                "body" => out.push_str(&bare(tag, &["data-root", "data-search", "data-runbook"])),
                "/body" => {
                    out.push_str("<script>");
                    out.push_str(&script);
                    out.push_str("</script>\n");
                    out.push_str(tag);
                }
                _ => out.push_str(tag),
            }
        }
        out.push_str(rest);
        out
    }

    /// A link to a place on this page or out of the site; else only its words.
    fn anchor(&self, tag: &str) -> String {
        let Some(href) = attribute(tag, "href") else { return tag.to_owned() };
        if href.starts_with('#') || has_scheme(href) {
            return tag.to_owned();
        }
        let (to, anchor) = href.split_once('#').unwrap_or((href, ""));
        let path = resolve(self.path, to);
        let here = path == self.path || Some(path.as_str()) == self.runbook;
        let there = |anchor: &str| self.text.contains(&format!("id=\"{anchor}\""));
        let new = if here && !anchor.is_empty() && there(anchor) {
            format!("#{anchor}")
        } else if path == self.path {
            "#_main".to_owned()
        } else if let Some(base) = self.base_url {
            let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
            format!("{base}/{path}{anchor}")
        } else {
            return bare(tag, &["href", "rel"]);
        };
        tag.replacen(&format!("href=\"{href}\""), &format!("href=\"{new}\""), 1)
    }
}

/// Nothing is loaded, and only this style and this script count.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)));
    format!(
        "\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src {}; \
         img-src data:; base-uri 'none'; form-action 'none'\">",
        hash(style),
        hash(script)
    )
}

/// A file that the page loads, inside of it; an address of the page stays, others go.
fn link(tag: &str, style: &str, icon: &str) -> String {
    let href = attribute(tag, "href").unwrap_or_default();
    match attribute(tag, "rel") {
        Some("stylesheet") => format!("<style>{style}</style>"),
        Some("icon") => tag.replacen(&format!("href=\"{href}\""), &format!("href=\"{icon}\""), 1),
        Some("canonical") => tag.to_owned(),
        _ => String::new(),
    }
}

/// A browser reads every line break as one sign; a hash is made over what it reads.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches('<');
    tag.find(|c: char| c.is_whitespace() || c == '>').map_or(tag, |end| &tag[..end])
}

/// The value of an attribute, as it is written.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = tag[start..].find('"')? + start;
    Some(&tag[start..end])
}

/// A tag without some of its attributes.
fn bare(tag: &str, names: &[&str]) -> String {
    let without = |tag: String, name: &&str| match attribute(&tag, name) {
        Some(value) => tag.replacen(&format!(" {name}=\"{value}\""), "", 1),
        None => tag,
    };
    names.iter().fold(tag.to_owned(), without)
}

/// `https:`, `mailto:`, `tel:`
fn has_scheme(href: &str) -> bool {
    let end = href.find([':', '/', '#', '?']);
    end.is_some_and(|end| end > 0 && href.as_bytes()[end] == b':')
}

/// A relative address as a path below the output folder.
fn resolve(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Folded<'_> = Folded {
        path: "releases/v1.html",
        text: "<section id=\"step\"></section>",
        runbook: Some("runbooks/shop.html"),
        base_url: None,
    };

    #[test]
    fn links_stay_on_the_page_or_become_words() {
        for (tag, expected) in [
            ("<a href=\"#step\">", "<a href=\"#step\">"),
            ("<a class=\"x\" href=\"../runbooks/shop.html#step\">", "<a class=\"x\" href=\"#step\">"),
            ("<a href=\"../runbooks/shop.html#gone\">", "<a>"),
            ("<a href=\"v1.html\">", "<a href=\"#_main\">"),
            ("<a rel=\"prev\" href=\"v0.html\">", "<a>"),
            ("<a href=\"../index.html#_runbooks\">", "<a>"),
            (
                "<a href=\"https://example.org/\" rel=\"noopener\">",
                "<a href=\"https://example.org/\" rel=\"noopener\">",
            ),
            ("<a href=\"mailto:a@example.org\">", "<a href=\"mailto:a@example.org\">"),
        ] {
            assert_eq!(PAGE.anchor(tag), expected);
        }
        let published = Folded { base_url: Some("https://r.example.org/x"), ..PAGE };
        assert_eq!(
            published.anchor("<a href=\"../owners/dba.html#a\">"),
            "<a href=\"https://r.example.org/x/owners/dba.html#a\">"
        );
    }
}
