//! Parameters in texts: `{{ name }}`.
//!
//! Takes a text and values, gives the text in pieces. A parameter is exactly one identifier between
//! double braces; `{{.Id}}`, `${{ x }}` and `{1..30}` belong to other programs and are left alone.

use std::ops::Range;

/// The parameters that texts may name, each with its value where there is one, in written order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(String, Option<String>)>);

impl Values {
    /// Declares `name`, or gives it another value.
    pub fn set(&mut self, name: &str, value: Option<String>) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some(entry) => entry.1 = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).and_then(|(_, value)| value.as_deref())
    }

    /// Whether `name` is declared and has no value, or one that is made of what has none.
    pub fn waits(&self, name: &str) -> bool {
        let known = self.0.iter().find(|(known, _)| known == name);
        known.is_some_and(|(_, value)| value.as_ref().is_none_or(|value| value.contains('‹')))
    }

    /// Whether `name` is declared, with or without a value.
    pub fn declares(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Every declared name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_deref()))
    }
}

/// How often values are filled into each other: each time, what one names may name twice as much.
const ROUNDS: usize = 4;
/// Bytes of the longest value that is made of others.
const LONGEST: usize = 4096;

impl Values {
    /// Fills in what values themselves name, `‹name›` for what has none. One that is made of itself, or grows
    /// beyond any use, stays as it was written.
    pub fn settle(&mut self) {
        let is_named =
            |(_, value): &(String, Option<String>)| value.as_ref().is_some_and(|value| value.contains("{{"));
        for _ in 0..ROUNDS {
            if !self.0.iter().any(is_named) {
                return;
            }
            let known = self.clone();
            let named = self.0.iter_mut().filter_map(|(name, value)| Some((name, value.as_mut()?)));
            for (name, value) in named.filter(|(_, value)| value.contains("{{")) {
                let circle = find(value).iter().any(|(inner, _)| inner == name);
                let filled = Piece::plain(&pieces(value, &known));
                if !circle && filled.len() <= LONGEST {
                    *value = filled;
                }
            }
            if *self == known {
                return;
            }
        }
    }
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Characters.
    Text(String),
    /// A parameter, with its value where it has one.
    Parameter { name: String, value: Option<String> },
}

impl Piece {
    /// The characters of pieces, a parameter without a value as `‹name›`.
    pub fn plain(pieces: &[Self]) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Self::Text(text) | Self::Parameter { value: Some(text), .. } => out.push_str(text),
                Self::Parameter { name, value: None } => out.extend(["‹", name.as_str(), "›"]),
            }
        }
        out
    }
}

/// Every parameter in `text`: its name and the bytes of the whole `{{ name }}`.
pub fn find(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    // Most texts have none, and a byte is found faster than two.
    if !text.as_bytes().contains(&b'{') {
        return found;
    }
    let (mut from, mut end) = (0, 0);
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        // The end of many beginnings is looked for once.
        if end < start + 2 {
            let Some(at) = text[start..].find("}}") else { break };
            end = start + at + 2;
        }
        let name = text[start + 2..end - 2].trim();
        let foreign = text[..start].ends_with(['$', '{']) || text[end..].starts_with('}');
        if is_name(name) && !foreign {
            found.push((name, start..end));
            from = end;
        } else {
            from = start + 2;
        }
    }
    found
}

/// Whether `name` can name a parameter: a letter, then letters, digits, `-` and `_`.
pub fn is_name(name: &str) -> bool {
    let tail = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(tail)
}

/// `text` cut at its parameters; a name that is not declared is text, `check` reports it.
pub fn pieces(text: &str, values: &Values) -> Vec<Piece> {
    let found = find(text);
    let mut out = Vec::with_capacity(2 * found.len() + 1);
    let mut from = 0;
    for (name, range) in found.into_iter().filter(|(name, _)| values.declares(name)) {
        if range.start > from {
            out.push(Piece::Text(text[from..range.start].to_owned()));
        }
        out.push(Piece::Parameter { name: name.to_owned(), value: values.get(name).map(str::to_owned) });
        from = range.end;
    }
    if from < text.len() {
        out.push(Piece::Text(text[from..].to_owned()));
    }
    out.shrink_to_fit();
    out
}

/// `text` with the values filled in; a parameter without a value stays as it was written.
pub fn fill(text: &str, values: &Values) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (name, range) in find(text) {
        out.push_str(&text[from..range.start]);
        out.push_str(values.get(name).unwrap_or(&text[range.clone()]));
        from = range.end;
    }
    out + &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_identifier_between_braces_is_a_parameter() {
        let names = |text| find(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("{{ a }} {{b}} {{ c-d }} {{e_1}}"), ["a", "b", "c-d", "e_1"]);
        for text in ["{{.Id}}", "${{ x }}", "{1..30}", "{{ a b }}", "{{}}", "{{{ x }}}", "{{ 1a }}", "{{ a"] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn many_beginnings_with_one_end_are_read_in_one_pass() {
        assert_eq!(find("{{ }} {{ {{ a }} {{ b }}").len(), 2);
        assert_eq!(find(&("{{ ".repeat(500_000) + "a }}")).len(), 1);
    }

    #[test]
    fn values_are_made_of_each_other() {
        let written = [
            ("url", Some("https://{{ host }}/{{.Id}}")),
            ("host", Some("{{ version }}.{{ zone }}.example")),
            ("version", Some("v1")),
            ("zone", None),
            ("self", Some("a {{ self }}")),
            ("one", Some("{{ two }}")),
            ("two", Some("{{ one }}")),
        ];
        let mut values = Values::default();
        written.into_iter().for_each(|(name, value)| values.set(name, value.map(str::to_owned)));
        values.settle();
        let settled: Vec<_> = values.iter().collect();
        assert_eq!(
            settled[..5],
            [
                ("url", Some("https://v1.‹zone›.example/{{.Id}}")),
                ("host", Some("v1.‹zone›.example")),
                ("version", Some("v1")),
                ("zone", None),
                ("self", Some("a {{ self }}")),
            ]
        );
        let mut laughs = Values::default();
        for n in 0..100 {
            laughs.set(&format!("a{n}"), Some(format!("{{{{ a{} }}}}", n + 1).repeat(50)));
        }
        laughs.settle();
        assert!(laughs.iter().all(|(_, value)| value.is_some_and(|value| value.len() <= LONGEST)));
    }

    #[test]
    fn values_are_filled_in_and_blanks_stay() {
        let mut values = Values::default();
        values.set("a", Some("{{ b }}".to_owned()));
        values.set("b", None);
        assert_eq!(fill("x {{ a }} {{ b }} y", &values), "x {{ b }} {{ b }} y");
        assert_eq!(Piece::plain(&pieces("x {{ a }} {{ b }}", &values)), "x {{ b }} ‹b›");
    }
}
