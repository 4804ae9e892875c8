//! Breaking a paragraph into lines.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{HALF_CAP, Ink, Item, LEADING, Line, Piece, Setter, Source, Style, WRITING, ZERO_WIDTH_SPACE};
use crate::sheet::font::{FaceId, MISSING};

/// The smallest thing that a line can begin or end with.
struct Atom {
    width: f32,
    ch: char,
    face: Option<FaceId>,
    piece: usize,
    /// A line may, or must, end before it.
    before: Option<BreakOpportunity>,
}

impl Setter<'_> {
    /// Sets a paragraph in a column of this width.
    pub(crate) fn set(&mut self, pieces: &[Piece], width: f32) -> Vec<Line> {
        let atoms = self.atoms(pieces);
        cut(&atoms, width).into_iter().map(|(from, to)| line(&atoms[from..to], pieces)).collect()
    }

    /// Widths of a paragraph: of its longest word, and of all of it on one line.
    pub(crate) fn extent(&mut self, pieces: &[Piece]) -> (f32, f32) {
        let (mut word, mut longest, mut line, mut widest) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
        for atom in self.atoms(pieces) {
            match atom.before {
                Some(BreakOpportunity::Mandatory) => (word, line) = (0.0, 0.0),
                Some(BreakOpportunity::Allowed) => word = 0.0,
                None => {}
            }
            line += atom.width;
            word += atom.width;
            if !atom.ch.is_whitespace() {
                longest = longest.max(word);
                widest = widest.max(line);
            }
        }
        (longest, widest)
    }

    fn atoms(&mut self, pieces: &[Piece]) -> Vec<Atom> {
        let mut text = String::new();
        let mut atoms = Vec::new();
        let mut starts = Vec::new();
        for (piece, content) in pieces.iter().enumerate() {
            let Piece::Text(span) = content else {
                starts.push(text.len());
                text.push(if matches!(content, Piece::Gap(_)) { '\u{fffc}' } else { 'A' });
                atoms.push(self.object(content, piece));
                continue;
            };
            for ch in span.text.chars() {
                if ignored(ch) {
                    // It takes no room, and a line may be broken there.
                    text.extend((ch == ZERO_WIDTH_SPACE).then_some(ch));
                    continue;
                }
                starts.push(text.len());
                text.push(ch);
                atoms.push(self.atom(span.style, span.source, ch, piece));
            }
        }
        let mut at = 0;
        for (offset, kind) in linebreaks(&text) {
            while at < starts.len() && starts[at] < offset {
                at += 1;
            }
            if at < starts.len() {
                atoms[at].before = Some(kind);
            }
        }
        atoms
    }

    fn atom(&mut self, style: Style, source: Source, ch: char, piece: usize) -> Atom {
        if ch == '\n' {
            return Atom { width: 0.0, ch, face: None, piece, before: None };
        }
        let ch = if matches!(ch, '\t' | '\u{a0}' | '\u{202f}') { ' ' } else { ch };
        if let Some(script) = script(ch) {
            self.unshaped.entry(script).or_insert((ch, source));
        }
        let glyph = self.fonts.glyph(style.family, ch);
        if glyph.is_none() {
            self.missing.entry(ch).or_insert(source);
        }
        let advance = glyph.map_or(MISSING, |glyph| glyph.advance);
        let face = glyph.map(|glyph| glyph.face);
        Atom { width: advance * style.size, ch, face, piece, before: None }
    }

    fn object(&self, content: &Piece, piece: usize) -> Atom {
        let (width, face) = match content {
            Piece::Tag(span) => {
                let face = self.fonts.main(span.style.family);
                (self.width(span.style, &span.text) + span.style.size * 0.7, Some(face))
            }
            Piece::Blank(width, _) | Piece::Box(width, ..) | Piece::Gap(width) => (*width, None),
            Piece::Text(_) => (0.0, None),
        };
        Atom { width, ch: '\u{fffc}', face, piece, before: None }
    }
}

/// The script of a character that cannot be set letter by letter from left to right.
fn script(ch: char) -> Option<&'static str> {
    Some(match ch {
        '\u{0}'..='\u{58f}' => return None,
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => "Hebrew",
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' => "Arabic",
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => "Arabic",
        '\u{700}'..='\u{74f}' => "Syriac",
        '\u{780}'..='\u{7bf}' => "Thaana",
        '\u{900}'..='\u{97f}' => "Devanagari",
        '\u{980}'..='\u{dff}' => "an Indic script",
        '\u{e00}'..='\u{e7f}' => "Thai",
        '\u{e80}'..='\u{eff}' => "Lao",
        '\u{f00}'..='\u{fff}' => "Tibetan",
        '\u{1000}'..='\u{109f}' => "Burmese",
        '\u{1780}'..='\u{17ff}' => "Khmer",
        _ => return None,
    })
}

/// Characters that only tell others how to look.
fn ignored(ch: char) -> bool {
    matches!(ch, '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\r' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// The atoms of each line, without the spaces at its end.
fn cut(atoms: &[Atom], width: f32) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let (mut start, mut last, mut used, mut at) = (0, 0, 0.0_f32, 0);
    while at < atoms.len() {
        let atom = &atoms[at];
        match atom.before {
            Some(BreakOpportunity::Mandatory) if at > start => {
                lines.push((start, trimmed(atoms, start, at)));
                (start, last, used) = (at, at, 0.0);
            }
            Some(_) => last = at,
            None => {}
        }
        let space = atom.ch.is_whitespace();
        if !space && used + atom.width > width + 0.01 && at > start {
            let end = if last > start { last } else { at };
            lines.push((start, trimmed(atoms, start, end)));
            (start, last, used, at) = (end, end, 0.0, end);
            continue;
        }
        used += atom.width;
        at += 1;
    }
    if start < atoms.len() {
        lines.push((start, trimmed(atoms, start, atoms.len())));
    }
    lines
}

fn trimmed(atoms: &[Atom], start: usize, mut end: usize) -> usize {
    while end > start && atoms[end - 1].ch.is_whitespace() {
        end -= 1;
    }
    end
}

fn line(atoms: &[Atom], pieces: &[Piece]) -> Line {
    let mut line = Line::default();
    let mut open: Option<(usize, Option<FaceId>)> = None;
    for atom in atoms {
        let piece = &pieces[atom.piece];
        measure(&mut line, piece);
        let same = open == Some((atom.piece, atom.face)) && atom.face.is_some();
        match line.items.last_mut() {
            Some(Item { width, ink: Ink::Text { text, .. }, .. }) if same => {
                text.push(atom.ch);
                *width += atom.width;
            }
            _ => line.items.extend(item(atom, piece, line.width)),
        }
        open = Some((atom.piece, atom.face));
        line.width += atom.width;
    }
    if line.height == 0.0 {
        (line.height, line.base) = (10.0 * LEADING, 10.0);
    }
    line
}

/// Makes a line as high as its highest piece.
fn measure(line: &mut Line, piece: &Piece) {
    let (height, base) = match piece {
        Piece::Text(span) | Piece::Tag(span) => {
            let height = span.style.size * LEADING;
            (height, height / 2.0 + span.style.size * HALF_CAP)
        }
        Piece::Blank(..) => (WRITING, WRITING - 5.0),
        Piece::Box(size, ..) => (size + 9.8, size / 2.0 + 8.7),
        Piece::Gap(_) => return,
    };
    line.base = line.base.max(base);
    line.height = line.height.max(height).max(line.base + (height - base));
}

fn item(atom: &Atom, piece: &Piece, x: f32) -> Option<Item> {
    let (node, link, ink) = match piece {
        Piece::Text(span) => {
            let ink = match atom.face {
                Some(face) => Ink::Text { face, style: span.style, text: atom.ch.into() },
                None if atom.ch == '\n' => return None,
                None => Ink::Missing { ch: atom.ch, size: span.style.size },
            };
            (span.node, span.link.clone(), ink)
        }
        Piece::Tag(span) => {
            let (face, style, text) = (atom.face?, span.style, span.text.clone());
            (span.node, span.link.clone(), Ink::Tag { face, style, text })
        }
        Piece::Blank(_, slot) => (None, None, Ink::Blank(slot.clone())),
        Piece::Box(_, sign, slot) => (None, None, Ink::Box(*sign, slot.clone())),
        Piece::Gap(_) => return None,
    };
    Some(Item { x, width: atom.width, node, link, ink })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::font::{Family, Fonts};
    use crate::sheet::text::Span;

    fn lines(text: &str, width: f32) -> Vec<String> {
        let style = Style::new(Family::Regular, 10.0);
        let span = Span { text: text.into(), style, node: None, link: None, source: 7 };
        let mut setter = Setter::new(Fonts::embedded());
        let lines = setter.set(&[Piece::Text(span)], width);
        let words = |line: &Line| {
            let show = |item: &Item| match &item.ink {
                Ink::Text { text, .. } => text.clone(),
                Ink::Missing { ch, .. } => format!("[{:04X}]", *ch as u32),
                _ => String::new(),
            };
            line.items.iter().map(show).collect::<String>()
        };
        lines.iter().map(words).collect()
    }

    #[test]
    fn breaks_at_spaces_and_keeps_every_word() {
        assert_eq!(lines("restore the orders database", 70.0), ["restore the", "orders", "database"]);
    }

    #[test]
    fn breaks_inside_what_has_no_space() {
        assert_eq!(lines("0123456789abcdef", 40.0), ["012345", "6789abc", "def"]);
    }

    #[test]
    fn breaks_at_a_space_without_width() {
        assert_eq!(lines("compliance@\u{200b}example.org", 120.0), ["compliance@", "example.org"]);
        assert_eq!(lines("bo@\u{200b}example.org", 120.0), ["bo@example.org"]);
    }

    #[test]
    fn spaces_that_do_not_break_belong_to_a_word() {
        let style = Style::new(Family::Regular, 10.0);
        let text = "+1\u{a0}202\u{a0}555";
        let span = Span { text: text.into(), style, node: None, link: None, source: 0 };
        let mut setter = Setter::new(Fonts::embedded());
        let (longest, widest) = setter.extent(&[Piece::Text(span)]);
        let width = setter.width(style, "+1 202 555");
        assert!((longest - width).abs() < 0.01 && longest == widest, "{longest} {widest} {width}");
    }

    #[test]
    fn a_line_feed_breaks_and_an_empty_line_stays() {
        assert_eq!(lines("one\n\ntwo", 90.0), ["one", "", "two"]);
    }

    #[test]
    fn a_character_without_a_glyph_is_shown_as_its_code() {
        assert_eq!(lines("by 田中 ✓\u{fe0f}", 200.0), ["by [7530][4E2D] ✓"]);
    }
}
