//! Commands and output: every character as written, long lines continued.

use super::{CODE_LEADING, HALF_CAP, Ink, Item, Line, Piece, Setter, Span};
use crate::sheet::document::Tone;

/// Stands before the rest of a line that was too long.
const CONTINUED: &str = "↳ ";

impl Setter<'_> {
    /// Sets code in a column of this width. A line that is too long goes on below,
    /// after a mark that is not part of the text.
    pub(crate) fn code(&mut self, span: &Span, width: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        for source in span.text.trim_end().split('\n') {
            self.source_line(&expand(source), span, width, &mut lines);
        }
        lines
    }

    fn source_line(&mut self, source: &str, span: &Span, width: f32, lines: &mut Vec<Line>) {
        let hang = self.width(span.style, CONTINUED);
        let mut rest = source;
        let mut indent = 0.0;
        loop {
            let end = self.fitting(rest, span, width - indent);
            let (now, later) = rest.split_at(end);
            let part = Span { text: now.to_owned(), ..span.clone() };
            let mut line = self.set(&[Piece::Text(part)], f32::INFINITY).pop().unwrap_or_default();
            let height = span.style.size * CODE_LEADING;
            (line.height, line.base) = (height, height / 2.0 + span.style.size * HALF_CAP);
            if indent > 0.0 {
                line.items.iter_mut().for_each(|item| item.x += indent);
                line.items.insert(0, self.mark(span, hang));
                line.width += indent;
            }
            lines.push(line);
            if later.is_empty() {
                return;
            }
            (rest, indent) = (later, hang);
        }
    }

    /// How many bytes fit: up to a space or a sign where that is not far back, else all.
    fn fitting(&self, text: &str, span: &Span, width: f32) -> usize {
        let (mut used, mut space, mut sign) = (0.0, 0, 0);
        for (at, ch) in text.char_indices() {
            used += self.width(span.style, ch.encode_utf8(&mut [0; 4]));
            if used > width + 0.01 && at > 0 {
                let near = [space, sign].into_iter().find(|end| end * 2 > at);
                return near.unwrap_or(at);
            }
            match ch {
                ' ' => space = at + 1,
                '|' | ';' | ',' | '/' | '&' | '=' => sign = at + 1,
                _ => {}
            }
        }
        text.len()
    }

    fn mark(&self, span: &Span, width: f32) -> Item {
        let style = span.style.tone(Tone::GREY);
        let face = self.fonts.main(style.family);
        let ink = Ink::Text { face, style, text: CONTINUED.trim_end().to_owned() };
        Item { x: 0.0, width, node: None, link: None, ink }
    }
}

/// Tabs become spaces up to the next fourth column.
fn expand(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for ch in line.chars() {
        let count = if ch == '\t' { 4 - column % 4 } else { 1 };
        out.extend(std::iter::repeat_n(if ch == '\t' { ' ' } else { ch }, count));
        column += count;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::font::{Family, Fonts};
    use crate::sheet::text::Style;

    #[test]
    fn a_long_command_goes_on_after_a_mark_and_loses_nothing() {
        let style = Style::new(Family::Mono, 10.0);
        let text = "kubectl get pods\n\tcurl https://example.org".to_owned();
        let span = Span { text, style, node: None, link: None, source: 0 };
        let lines = Setter::new(Fonts::embedded()).code(&span, 100.0);
        let show = |line: &Line| {
            let text = |item: &Item| match &item.ink {
                Ink::Text { text, .. } => text.clone(),
                _ => String::new(),
            };
            line.items.iter().map(text).collect::<Vec<_>>().join("")
        };
        let shown: Vec<String> = lines.iter().map(show).collect();
        assert_eq!(shown, ["kubectl get pods", "    curl", "↳https://", "↳example.org"]);
    }
}
