//! Sizes of paper and its margins. All lengths in points, 72 to the inch.

use crate::config::Paper;

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// A sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Format {
    /// Width of the sheet.
    pub(crate) width: f32,
    /// Height of the sheet.
    pub(crate) height: f32,
}

impl From<Paper> for Format {
    fn from(paper: Paper) -> Format {
        match paper {
            Paper::A4 => Format { width: 595.28, height: 841.89 },
            Paper::Letter => Format { width: 612.0, height: 792.0 },
        }
    }
}

impl Format {
    /// Left edge of what is printed: 20 mm are left for the binding.
    pub(crate) fn left(self) -> f32 {
        20.0 * MM
    }

    /// Width of what is printed: 12 mm are left at the right.
    pub(crate) fn measure(self) -> f32 {
        self.width - 32.0 * MM
    }

    /// Top edge of what is printed.
    pub(crate) fn top(self) -> f32 {
        12.0 * MM
    }

    /// Bottom edge of what is printed.
    pub(crate) fn bottom(self) -> f32 {
        self.height - 12.0 * MM
    }
}
