//! Lines of text with their links, commands and parameters, to pieces.

use super::{Composer, Style, style};
use crate::sheet::document::{Target, Tone};
use crate::sheet::font::Family;
use crate::sheet::structure::{NodeId, Role};
use crate::sheet::text::{Piece, Span as Run, ZERO_WIDTH_SPACE};
use crate::view::{Cadence, Destination, Inline, Line as Words, Mention, Piece as Part, When, plain};

/// Width of a blank for a parameter inside a text.
const BLANK: f32 = 64.0;

/// Plain words.
pub(super) fn text(text: impl Into<String>) -> Inline {
    Inline::Text(text.into())
}

/// Words that must be seen.
pub(super) fn strong(words: impl Into<String>) -> Inline {
    Inline::Strong(vec![text(words)])
}

/// A sentence of the program, in which what stands between backticks is code.
pub(super) fn worded(sentence: &str) -> Words {
    let code = |words: &str| Inline::Code(vec![Part::Text(words.to_owned())]);
    let part = |(at, words): (usize, &str)| if at % 2 == 0 { text(words) } else { code(words) };
    sentence.split('`').enumerate().filter(|(_, words)| !words.is_empty()).map(part).collect()
}

/// A word that links, with who holds the role.
pub(super) fn mention(mention: &Mention) -> Words {
    let link = Inline::Link { to: mention.to.clone(), content: vec![text(&mention.text)] };
    let holder = mention.holder.as_ref().filter(|holder| **holder != mention.text);
    let holder = holder.map(|holder| text(format!(" ({holder})")));
    std::iter::once(link).chain(holder).collect()
}

/// Words that link, with commas.
pub(super) fn mentions(list: &[Mention]) -> Words {
    list.iter().map(mention).collect::<Vec<_>>().join(&text(", "))
}

/// A time as it was written, and what it means that day.
pub(super) fn when(when: &When) -> String {
    match &when.local {
        Some(local) if local.contains(when.written.as_str()) => local.clone(),
        Some(local) => format!("{} ({local})", when.written),
        None => when.written.clone(),
    }
}

/// The same with a capital at its beginning.
pub(super) fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// Groups of words with a mark between them; empty groups are left out.
pub(super) fn joined(groups: Vec<Words>) -> Words {
    let groups: Vec<Words> = groups.into_iter().filter(|group| !group.is_empty()).collect();
    groups.join(&text("  ·  "))
}

fn has_link(words: &[Inline]) -> bool {
    words.iter().any(|inline| match inline {
        Inline::Link { .. } | Inline::Image { .. } => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => has_link(inner),
        _ => false,
    })
}

impl<'a> Composer<'a> {
    /// The word for a key.
    pub(super) fn word(&self, key: &'static str) -> &'a str {
        self.options.labels.word(key)
    }

    /// The words for a key with its blanks filled in.
    pub(super) fn fill(&self, key: &str, blanks: &[(&str, String)]) -> String {
        let blanks: Vec<(&str, &str)> = blanks.iter().map(|(name, text)| (*name, text.as_str())).collect();
        self.options.labels.fill(key, &blanks)
    }

    /// The word for a key in capitals, as short labels have them.
    pub(super) fn shout(&self, key: &'static str) -> String {
        self.word(key).to_uppercase()
    }

    /// The word for a key before what it is a label of.
    pub(super) fn strong(&self, key: &'static str) -> Inline {
        strong(format!("{}: ", capital(self.word(key))))
    }

    /// Words after the word for a key.
    pub(super) fn labelled(&self, key: &'static str, words: Words) -> Words {
        std::iter::once(self.strong(key)).chain(words).collect()
    }

    /// Times that wait for a value, each behind its key.
    pub(super) fn blanks(&self, blanks: &[(String, Words)]) -> Vec<Words> {
        let one = |(key, words): &(String, Words)| {
            std::iter::once(strong(format!("{key} "))).chain(words.iter().cloned()).collect()
        };
        blanks.iter().map(one).collect()
    }

    /// A cadence in words.
    pub(super) fn cadence(&self, cadence: &Cadence) -> String {
        let every = self.fill("every", &[("time", cadence.every.clone())]);
        match &cadence.until {
            Some(until) => format!("{every} {}", self.fill("until-when", &[("time", when(until))])),
            None => every,
        }
    }

    /// A line of text as pieces that are one part of the document.
    pub(super) fn words(&mut self, words: &[Inline], style: Style, role: Role) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if has_link(words) {
            self.flow.structure.open(role);
            let mut way = Way { style, node: None, link: None };
            self.inlines(words, &mut way, &mut pieces);
            self.flow.structure.close();
        } else {
            let node = Some(self.leaf(role));
            self.inlines(words, &mut Way { style, node, link: None }, &mut pieces);
        }
        pieces
    }

    fn inlines(&mut self, words: &[Inline], way: &mut Way, out: &mut Vec<Piece>) {
        let style = way.style;
        for inline in words {
            match inline {
                Inline::Text(words) => self.push(words, style, way, out),
                Inline::Parameter { name, value } => self.parameter(name, value.as_ref(), way, out),
                Inline::Code(parts) => {
                    let mono = Style { size: style.size * 0.92, ..style.family(Family::Mono) };
                    self.push(&Part::plain(parts), mono, way, out);
                }
                Inline::Emphasis(inner) => self.styled(inner, style.family(Family::Italic), way, out),
                Inline::Strong(inner) => self.styled(inner, style.family(Family::Bold), way, out),
                Inline::Strike(inner) => self.styled(inner, Style { struck: true, ..style }, way, out),
                Inline::Link { to, content } => self.link(to, content, way, out),
                Inline::Image { to, description } => {
                    self.link(to, &[text(format!("[{description}]"))], way, out);
                }
                Inline::Break => self.push("\n", style, way, out),
            }
        }
    }

    fn styled(&mut self, inner: &[Inline], style: Style, way: &mut Way, out: &mut Vec<Piece>) {
        let before = std::mem::replace(&mut way.style, style);
        self.inlines(inner, way, out);
        way.style = before;
    }

    fn push(&mut self, text: &str, style: Style, way: &mut Way, out: &mut Vec<Piece>) {
        let node = match way.node {
            Some(node) => node,
            None => {
                let node = self.leaf(Role::Span);
                way.node = Some(node);
                node
            }
        };
        let (text, link, source) = (text.to_owned(), way.link.clone(), self.source);
        out.push(Piece::Text(Run { text, style, node: Some(node), link, source }));
    }

    fn parameter(&mut self, name: &str, value: Option<&String>, way: &mut Way, out: &mut Vec<Piece>) {
        let style = way.style;
        match value {
            Some(value) => self.push(value, style, way, out),
            None => {
                self.push(&format!("‹{name}›\u{a0}"), style.tone(Tone::GREY), way, out);
                out.push(Piece::Blank(BLANK, None));
            }
        }
    }

    /// Words that lead elsewhere; an address outside is printed, paper cannot be clicked.
    fn link(&mut self, to: &Destination, content: &[Inline], way: &mut Way, out: &mut Vec<Piece>) {
        let Some(target) = self.target(to) else {
            return self.inlines(content, way, out);
        };
        let node = self.leaf(Role::Link);
        let mut inner = Way { style: way.style, node: Some(node), link: Some(target) };
        self.inlines(content, &mut inner, out);
        if let Destination::Url(url) = to {
            let bare = url.trim_start_matches("mailto:").trim_start_matches("tel:");
            let shown = plain(content).replace(ZERO_WIDTH_SPACE, "");
            if shown != bare && shown != *url && !digits(&shown).eq(&digits(bare)) {
                let size = (way.style.size * 0.9).max(style::LEAST);
                let style = Style { size, ..way.style.tone(Tone::GREY) };
                self.push(&format!(" ({bare})"), style, &mut inner, out);
            }
        }
        way.node = None;
    }

    /// Whether this sheet has what is linked to.
    fn shows(&self, anchor: &str) -> bool {
        self.anchors.as_ref().is_none_or(|anchors| anchor.is_empty() || anchors.contains(anchor))
    }

    /// Where a link leads on paper: here, or to the published site if there is one.
    pub(super) fn target(&self, to: &Destination) -> Option<Target> {
        match to {
            Destination::Url(url) => Some(Target::Web(url.clone())),
            Destination::Page { path, anchor } if *path == self.document.path && self.shows(anchor) => {
                Some(Target::Anchor(if anchor.is_empty() { "top".to_owned() } else { anchor.clone() }))
            }
            Destination::Page { path, anchor } => {
                let base = self.options.base_url?;
                let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
                Some(Target::Web(format!("{base}/{path}{anchor}")))
            }
            Destination::Nowhere(_) => None,
        }
    }
}

/// How the words that follow look, what they are, and where they lead.
struct Way {
    style: Style,
    node: Option<NodeId>,
    link: Option<Target>,
}

/// What two ways to write a telephone number have in common; nothing for other texts.
fn digits(text: &str) -> Vec<char> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 6 || text.contains('/') { text.chars().collect() } else { digits }
}
