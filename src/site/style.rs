//! What a style sheet of a site's own theme would make browsers ask for.
//!
//! Takes the text of a sheet, gives the first address in it that is loaded. Pages load nothing but the
//! files that the program writes, so whatever is loaded is not there, or comes from the network.

/// Where the first address stands that is loaded, in bytes, and the address; an `@import` loads whatever
/// follows it.
pub(super) fn loaded(css: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    while let Some(rest) = css.get(at..).filter(|rest| !rest.is_empty()) {
        let is_word = css[..at].ends_with(|c: char| c.is_alphanumeric() || "-_".contains(c));
        let begins =
            |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        at += if begins("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if begins("@namespace") {
            rest.find(';').unwrap_or(rest.len())
        } else if begins("@import") {
            let end = rest.find(';').unwrap_or(rest.len());
            return Some((at, rest[..end].trim_end()));
        } else if !is_word && begins("url(") {
            let (inner, length) = address(&rest["url(".len()..]);
            if !is_within(inner) {
                return Some((at, inner));
            }
            "url(".len() + length
        } else if rest.starts_with(['"', '\'']) {
            text(rest)
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
    }
    None
}

/// What stands in the brackets of `url(…)`, without quotes, and how long it is with them.
fn address(rest: &str) -> (&str, usize) {
    let begin = rest.len() - rest.trim_start().len();
    let inner = &rest[begin..];
    if inner.starts_with(['"', '\'']) {
        let length = text(inner);
        return (inner[..length].trim_matches(['"', '\'']), begin + length);
    }
    let length = inner.find(')').unwrap_or(inner.len());
    (inner[..length].trim_end(), begin + length)
}

/// How long the text in quotes is with which `rest` begins.
fn text(rest: &str) -> usize {
    let mut escaped = false;
    let quote = rest.chars().next();
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if Some(c) == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Whether an address needs no other file: data in the sheet itself, or a part of the page.
fn is_within(address: &str) -> bool {
    let data = address.get(.."data:".len()).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    data || address.is_empty() || address.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_loaded_is_seen() {
        let found = |css| loaded(css).map(|(_, address)| address);
        assert_eq!(
            found("@import url(\"https://a.example/x.css\");\n"),
            Some("@import url(\"https://a.example/x.css\")")
        );
        assert_eq!(found("a { b: URL( 'x y.png' ) }"), Some("x y.png"));
        assert_eq!(
            found("@font-face { src: url(//a.example/x.woff2) format(\"woff2\") }"),
            Some("//a.example/x.woff2")
        );
        assert_eq!(loaded("ä{}\nb { c: url(d)}"), Some((12, "d")));
        assert_eq!(found("a { b: url(https://unclosed"), Some("https://unclosed"));
    }

    #[test]
    fn what_is_not_loaded_is_left_alone() {
        for css in [
            "/* url(https://a.example) @import */ a { b: c }",
            "a::before { content: \"url(https://a.example) \\\" @import\" }",
            "@namespace svg url(http://www.w3.org/2000/svg); a { clip-path: url(#b) }",
            "a { b: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\") } c { d: url( DATA:x) }",
            "a { my-url(x): b } /* open",
            "a { b: \"open",
            "",
        ] {
            assert_eq!(loaded(css), None, "{css}");
        }
    }
}
