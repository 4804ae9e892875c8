//! Names as people type them.
//!
//! Takes a word and the names there are, gives the one that is meant: the very name, else the only one
//! that starts with the word, else the only one that holds it.

use crate::diagnostic::{closest, one_of};
use crate::error::{Error, Result};

/// The one of `names` that `word` means; `what` is what they are, as in `item of \`shop\``.
///
/// # Errors
/// When none or several are meant, with those that come near.
pub(crate) fn pick<'a, T: Copy>(word: &str, what: &str, names: &[(&'a str, T)]) -> Result<(&'a str, T)> {
    if let Some(exact) = names.iter().find(|(name, _)| *name == word) {
        return Ok(*exact);
    }
    let lower = word.to_lowercase();
    let fits: [&dyn Fn(&str) -> bool; 2] =
        [&|name| name.to_lowercase().starts_with(&lower), &|name| name.to_lowercase().contains(&lower)];
    for fit in fits {
        let found: Vec<(&str, T)> = names.iter().filter(|(name, _)| fit(name)).copied().collect();
        match found.as_slice() {
            _ if lower.is_empty() => break,
            [] => {}
            [one] => return Ok(*one),
            several => {
                let message = format!("`{word}` names more than one {what}");
                let names = one_of(several.iter().map(|(name, _)| *name));
                return Err(Error::usage_help(message, format!("say {names}")));
            }
        }
    }
    Err(unknown(word, what, names.iter().map(|(name, _)| *name)))
}

/// The error for a name that is not there: the nearest, else all there are.
pub(crate) fn unknown<'a>(word: &str, what: &str, names: impl Iterator<Item = &'a str> + Clone) -> Error {
    let message = format!("`{word}` is no {what}");
    let help = match closest(word, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => match one_of(names) {
            none if none.is_empty() => return Error::usage(message),
            names => format!("there is {names}"),
        },
    };
    Error::usage_help(message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_is_meant() {
        let names: Vec<(&str, ())> =
            ["backup", "backup-size", "api-p95", "db-p95"].into_iter().map(|name| (name, ())).collect();
        let picked =
            |word| pick(word, "item", &names).map(|(name, ())| name).map_err(|error| error.to_string());
        assert_eq!(picked("backup"), Ok("backup"));
        assert_eq!(picked("API"), Ok("api-p95"));
        assert_eq!(picked("size"), Ok("backup-size"));
        let several = "`p95` names more than one item\n  = help: say `api-p95` or `db-p95`";
        assert_eq!(picked("p95"), Err(several.to_owned()));
        let near = "`bakcup` is no item\n  = help: did you mean `backup`?";
        assert_eq!(picked("bakcup"), Err(near.to_owned()));
        let none = "`` is no item\n  = help: there is `backup`, `backup-size`, `api-p95` or `db-p95`";
        assert_eq!(picked(""), Err(none.to_owned()));
    }
}
