//! Addresses of the web, in texts that may as well be something else.
//!
//! Takes a text, says whether it is one; it asks nobody whether anything answers there.

/// Whether a text is an address of the web and nothing else. The case of a scheme means nothing.
pub fn is_web(text: &str) -> bool {
    let after = |scheme: &str| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let ends = |c: char| c.is_whitespace() || c.is_control();
    after("https://")
        .or_else(|| after("http://"))
        .is_some_and(|rest| !rest.is_empty() && !rest.contains(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_all_that_there_is() {
        assert!(is_web("https://a.example/b?c#d"));
        assert!(is_web("HTTP://ä.example"));
        for text in
            ["", "https://", "https:/a", "see https://a", "https://a b", "https://a\n", "ftp://a", "äöüß"]
        {
            assert!(!is_web(text), "{text}");
        }
    }
}
