//! Widths of the columns of a table, from what is in them.

/// What a column asks for, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Extent {
    /// Width of its longest word.
    pub(crate) least: f32,
    /// Width of its longest cell on one line.
    pub(crate) most: f32,
}

/// Shares `width` among columns: each gets its longest word where that is possible,
/// and what is left goes to those that would break their lines. The sum is `width`.
pub(crate) fn columns(extents: &[Extent], width: f32) -> Vec<f32> {
    let least: f32 = extents.iter().map(|extent| extent.least).sum();
    let most: f32 = extents.iter().map(|extent| extent.most.max(extent.least)).sum();
    if extents.is_empty() {
        return Vec::new();
    }
    if least >= width {
        return squeezed(extents, width);
    }
    let want = |extent: &Extent| (extent.most - extent.least).max(0.0);
    let wanted: f32 = extents.iter().map(want).sum();
    let spare = width - least;
    if most <= width {
        // Columns grow in proportion: a number stays beside what it counts.
        return extents.iter().map(|extent| extent.most.max(extent.least) * width / most).collect();
    }
    // The square root favours short columns: a long text hardly notices a few points.
    let weight = |extent: &Extent| want(extent).sqrt();
    let weights: f32 = extents.iter().map(weight).sum();
    let mut widths: Vec<f32> = extents
        .iter()
        .map(|extent| extent.least + (spare * weight(extent) / weights).min(want(extent)))
        .collect();
    let given: f32 = widths.iter().sum();
    for (width_of, extent) in widths.iter_mut().zip(extents) {
        *width_of += (width - given) * want(extent) / wanted;
    }
    widths
}

/// Not even the longest words fit: wide columns give, narrow ones keep what they need.
fn squeezed(extents: &[Extent], width: f32) -> Vec<f32> {
    let mut limit = width;
    for _ in 0..24 {
        let sum: f32 = extents.iter().map(|extent| extent.least.min(limit)).sum();
        if sum <= width {
            break;
        }
        limit *= 0.9;
    }
    let sum: f32 = extents.iter().map(|extent| extent.least.min(limit)).sum();
    extents.iter().map(|extent| extent.least.min(limit) * width / sum.max(1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(asked: &[(f32, f32)], width: f32) -> Vec<f32> {
        let extent = |&(least, most): &(f32, f32)| Extent { least, most };
        let extents: Vec<Extent> = asked.iter().map(extent).collect();
        columns(&extents, width).into_iter().map(f32::round).collect()
    }

    #[test]
    fn what_fits_is_not_broken() {
        assert_eq!(widths(&[(10.0, 30.0), (20.0, 50.0)], 160.0), [60.0, 100.0]);
    }

    #[test]
    fn a_long_text_gives_way_and_the_sum_is_the_width() {
        let widths = widths(&[(20.0, 30.0), (30.0, 400.0)], 150.0);
        assert_eq!(widths.iter().sum::<f32>(), 150.0);
        assert!(widths[0] >= 29.0, "{widths:?}");
    }

    #[test]
    fn words_that_cannot_fit_share_the_width() {
        assert_eq!(widths(&[(10.0, 10.0), (300.0, 300.0)], 100.0).iter().sum::<f32>(), 100.0);
    }
}
