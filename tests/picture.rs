//! Grey pictures of pages: read from PNG, compared with a tolerance.

use std::io::Read as _;

/// A grey picture.
pub(crate) struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

impl Picture {
    /// Reads a PNG with eight bits a channel, as poppler writes it; its channels stay side by side.
    pub(crate) fn parse(png: &[u8]) -> Self {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        let (width, height) = (number(16), number(20));
        assert_eq!((png[24], png[28]), (8, 0), "eight bits, not interlaced");
        let step = if png[25] == 2 { 3 } else { 1 };
        let width = width * step;
        let (mut at, mut packed) = (8, Vec::new());
        while at < png.len() {
            let length = number(at);
            if &png[at + 4..at + 8] == b"IDAT" {
                packed.extend_from_slice(&png[at + 8..at + 8 + length]);
            }
            at += length + 12;
        }
        let mut raw = Vec::new();
        flate2::read::ZlibDecoder::new(packed.as_slice()).read_to_end(&mut raw).unwrap();
        let mut grey = vec![0_u8; width * height];
        for y in 0..height {
            let row = &raw[y * (width + 1)..(y + 1) * (width + 1)];
            for x in 0..width {
                let before = |dx: usize, dy: usize| {
                    if x < dx * step || y < dy { 0 } else { grey[(y - dy) * width + x - dx * step] }
                };
                let guess = guess(row[0], before(1, 0), before(0, 1), before(1, 1));
                grey[y * width + x] = row[x + 1].wrapping_add(guess);
            }
        }
        Self { width, height, grey }
    }
}

/// The texts of the two-dimensional codes in a picture.
pub(crate) fn codes(picture: &Picture) -> Vec<String> {
    let grey = |x, y| picture.grey[y * picture.width + x];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(picture.width, picture.height, grey);
    prepared.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}

/// What the filter of a row expects of a pixel, from those at its left, above, and above left.
fn guess(filter: u8, left: u8, above: u8, corner: u8) -> u8 {
    match filter {
        0 => 0,
        1 => left,
        2 => above,
        3 => ((u16::from(left) + u16::from(above)) / 2) as u8,
        _ => {
            let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
            let p = a + b - c;
            let (da, db, dc) = ((p - a).abs(), (p - b).abs(), (p - c).abs());
            if da <= db && da <= dc {
                left
            } else if db <= dc {
                above
            } else {
                corner
            }
        }
    }
}

/// The mean difference of two pictures, 0 to 255; pictures of other sizes differ wholly.
pub(crate) fn difference(one: &Picture, two: &Picture) -> f64 {
    if (one.width, one.height) != (two.width, two.height) {
        return 255.0;
    }
    let sum: u64 = one.grey.iter().zip(&two.grey).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.grey.len() as f64
}
