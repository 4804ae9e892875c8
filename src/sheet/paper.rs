//! Sizes of paper and its margins. All lengths in points, 72 to the inch.

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// What the sheet is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paper {
    /// 210 mm × 297 mm.
    #[default]
    A4,
    /// 8.5 in × 11 in.
    Letter,
}

impl Paper {
    /// Width of the sheet.
    pub(crate) fn width(self) -> f32 {
        match self {
            Paper::A4 => 595.28,
            Paper::Letter => 612.0,
        }
    }

    /// Height of the sheet.
    pub(crate) fn height(self) -> f32 {
        match self {
            Paper::A4 => 841.89,
            Paper::Letter => 792.0,
        }
    }

    /// Left edge of what is printed: 20 mm are left for the binding.
    pub(crate) fn left(self) -> f32 {
        20.0 * MM
    }

    /// Width of what is printed: 12 mm are left at the right.
    pub(crate) fn measure(self) -> f32 {
        self.width() - 32.0 * MM
    }

    /// Top edge of what is printed.
    pub(crate) fn top(self) -> f32 {
        12.0 * MM
    }

    /// Bottom edge of what is printed.
    pub(crate) fn bottom(self) -> f32 {
        self.height() - 12.0 * MM
    }
}
