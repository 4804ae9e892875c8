//! The languages of the lexer, as tables.
//!
//! Takes the name that an author wrote, gives the rules of its language.

/// How a language looks, as far as colours need it.
#[derive(Debug)]
pub(super) struct Language {
    /// Names by which authors call it.
    pub(super) names: &'static [&'static str],
    /// Whether it is a session with prompts; then nothing below matters.
    pub(super) prompts: bool,
    /// What begins a comment to the end of the line.
    pub(super) comment: &'static str,
    /// Whether a comment needs space before it.
    pub(super) spaced: bool,
    /// Whether `/* … */` is a comment.
    pub(super) blocks: bool,
    /// Quotes.
    pub(super) quotes: &'static str,
    /// Quotes in which a backslash escapes.
    pub(super) escapes: &'static str,
    /// Whether quotes end with the line at the latest.
    pub(super) lines: bool,
    /// Whether three quotes open a long text.
    pub(super) triples: bool,
    /// Characters of words beside letters, digits and `_`.
    pub(super) inner: &'static str,
    /// Words of the language.
    pub(super) keywords: &'static [&'static str],
    /// Names it brings along.
    pub(super) builtins: &'static [&'static str],
    /// Whether words are written in either case; the tables have capitals.
    pub(super) folds: bool,
    /// Whether a word before `(` is a function.
    pub(super) calls: bool,
    /// What begins a variable.
    pub(super) sigils: &'static str,
    /// Whether it has commands and flags.
    pub(super) commands: bool,
    /// Whether a quoted text before a colon is a key.
    pub(super) keys: bool,
    /// Whether plain words before a colon are a key.
    pub(super) plain_keys: bool,
    /// Characters after which a command or a key may stand.
    pub(super) opening: &'static str,
}

impl Language {
    /// Whether `c` can stand in a word.
    pub(super) fn is_in_word(&self, c: char) -> bool {
        c.is_alphanumeric() || c == '_' || self.inner.contains(c)
    }
}

/// The language an author calls `name`.
pub(super) fn named(name: &str) -> Option<&'static Language> {
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    LANGUAGES.iter().find(|language| language.names.iter().any(is))
}

const NONE: Language = Language {
    names: &[],
    prompts: false,
    comment: "",
    spaced: false,
    blocks: false,
    quotes: "\"'",
    escapes: "",
    lines: false,
    triples: false,
    inner: "",
    keywords: &[],
    builtins: &[],
    folds: false,
    calls: false,
    sigils: "",
    commands: false,
    keys: false,
    plain_keys: false,
    opening: "",
};

static LANGUAGES: [Language; 6] = [
    Language {
        names: &["bash", "sh", "shell", "zsh"],
        comment: "#",
        spaced: true,
        escapes: "\"",
        inner: "-./:=+%,@~^*?",
        keywords: &[
            "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "in",
            "function", "return", "select", "!",
        ],
        sigils: "$",
        commands: true,
        opening: "\n;|&({`",
        ..NONE
    },
    Language {
        names: &["sql", "postgresql", "psql", "mysql", "plpgsql"],
        comment: "--",
        blocks: true,
        keywords: &[
            "SELECT",
            "FROM",
            "WHERE",
            "INSERT",
            "INTO",
            "VALUES",
            "UPDATE",
            "SET",
            "DELETE",
            "CREATE",
            "ALTER",
            "DROP",
            "TABLE",
            "INDEX",
            "VIEW",
            "DATABASE",
            "SCHEMA",
            "AND",
            "OR",
            "NOT",
            "NULL",
            "IS",
            "IN",
            "AS",
            "ON",
            "JOIN",
            "LEFT",
            "RIGHT",
            "INNER",
            "OUTER",
            "FULL",
            "CROSS",
            "GROUP",
            "ORDER",
            "BY",
            "HAVING",
            "LIMIT",
            "OFFSET",
            "UNION",
            "ALL",
            "DISTINCT",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "TRANSACTION",
            "EXPLAIN",
            "ANALYZE",
            "VACUUM",
            "GRANT",
            "REVOKE",
            "TO",
            "WITH",
            "RETURNING",
            "LIKE",
            "ILIKE",
            "BETWEEN",
            "EXISTS",
            "PRIMARY",
            "KEY",
            "FOREIGN",
            "REFERENCES",
            "DEFAULT",
            "CONSTRAINT",
            "UNIQUE",
            "CHECK",
            "ASC",
            "DESC",
            "INTERVAL",
            "TRUE",
            "FALSE",
            "USING",
            "SHOW",
            "IF",
            "CONCURRENTLY",
            "REINDEX",
            "LOCK",
            "CAST",
        ],
        folds: true,
        calls: true,
        sigils: "$@",
        ..NONE
    },
    Language {
        names: &["yaml", "yml"],
        comment: "#",
        spaced: true,
        escapes: "\"",
        lines: true,
        inner: "-./+",
        keywords: &["true", "false", "null", "yes", "no", "on", "off", "~"],
        sigils: "&*!",
        keys: true,
        plain_keys: true,
        opening: "\n{,",
        ..NONE
    },
    Language {
        names: &["json", "jsonc", "json5"],
        quotes: "\"",
        escapes: "\"",
        lines: true,
        inner: "-.+",
        keywords: &["true", "false", "null"],
        keys: true,
        ..NONE
    },
    Language {
        names: &["python", "py", "python3"],
        comment: "#",
        escapes: "\"'",
        lines: true,
        triples: true,
        inner: ".",
        keywords: &[
            "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
            "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
            "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "True",
            "False", "None",
        ],
        builtins: &["print", "len", "range", "open", "str", "int", "float", "list", "dict", "set", "self"],
        calls: true,
        sigils: "@",
        ..NONE
    },
    Language { names: &["console", "shell-session", "terminal", "session"], prompts: true, ..NONE },
];
