//! Did you mean.
//!
//! Takes a wrong word and the right ones, gives the nearest, or nothing when none is near.

/// The option nearest to `word`, if it is near enough to be meant: one letter in three may differ, capitals aside.
pub fn closest<'a>(word: &str, options: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let near = |option: &str| option.chars().count().max(word.chars().count()).max(3) / 3;
    options
        .into_iter()
        .map(|option| (strsim::damerau_levenshtein(&word, &option.to_lowercase()), option))
        .filter(|(distance, option)| *distance <= near(option))
        .min()
        .map(|(_, option)| option)
}

/// `a`, `b` or `c`, in backticks; long lists are cut after eight.
pub fn one_of<'a>(options: impl IntoIterator<Item = &'a str>) -> String {
    let mut options = options.into_iter();
    let mut words: Vec<String> = options.by_ref().take(8).map(|option| format!("`{option}`")).collect();
    let more = options.count();
    if more > 0 {
        return format!("{} and {more} more", words.join(", "));
    }
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_meant() {
        let words = ["n/a", "done", "waived"];
        assert_eq!(closest("N/A", words), Some("n/a"));
        assert_eq!(closest("DOEN", words), Some("done"));
        assert_eq!(closest("finished", words), None);
    }
}
