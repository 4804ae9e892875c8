//! Addresses between pages: relative, so that the folder works at any place and from the disk.
//!
//! Takes paths below the output folder, gives what stands in `href`. It knows no page.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::view::Destination;

/// The address of `to`, seen from the page at `from`; `None` where nothing may be linked.
pub(super) fn href(from: &str, to: &Destination) -> Option<String> {
    match to {
        Destination::Url(url) => Some(outside(url)),
        Destination::Page { path, anchor } => Some(page(from, path, anchor)),
        Destination::Nowhere(_) => None,
    }
}

/// An address out of the site, with what no address may hold written as browsers would send it: the
/// braces of a parameter without a value, spaces, quotes.
fn outside(url: &str) -> String {
    let mut out = String::new();
    for c in url.chars() {
        match c {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                out.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out
}

/// The address of an anchor on the page `path`; without an anchor, of the page.
pub(super) fn page(from: &str, path: &str, anchor: &str) -> String {
    // Room for the way up; most addresses have nothing to encode.
    let mut out = String::with_capacity(path.len() + anchor.len() + 16);
    if from != path || anchor.is_empty() {
        relative(from, path, &mut out);
    }
    if !anchor.is_empty() {
        out.push('#');
        encode(anchor, &mut out);
    }
    out
}

/// The address of the page `path` with a word for its script.
pub(super) fn query(from: &str, path: &str, key: &str, value: &str) -> String {
    let mut out = page(from, path, "");
    out.push_str(&format!("?{key}="));
    encode(value, &mut out);
    out
}

/// The way up from the page at `from` to the output folder: `../` or nothing.
pub(super) fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

fn relative(from: &str, path: &str, out: &mut String) {
    // The length of the folders that both lie in.
    let both = from.bytes().zip(path.bytes()).take_while(|(one, other)| one == other).count();
    let shared = path.as_bytes()[..both].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    for _ in from.bytes().skip(shared).filter(|byte| *byte == b'/') {
        out.push_str("../");
    }
    out.extend(utf8_percent_encode(path.get(shared..).unwrap_or(path), IN_PATH));
}

/// Everything but what RFC 3986 calls unreserved, and a few signs that are safe in a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'+')
    .remove(b',')
    .remove(b'@');

/// The same in a path, whose parts it keeps apart.
const IN_PATH: &AsciiSet = &ENCODED.remove(b'/');

fn encode(part: &str, out: &mut String) {
    out.extend(utf8_percent_encode(part, ENCODED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_and_encoded() {
        assert_eq!(page("index.html", "runbooks/a.html", ""), "runbooks/a.html");
        assert_eq!(page("runbooks/a.html", "index.html", "x"), "../index.html#x");
        assert_eq!(
            query("runbooks/a.html", "index.html", "filter", "a & b"),
            "../index.html?filter=a%20%26%20b"
        );
        assert_eq!(page("runbooks/a.html", "runbooks/b.html", "x"), "b.html#x");
        assert_eq!(page("runbooks/a.html", "runbooks/a.html", "x"), "#x");
        assert_eq!(page("runbooks/a.html", "runbooks/a.html", ""), "a.html");
        assert_eq!(page("pages/guide/a.html", "pages/b.html", ""), "../b.html");
        assert_eq!(page("pages/a.html", "pages/guide/b.html", ""), "guide/b.html");
        assert_eq!(page("a/b/c.html", "x/b/c.html", ""), "../../x/b/c.html");
        assert_eq!(
            page("index.html", "releases/v1 #2?%.html", "a\"b"),
            "releases/v1%20%232%3F%25.html#a%22b"
        );
        assert_eq!(root("index.html"), "");
        assert_eq!(root("pages/guide/a.html"), "../../");
    }

    #[test]
    fn a_path_that_looks_like_a_scheme_is_no_scheme() {
        assert_eq!(page("index.html", "javascript:alert(1)", ""), "javascript%3Aalert%281%29");
    }
}
