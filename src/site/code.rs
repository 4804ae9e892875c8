//! Code → HTML: colours of the lexer, and parameters marked across them.
//!
//! Takes the pieces of a text of code, gives escaped characters with `span` and `var` around them;
//! together they read exactly as the code does, so that what is copied is what was written.

use super::markup::escape;
use crate::config::Labels;
use crate::view::{Piece, Token, TokenKind, highlight};

/// Writes code to `out`.
pub(super) fn write(labels: &Labels, language: &str, pieces: &[Piece], out: &mut String) {
    let text = Piece::plain(pieces);
    let mut tokens = highlight(language, &text).into_iter();
    let mut rest = Token { kind: TokenKind::Plain, text: "" };
    for piece in pieces {
        let mut left = Piece::plain(std::slice::from_ref(piece)).len();
        if let Piece::Parameter { name, value } = piece {
            open_parameter(labels, name, value.is_some(), out);
        }
        while left > 0 {
            if rest.text.is_empty() {
                let Some(next) = tokens.next() else { break };
                rest = next;
                continue;
            }
            let (now, later) = rest.text.split_at(left.min(rest.text.len()));
            token(rest.kind, now, out);
            left -= now.len();
            rest.text = later;
        }
        if matches!(piece, Piece::Parameter { .. }) {
            out.push_str("</var>");
        }
    }
}

/// Begins a parameter, which has a value or is a blank to fill in.
pub(super) fn open_parameter(labels: &Labels, name: &str, filled: bool, out: &mut String) {
    if filled {
        out.push_str("<var class=\"parameter\" title=\"");
        escape(name, out);
    } else {
        out.push_str("<var class=\"parameter is-blank\" title=\"");
        escape(&labels.fill("to-fill-in", &[("name", name)]), out);
    }
    out.push_str("\">");
}

fn token(kind: TokenKind, text: &str, out: &mut String) {
    let Some(class) = class(kind) else { return escape(text, out) };
    out.extend(["<span class=\"", class, "\">"]);
    escape(text, out);
    out.push_str("</span>");
}

fn class(kind: TokenKind) -> Option<&'static str> {
    match kind {
        TokenKind::Plain => None,
        TokenKind::Comment => Some("h-c"),
        TokenKind::String => Some("h-s"),
        TokenKind::Keyword => Some("h-k"),
        TokenKind::Builtin => Some("h-b"),
        TokenKind::Variable => Some("h-v"),
        TokenKind::Number => Some("h-n"),
        TokenKind::Attribute => Some("h-a"),
    }
}
