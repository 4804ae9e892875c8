//! Code → tokens, for colours on screen and weight on paper.
//!
//! Takes code and the name of its language, gives tokens that together are the code, byte for byte.
//! Languages: bash, sql, yaml, json, python, console; any other is one plain token. It reads each
//! byte a bounded number of times and does not mind code that is wrong.

mod language;

use language::Language;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Anything else.
    Plain,
    /// A comment.
    Comment,
    /// A text in quotes.
    String,
    /// A word of the language.
    Keyword,
    /// A command or built-in function.
    Builtin,
    /// A variable.
    Variable,
    /// A number.
    Number,
    /// A flag such as `--force`, or a key.
    Attribute,
}

/// A piece of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// Its characters.
    pub text: &'a str,
}

/// Cuts `code` into tokens.
pub fn highlight<'a>(language: &str, code: &'a str) -> Vec<Token<'a>> {
    let mut tokens = Tokens(Vec::new());
    match language::named(language) {
        Some(Language { prompts: true, .. }) => console(code, &mut tokens),
        Some(language) => scan(language, code, &mut tokens),
        None => tokens.push(TokenKind::Plain, code),
    }
    tokens.0
}

/// Tokens so far, none of them empty.
struct Tokens<'a>(Vec<Token<'a>>);

impl<'a> Tokens<'a> {
    fn push(&mut self, kind: TokenKind, text: &'a str) {
        if !text.is_empty() {
            self.0.push(Token { kind, text });
        }
    }
}

/// A session: lines after a prompt are commands, the others are what they print.
fn console<'a>(code: &'a str, tokens: &mut Tokens<'a>) {
    for line in code.split_inclusive('\n') {
        let prompt = ["$ ", "# ", "% ", "> "].into_iter().find(|prompt| line.starts_with(prompt));
        match (prompt, language::named("bash")) {
            (Some(prompt), Some(bash)) => {
                let (prompt, command) = line.split_at(prompt.len());
                tokens.push(TokenKind::Comment, prompt);
                scan(bash, command, tokens);
            }
            _ => tokens.push(TokenKind::Plain, line),
        }
    }
}

fn scan<'a>(language: &'static Language, code: &'a str, tokens: &mut Tokens<'a>) {
    let mut scanner = Scanner { language, code, at: 0, opens: true };
    let mut plain = 0;
    while scanner.at < code.len() {
        let start = scanner.at;
        let kind = scanner.step();
        // Every step takes at least one character, whatever the rules say.
        let least = code[start..].chars().next().map_or(1, char::len_utf8);
        scanner.at = scanner.at.max(start + least);
        if kind != TokenKind::Plain {
            tokens.push(TokenKind::Plain, &code[plain..start]);
            tokens.push(kind, &code[start..scanner.at]);
            plain = scanner.at;
        }
    }
    tokens.push(TokenKind::Plain, &code[plain..]);
}

struct Scanner<'a> {
    language: &'static Language,
    code: &'a str,
    at: usize,
    /// Whether a command or a key may stand here.
    opens: bool,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.code[self.at..]
    }

    /// Whether nothing of a word stands directly before.
    fn fresh(&self) -> bool {
        !self.code[..self.at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
    }

    /// Takes one token.
    fn step(&mut self) -> TokenKind {
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or_default();
        if let Some(length) = self.comment(rest) {
            self.at += length;
            return TokenKind::Comment;
        }
        if let Some(length) = self.key(rest) {
            self.at += length;
            self.opens = false;
            return TokenKind::Attribute;
        }
        if let Some(length) = self.quoted(rest, first) {
            // After `NAME="value"` the command is still to come.
            self.opens = self.opens && self.code[..self.at].ends_with('=');
            self.at += length;
            let key = self.language.keys && self.rest().trim_start_matches([' ', '\t']).starts_with(':');
            return if key { TokenKind::Attribute } else { TokenKind::String };
        }
        if let Some(length) = self.variable(rest, first) {
            self.at += length;
            self.opens = false;
            return TokenKind::Variable;
        }
        let dash = self.language.plain_keys && rest.starts_with("- ");
        if self.language.is_in_word(first) && !dash {
            return self.word(rest);
        }
        self.at += first.len_utf8();
        let continues = first == '\n' && self.code[..self.at].ends_with("\\\n");
        if self.language.opening.contains(first) && !continues {
            self.opens = true;
        } else if !(first.is_whitespace() || dash) {
            self.opens = false;
        }
        TokenKind::Plain
    }

    fn comment(&self, rest: &str) -> Option<usize> {
        if self.language.blocks && rest.starts_with("/*") {
            return Some(rest.find("*/").map_or(rest.len(), |end| end + 2));
        }
        let spaced = self.code[..self.at].ends_with(|c: char| c.is_whitespace() || ";&|(".contains(c));
        let allowed = !self.language.spaced || self.at == 0 || spaced;
        let begins = !self.language.comment.is_empty() && rest.starts_with(self.language.comment);
        (begins && allowed).then(|| line(rest))
    }

    /// A key of YAML: words up to a colon, where a key may stand.
    fn key(&self, rest: &str) -> Option<usize> {
        let may = self.language.plain_keys && self.opens;
        if !may || rest.starts_with(char::is_whitespace) || rest.starts_with("- ") {
            return None;
        }
        let end = rest.find([':', '\n', '#', '"', '\'', '{', '}', '[', ']', ','])?;
        let after = &rest[end..];
        (end > 0 && after.starts_with(':') && !after[1..].starts_with(|c: char| !c.is_whitespace()))
            .then_some(end)
    }

    fn quoted(&self, rest: &str, first: char) -> Option<usize> {
        if !self.language.quotes.contains(first) || (self.language.plain_keys && !self.fresh()) {
            return None;
        }
        let triple = [r#"""""#, "'''"].into_iter().find(|triple| rest.starts_with(triple));
        if let Some(triple) = triple.filter(|_| self.language.triples) {
            return Some(rest[3..].find(triple).map_or(rest.len(), |end| end + 6));
        }
        let escapes = self.language.escapes.contains(first);
        let mut escaped = false;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                '\n' if self.language.lines => return Some(at),
                _ if escaped => escaped = false,
                '\\' if escapes => escaped = true,
                c if c == first => return Some(at + 1),
                _ => {}
            }
        }
        Some(rest.len())
    }

    fn variable(&self, rest: &str, first: char) -> Option<usize> {
        if !self.language.sigils.contains(first) || !self.fresh() && first != '$' {
            return None;
        }
        let after = &rest[first.len_utf8()..];
        if first == '$' && after.starts_with('{') {
            return Some(rest.find(['}', '\n']).map_or(rest.len(), |end| end + 1));
        }
        let name = after.len() - after.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        let special = first == '$' && after.starts_with(['?', '@', '#', '!', '*', '$']);
        (name > 0 || special).then_some(1 + name.max(usize::from(special)))
    }

    fn word(&mut self, rest: &'a str) -> TokenKind {
        let length = rest.find(|c| !self.language.is_in_word(c)).unwrap_or(rest.len());
        let word = &rest[..length];
        if self.language.commands {
            return self.shell_word(word);
        }
        self.at += length;
        self.opens = false;
        let folded = if self.language.folds { word.to_ascii_uppercase() } else { word.to_owned() };
        if self.language.keywords.contains(&folded.as_str()) {
            TokenKind::Keyword
        } else if is_number(word) {
            TokenKind::Number
        } else if self.language.builtins.contains(&folded.as_str())
            || (self.language.calls && self.rest().starts_with('('))
        {
            TokenKind::Builtin
        } else {
            TokenKind::Plain
        }
    }

    /// A word of a shell: a flag, an assignment, a command where one may stand, an argument.
    fn shell_word(&mut self, word: &str) -> TokenKind {
        let opens = std::mem::replace(&mut self.opens, false);
        let before = self.fresh() && !self.code[..self.at].ends_with(['"', '\'', '}', ')']);
        if word.starts_with('-') && before && word.len() > 1 {
            self.at += word.find('=').unwrap_or(word.len());
            return TokenKind::Attribute;
        }
        if let Some(end) = word.find('=').filter(|end| *end > 0 && opens) {
            self.at += end;
            self.opens = true;
            return TokenKind::Variable;
        }
        self.at += word.len();
        if opens && word.starts_with('=') {
            self.opens = true;
            return TokenKind::Plain;
        }
        if self.language.keywords.contains(&word) && opens {
            self.opens = word != "for" && word != "case";
            return TokenKind::Keyword;
        }
        if opens && word.starts_with(|c: char| c.is_alphabetic() || "./~_".contains(c)) {
            self.opens = word == "sudo" || word == "exec" || word == "time";
            return TokenKind::Builtin;
        }
        if is_number(word) { TokenKind::Number } else { TokenKind::Plain }
    }
}

/// Bytes up to the end of the line, without it.
fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// Digits, perhaps with a point, a sign of thousands or a unit behind: `5`, `0.5`, `1_000`, `30s`.
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let inner = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | ':' | '-');
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(inner)
}

#[cfg(test)]
mod tests;
