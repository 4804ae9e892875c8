//! Sizes and measures of the sheet, in points: text 12 and never under 10, headings never under 12, commands
//! never under 9, boxes of 4 mm and more. Figures from the practice of checklists (CAA CAP 676, NASA CR-177549).

use crate::sheet::font::Family;
use crate::sheet::paper::MM;
use crate::sheet::text::{LEADING, Style};

/// What is read, not copied, is never smaller.
pub(super) const LEAST: f32 = 10.0;

/// The title of the document.
pub(super) const TITLE: Style = Style::new(Family::Bold, 20.0);
/// Running text.
pub(super) const TEXT: Style = Style::new(Family::Regular, 12.0);
/// What must be seen.
pub(super) const BOLD: Style = Style::new(Family::Bold, 12.0);
/// Who, when, where: below a title, in tables, around the page.
pub(super) const SMALL: Style = Style::new(Family::Regular, LEAST);
/// Heads of columns and captions of blanks.
pub(super) const LABEL: Style = Style::new(Family::Bold, LEAST);
/// Commands.
pub(super) const CODE: Style = Style::new(Family::Mono, 9.0);
/// Short labels, white on black.
pub(super) const TAG: Style = Style::new(Family::Bold, LEAST);

/// Titles of sections, from the outermost in.
pub(super) const fn heading(depth: usize) -> Style {
    let size = match depth {
        0 | 1 => 16.0,
        2 => 14.0,
        _ => 13.0,
    };
    Style::new(Family::Bold, size)
}

/// Side of a box to tick: 5 mm.
pub(super) const BOX: f32 = 5.0 * MM;
/// Side of the box of a sub-check: 4 mm.
pub(super) const SMALL_BOX: f32 = 4.0 * MM;
/// Least height of a row that is filled in: 8.5 mm.
pub(super) const ROW: f32 = 8.5 * MM;
/// Height of a signature: 12 mm.
pub(super) const SIGNATURE: f32 = 12.0 * MM;
/// A thin rule.
pub(super) const THIN: f32 = 0.4;
/// A border.
pub(super) const BORDER: f32 = 0.7;
/// A border that says stop.
pub(super) const HEAVY: f32 = 1.6;
/// Space at the sides of a cell.
pub(super) const SIDE: f32 = 4.0;

/// Space above a first line of this look beside a box of this side, so that their middles are level.
pub(super) fn beside(side: f32, look: Style) -> f32 {
    side / 2.0 + 4.9 - look.size * LEADING / 2.0
}
