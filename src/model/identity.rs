//! Ids: what links, journals and printed sheets hold on to.
//!
//! Takes a title or a written id, gives the id that stands for it.

/// The id of a title: lower case, every run of other characters one `-`.
///
/// Letters and digits of any script stay, so that a Cyrillic title has an id too. The text is the
/// title as it was written, so that a parameter's value does not change the id; where a link in it leads
/// is no part of it.
pub fn slug(title: &str) -> String {
    let mut id = String::with_capacity(title.len());
    id.extend(letters(title));
    id
}

/// Whether an id is that of a title.
pub fn is_slug(id: &str, title: &str) -> bool {
    letters(title).eq(id.chars())
}

fn letters(title: &str) -> impl Iterator<Item = char> {
    let (mut begun, mut gap) = (false, false);
    without_addresses(title).flat_map(move |c| {
        let kept = c.is_alphanumeric();
        let hyphen = kept && begun && gap;
        begun |= kept;
        gap = !kept && (gap || (c != '\'' && c != '’'));
        let letter = kept.then(|| c.to_lowercase());
        hyphen.then_some('-').into_iter().chain(letter.into_iter().flatten())
    })
}

/// A text without the addresses of the links in it: `[policy](policy.md)` is `[policy]`.
fn without_addresses(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    // Behind the last bracket that closes there is no address to look for.
    let closing = text.rfind(')').map_or(usize::MAX, |at| text.len() - at);
    std::iter::from_fn(move || {
        let c = rest.chars().next()?;
        rest = &rest[c.len_utf8()..];
        if c == ']' && rest.starts_with('(') && rest.len() >= closing {
            rest = rest.split_once(')').map_or(rest, |(_, after)| after);
        }
        Some(c)
    })
}

/// Whether a written id is kebab-case: lower-case letters and digits, with single `-` between.
pub fn is_kebab(id: &str) -> bool {
    let word =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase());
    id.split('-').all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_an_id() {
        for (title, id) in [
            ("Go/no-go", "go-no-go"),
            ("API p95 — response time!", "api-p95-response-time"),
            ("Deploy {{ version }}", "deploy-version"),
            ("Read the [policy](pages/policy.md#top) first", "read-the-policy-first"),
            ("Array [0](open", "array-0-open"),
            ("Don't panic", "dont-panic"),
            ("Резервная копия", "резервная-копия"),
            ("  1.2  Staging ", "1-2-staging"),
            ("→", ""),
        ] {
            assert_eq!(slug(title), id);
            assert!(is_slug(id, title) && !is_slug("go", title));
        }
    }

    #[test]
    fn an_id_is_kebab_case() {
        assert!(["a", "go-no-go", "1-2", "копия"].into_iter().all(is_kebab));
        assert!(!["", "A", "a_b", "a--b", "-a", "a-", "a b", "a.b"].into_iter().any(is_kebab));
    }
}
