//! What an open page needs to stay current: its version, the script, what changed.
//!
//! Takes content and paths, gives bytes and changes. It knows nothing of connections.

use percent_encoding::percent_decode_str;

use super::board::{Content, File};
use crate::output::Key;

/// A file as it was found: what it depends on, and its bytes unless the browser has them.
pub(super) struct Found {
    pub(super) version: String,
    pub(super) bytes: Option<Result<Vec<u8>, String>>,
}

/// What became of a page that is open.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing.
    None,
    /// Only its style sheet has another name.
    Style { href: String, version: String },
    /// Anything else.
    Page,
}

/// The path below the site of a path of an address: decoded, and a folder is its index.
pub(super) fn site_path(path: &str) -> String {
    let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy();
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.into_owned() }
}

/// The file at `path`, made unless the browser `has` its version: what it takes, then a point and what its
/// style sheet is called.
pub(super) fn find(content: &dyn Content, path: &str, has: &dyn Fn(&str) -> bool) -> Option<Found> {
    let style = if is_page(path) { Key::of(content.style()).to_string() } else { String::new() };
    let version = |key: Key| format!("{key}.{}", &style[..style.len().min(10)]);
    let File { key, bytes } = content.find(path, &|key| !has(&version(key)))?;
    let version = version(key.unwrap_or_else(|| {
        let bytes = bytes.as_ref().and_then(|made| made.as_deref().ok()).unwrap_or_default();
        // Where the name of the style sheet is in the text, it is no part of what the text takes.
        Key::of(&String::from_utf8_lossy(bytes).replace(content.style(), ""))
    }));
    let bytes = bytes.filter(|_| !has(&version));
    Some(Found { version, bytes })
}

/// What became of the page at `path` since it had `version`; nothing is the version of no page.
pub(super) fn change(content: &dyn Content, path: &str, version: &str) -> Change {
    let now = find(content, path, &|_| true).map(|found| found.version).unwrap_or_default();
    let body = |version: &str| version.split_once('.').map(|(body, _)| body.to_owned());
    if now == version {
        Change::None
    } else if body(&now).is_some() && body(&now) == body(version) {
        Change::Style { href: format!("/{}", content.style()), version: now }
    } else {
        Change::Page
    }
}

/// The path of the file that now stands for one of earlier content: a page from before a save asks for it.
pub(super) fn successor(content: &dyn Content, path: &str) -> Option<String> {
    let named = named(path)?;
    content.assets().into_iter().find(|asset| self::named(asset) == Some(named))
}

/// A page with the script of live reload, which may put the next one in its place where no other scripts run;
/// anything else as it is.
pub(super) fn inject(content: &dyn Content, bytes: Vec<u8>, path: &str, version: &str) -> Vec<u8> {
    if !is_page(path) {
        return bytes;
    }
    let place = if content.has_scripts() { "" } else { " data-in-place" };
    let script =
        format!("<script src=\"/_runsheet/live.js\" data-version=\"{version}\"{place} defer></script>\n");
    let end = bytes.windows(7).rposition(|window| window == b"</body>").unwrap_or(bytes.len());
    [&bytes[..end], script.as_bytes(), &bytes[end..]].concat()
}

/// A page that says why another could not be made.
pub(super) fn failure(path: &str, why: &str) -> Vec<u8> {
    let (path, why) = (escaped(path), escaped(why));
    let head =
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Not made</title></head>\n";
    format!("{head}<body>\n<h1>{path} could not be made</h1>\n<pre>{why}</pre>\n</body>\n</html>\n")
        .into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// How long a browser may keep a file: for ever where the name changes with the bytes; anything else it
/// has to ask for again.
pub(super) fn caching(path: &str) -> &'static str {
    if named(path).is_some() { "max-age=31536000, immutable" } else { "no-cache" }
}

/// What a file is called that is named for its bytes, as in `assets/style-1f2e3d4c5b.css`, and its ending.
fn named(path: &str) -> Option<(&str, &str)> {
    let (stem, ending) = path.strip_prefix("assets/")?.rsplit_once('.')?;
    let (name, hash) = stem.rsplit_once('-')?;
    let is_hash = hash.len() == 10 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some((name, ending))
}

/// The type of a file, by its ending.
pub(super) fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "md" => "text/markdown; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Two {
        body: &'static str,
        style: &'static str,
        has_scripts: bool,
    }

    impl Content for Two {
        fn find(&self, path: &str, wants: &dyn Fn(Key) -> bool) -> Option<File> {
            let key = match path {
                "index.html" => None,
                "a.html" => Some(Key::of(self.body)),
                _ => return None,
            };
            let made = || Ok(format!("{} {}", self.style, self.body).into_bytes());
            Some(File { key, bytes: key.is_none_or(wants).then(made) })
        }

        fn assets(&self) -> Vec<String> {
            vec![self.style.to_owned()]
        }

        fn not_found(&self) -> Option<Vec<u8>> {
            None
        }

        fn style(&self) -> &str {
            self.style
        }

        fn worded(&self, script: &str) -> String {
            script.to_owned()
        }

        fn has_scripts(&self) -> bool {
            self.has_scripts
        }
    }

    #[test]
    fn a_new_style_is_told_from_a_new_page() {
        let old = Two { body: "one", style: "assets/style-1.css", has_scripts: false };
        for path in ["index.html", "a.html"] {
            let version = find(&old, path, &|_| true).unwrap().version;
            assert_eq!(change(&old, path, &version), Change::None);
            let body = Two { body: "two", ..old };
            assert_eq!(change(&body, path, &version), Change::Page);
            let style = Two { style: "assets/style-2.css", ..old };
            let now = find(&style, path, &|_| true).unwrap().version;
            let href = "/assets/style-2.css".to_owned();
            assert_eq!(change(&style, path, &version), Change::Style { href, version: now });
        }
        let version = find(&old, "a.html", &|_| true).unwrap().version;
        assert_eq!(change(&old, "gone.html", &version), Change::Page);
        assert_eq!(change(&old, "gone.html", ""), Change::None);
        assert_eq!(change(&old, "a.html", ""), Change::Page);
    }

    #[test]
    fn what_the_browser_has_is_not_made() {
        let content = Two { body: "one", style: "assets/style-1.css", has_scripts: false };
        for path in ["index.html", "a.html"] {
            let found = find(&content, path, &|_| false).unwrap();
            assert_eq!(found.bytes, Some(Ok(b"assets/style-1.css one".to_vec())));
            assert_eq!(find(&content, path, &|version| version == found.version).unwrap().bytes, None);
        }
    }

    #[test]
    fn a_file_of_earlier_content_has_a_successor() {
        let content = Two { body: "one", style: "assets/style-1f2e3d4c5b.css", has_scripts: false };
        let successor = |path| successor(&content, path);
        assert_eq!(successor("assets/style-0000000000.css").as_deref(), Some("assets/style-1f2e3d4c5b.css"));
        for path in
            ["assets/other-0000000000.css", "assets/style-0000000000.js", "assets/style.css", "a.html"]
        {
            assert_eq!(successor(path), None, "{path}");
        }
    }

    #[test]
    fn only_what_is_named_for_its_bytes_is_kept() {
        let kept = |path| caching(path) != "no-cache";
        let paths =
            ["assets/style-1f2e3d4c5b.css", "assets/search.js", "assets/search-places-0.js", "index.html"];
        assert_eq!(paths.map(kept), [true, false, false, false]);
        assert!(!kept("pages/assets-1f2e3d4c5b.html"));
    }

    #[test]
    fn addresses_become_paths() {
        let paths = ["/", "/a%20b.html", "/runbooks/", "/%2e%2e/%2e%2e/etc/passwd", "//x", "/%ff"];
        let found: Vec<String> = paths.into_iter().map(site_path).collect();
        assert_eq!(
            found,
            ["index.html", "a b.html", "runbooks/index.html", "../../etc/passwd", "x", "\u{fffd}"]
        );
    }

    #[test]
    fn only_pages_get_the_script() {
        for (has_scripts, place) in [(false, " data-in-place"), (true, "")] {
            let content = Two { body: "", style: "", has_scripts };
            let page = inject(&content, b"<body>x</body></html>".to_vec(), "a.html", "1.2");
            let script =
                format!("<script src=\"/_runsheet/live.js\" data-version=\"1.2\"{place} defer></script>\n");
            assert_eq!(String::from_utf8(page).unwrap(), format!("<body>x{script}</body></html>"));
            assert_eq!(inject(&content, b"</body>".to_vec(), "a.js", ""), b"</body>");
        }
    }
}
