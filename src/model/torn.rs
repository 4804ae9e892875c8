//! What is wrong with a line of a journal that cannot be read, in words for whoever appended it.
//!
//! Takes the line, gives a reason. A line has one form only, `- { key: value, … }`, so that it can be told
//! better than of YAML at large; it judges no line that can be read.

/// Why a line is none.
pub(in crate::model) fn why(line: &str) -> String {
    let entry = line.trim_end().strip_prefix("- ").map(str::trim_start);
    match entry.filter(|entry| entry.starts_with('{')) {
        Some(entry) => Scan { text: entry, at: 0, open: Vec::new(), starts: true }
            .run()
            .err()
            .unwrap_or_else(|| "it is not of the form `- { key: value, … }`".to_owned()),
        None => "it does not begin with `- {`".to_owned(),
    }
}

/// Where a line is read.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// What is open: its bracket, and whether a value has begun in it.
    open: Vec<(char, bool)>,
    /// Whether a key or a value begins here.
    starts: bool,
}

impl Scan<'_> {
    /// # Errors
    /// With the first thing that is wrong.
    fn run(mut self) -> Result<(), String> {
        while let Some(c) = self.text[self.at..].chars().next() {
            match c {
                '"' | '\'' if self.starts => self.quotation(c)?,
                '{' | '[' if self.starts => {
                    self.open.push((c, c == '['));
                    self.at += 1;
                }
                '}' | ']' if self.close(c)? => return Ok(()),
                '}' | ']' => {}
                _ => self.plain(c)?,
            }
        }
        Err("it ends before its `}`".to_owned())
    }

    /// What is neither a quotation nor a bracket where one may stand.
    fn plain(&mut self, c: char) -> Result<(), String> {
        let rest = &self.text[self.at + c.len_utf8()..];
        // Behind a key in quotes a colon needs no space.
        let ends = rest.is_empty()
            || rest.starts_with([' ', '\t', ',', '}', ']'])
            || self.text[..self.at].ends_with(['"', '\'']);
        match c {
            ',' if self.starts && self.text[..self.at].trim_end().ends_with(',') => {
                return Err("there is nothing between two commas".to_owned());
            }
            ',' => self.part(false),
            ':' if ends && self.open.last().is_some_and(|(bracket, value)| *bracket == '{' && *value) => {
                return Err("a comma is missing, or a text with `: ` in it has no quotes".to_owned());
            }
            ':' if ends => self.part(true),
            '#' if self.text[..self.at].ends_with([' ', '\t']) => {
                return Err("` #` starts a comment, and the rest of the line is lost".to_owned());
            }
            '@' | '`' | '%' | '|' | '>' | '&' | '*' | '!' if self.starts => {
                return Err(format!("a value that begins with `{c}` has no quotes"));
            }
            '{' | '[' => return Err(format!("a text with `{c}` in it has no quotes")),
            _ => self.starts &= c.is_whitespace(),
        }
        self.at += c.len_utf8();
        Ok(())
    }

    /// A key or a value begins.
    fn part(&mut self, value: bool) {
        self.starts = true;
        if let Some((bracket, begun)) = self.open.last_mut() {
            *begun = value || *bracket == '[';
        }
    }

    /// A text in quotes, and what may stand behind it.
    fn quotation(&mut self, quote: char) -> Result<(), String> {
        let mut rest = self.text[self.at + 1..].char_indices().peekable();
        let end = loop {
            match rest.next() {
                None => {
                    return Err(format!("it ends inside a text in quotes: the closing `{quote}` is missing"));
                }
                Some((_, '\\')) if quote == '"' => match rest.next() {
                    Some((_, c)) if !"0abtnvfre \"/\\N_LPxuU\t".contains(c) => {
                        return Err(format!(
                            "`\\{c}` means nothing in double quotes: a backslash is `\\\\` there"
                        ));
                    }
                    _ => {}
                },
                Some((_, c)) if c == quote => match rest.peek() {
                    Some((_, '\'')) if quote == '\'' => drop(rest.next()),
                    _ => break rest.peek().map_or(self.text.len(), |(at, _)| self.at + 1 + at),
                },
                Some(_) => {}
            }
        };
        (self.at, self.starts) = (end, false);
        let behind = self.text[end..].trim_start();
        if behind.is_empty() || behind.starts_with([',', ':', '}', ']', '#']) {
            return Ok(());
        }
        Err(format!("something follows a text in quotes behind its closing `{quote}`"))
    }

    /// A bracket that closes; whether it is the last.
    fn close(&mut self, c: char) -> Result<bool, String> {
        let Some((bracket, _)) = self.open.pop() else { return Ok(true) };
        if (bracket == '{') != (c == '}') {
            return Err(format!("its `{bracket}` is closed by `{c}`"));
        }
        (self.at, self.starts) = (self.at + 1, false);
        let behind = self.text[self.at..].trim_start();
        match self.open.is_empty() {
            true if behind.is_empty() || behind.starts_with('#') => Ok(true),
            true => Err("something follows its `}`".to_owned()),
            false => Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_line() {
        let begin = "it does not begin with `- {`";
        for (line, expected) in [
            ("- { at: 2026-12-01T08:00:00Z, by: ana, item: x", "it ends before its `}`"),
            ("- {", "it ends before its `}`"),
            ("- { at: 2026-12-01T0", "it ends before its `}`"),
            ("- { by: \"ana", "it ends inside a text in quotes: the closing `\"` is missing"),
            ("- { by: 'it''s", "it ends inside a text in quotes: the closing `'` is missing"),
            ("- { note: \"a\\", "it ends inside a text in quotes: the closing `\"` is missing"),
            ("- { note: \"a\\q\" }", "`\\q` means nothing in double quotes: a backslash is `\\\\` there"),
            ("- { at: 08:00Z by: ana }", "a comma is missing, or a text with `: ` in it has no quotes"),
            ("- { note: a: b }", "a comma is missing, or a text with `: ` in it has no quotes"),
            ("- { by: ana }}", "something follows its `}`"),
            ("- { by: ana } x", "something follows its `}`"),
            ("- { by: @ana }", "a value that begins with `@` has no quotes"),
            ("- { by: *ana }", "a value that begins with `*` has no quotes"),
            ("- { by: [a }", "its `[` is closed by `}`"),
            ("- { by: ana, , }", "there is nothing between two commas"),
            ("- { note: \"a\" b }", "something follows a text in quotes behind its closing `\"`"),
            ("- { note: it's #1 }", "` #` starts a comment, and the rest of the line is lost"),
            ("- { note: a {b} }", "a text with `{` in it has no quotes"),
            ("- { \"a\":\"b, c", "it ends inside a text in quotes: the closing `\"` is missing"),
            ("-{ by: ana }", begin),
            ("{ by: ana }", begin),
            ("\t- { by: ana }", begin),
            (" by: ana }", begin),
            ("- \"abc", begin),
            ("", begin),
            ("- { by: ana }", "it is not of the form `- { key: value, … }`"),
            ("- { é: 'ü', \"a\": [b, 'c'] } # why", "it is not of the form `- { key: value, … }`"),
        ] {
            assert_eq!(why(line), expected, "{line}");
        }
    }
}
