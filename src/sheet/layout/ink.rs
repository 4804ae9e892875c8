//! A placed row to marks, links and fields.

use super::{Branch, Cell, Row, Stand};
use crate::sheet::document::{Area, Entry, Field, Link, Mark, Page, Shape, Tone};
use crate::sheet::text::{Ink, Item, Line, Sign, Slot, Style, height};

/// Thickness of the border of a box to tick.
const BOX: f32 = 0.7;
/// Half the height of the capitals beside a box.
const HALF_CAP: f32 = 3.8;

/// Draws a row with its top left corner here.
pub(super) fn draw(page: &mut Page, row: &Row, [left, top]: [f32; 2]) {
    let h = row.height() - row.after;
    for cell in &row.cells {
        let area = Area { x: left + cell.x, y: top, w: cell.width, h };
        ground(page, cell, area);
    }
    for cell in &row.cells {
        let area = Area { x: left + cell.x, y: top, w: cell.width, h };
        content(page, cell, area);
    }
    for cell in &row.cells {
        if let Some(branch) = cell.branch {
            let first = row.cells.iter().filter(|cell| !cell.lines.is_empty());
            let middle = first.map(|cell| cell.above + cell.lines[0].height / 2.0).fold(10.0, f32::max);
            let area = Area { x: left + cell.x, y: top, w: cell.width, h: row.height() };
            join(page, branch, area, top + middle);
        }
    }
    if row.rule > 0.0 {
        let from = row.cells.iter().map(|cell| cell.x).fold(f32::INFINITY, f32::min);
        let to = row.cells.iter().map(|cell| cell.x + cell.width).fold(0.0, f32::max);
        let y = top + row.height();
        let line = [left + from, y, left + to, y];
        rule(page, line, row.rule, Tone::BLACK);
    }
}

fn decorate(page: &mut Page, shape: Shape) {
    page.marks.push(Mark { node: None, shape });
}

fn rule(page: &mut Page, line: [f32; 4], width: f32, tone: Tone) {
    decorate(page, Shape::Rule { line, width, dots: 0.0, tone });
}

fn ground(page: &mut Page, cell: &Cell, area: Area) {
    if cell.ground != Tone::WHITE {
        decorate(page, Shape::Fill { area, tone: cell.ground });
    }
    if cell.frame > 0.0 {
        decorate(page, Shape::Frame { area, width: cell.frame });
    }
    if cell.bar > 0.0 {
        rule(page, [area.x, area.y, area.x, area.y + area.h], cell.bar, Tone::BLACK);
    }
}

/// Thickness of what joins rows.
const BRANCH: f32 = 0.9;

fn join(page: &mut Page, branch: Branch, area: Area, middle: f32) {
    let (x, right, bottom) = (area.x, area.x + area.w, area.y + area.h);
    let mut line = |line| rule(page, line, BRANCH, Tone::BLACK);
    match branch {
        Branch::Through => line([x, area.y, x, bottom]),
        Branch::Fork => {
            line([x, area.y, x, bottom]);
            line([x, middle, right, middle]);
        }
        Branch::Turn => {
            line([x, area.y, x, middle]);
            line([x, middle, right, middle]);
        }
        Branch::Point { from_above, goes_on } => {
            if from_above {
                line([x, area.y, x, middle]);
            }
            if goes_on {
                line([x, middle, x, bottom]);
            }
            let area = Area { x: x - 2.6, y: middle - 2.6, w: 5.2, h: 5.2 };
            decorate(page, Shape::Fill { area, tone: Tone::BLACK });
        }
    }
}

fn content(page: &mut Page, cell: &Cell, area: Area) {
    let spare = area.h - 2.0 * cell.above - height(&cell.lines);
    let mut y = area.y + cell.above;
    y += match cell.stand {
        Stand::Top => 0.0,
        Stand::Middle => spare / 2.0,
        Stand::Bottom => spare,
    };
    for (at, line) in cell.lines.iter().enumerate() {
        y += if at == 0 { 0.0 } else { line.gap };
        for item in &line.items {
            draw_item(page, item, line, [area.x + cell.side, y]);
        }
        y += line.height;
    }
    if let Some(slot) = &cell.slot {
        let inner = Area { x: area.x + 1.5, y: area.y + 1.5, w: area.w - 3.0, h: area.h - 3.0 };
        field(page, slot, inner);
    }
}

fn field(page: &mut Page, slot: &Slot, area: Area) {
    let Slot { name, tip, entry, node } = slot.clone();
    page.fields.push(Field { area, entry, name, tip, value: None, node });
}

fn draw_item(page: &mut Page, item: &Item, line: &Line, [left, top]: [f32; 2]) {
    let (x, base) = (left + item.x, top + line.base);
    match &item.ink {
        Ink::Text { face, style, text } => {
            let shape = words([x, base], *face, *style, text);
            page.marks.push(Mark { node: item.node, shape });
            if style.struck {
                let y = base - style.size * 0.28;
                rule(page, [x, y, x + item.width, y], 0.7, style.tone);
            }
        }
        Ink::Tag { face, style, text } => {
            let (h, pad) = (style.size * 1.22, style.size * 0.35);
            let area = Area { x, y: base - style.size * 0.95, w: item.width, h };
            decorate(page, Shape::Fill { area, tone: Tone::BLACK });
            let shape = words([x + pad, base], *face, style.tone(Tone::WHITE), text);
            page.marks.push(Mark { node: item.node, shape });
        }
        Ink::Missing { ch, size } => {
            let area = Area { x: x + 0.5, y: base - size * 0.8, w: item.width - 1.0, h: *size };
            page.marks.push(Mark { node: item.node, shape: Shape::Missing { area, ch: *ch } });
        }
        Ink::Blank(slot) => {
            let (w, h) = (item.width, line.height - 3.0);
            rule(page, [x, base + 2.0, x + w, base + 2.0], 0.5, Tone::BLACK);
            if let Some(slot) = slot {
                field(page, slot, Area { x, y: base + 1.5 - h, w, h });
            }
        }
        Ink::Box(sign, slot) => tick_box(page, *sign, slot.as_ref(), {
            let size = item.width;
            Area { x, y: base - HALF_CAP - size / 2.0, w: size, h: size }
        }),
        Ink::Dots => {
            let line = [x, base - 0.6, x + item.width, base - 0.6];
            decorate(page, Shape::Rule { line, width: 0.8, dots: 3.2, tone: Tone::PALE });
        }
    }
    let target = item.link.clone().zip(item.node);
    if let (Some((target, node)), Ink::Text { text, .. }) = (target, &item.ink) {
        let area = Area { x, y: top, w: item.width, h: line.height };
        page.links.push(Link { area, target, node, text: text.clone() });
    }
}

fn words([x, y]: [f32; 2], face: crate::sheet::font::FaceId, style: Style, text: &str) -> Shape {
    Shape::Text { x, y, face, size: style.size, tone: style.tone, text: text.to_owned() }
}

fn tick_box(page: &mut Page, sign: Sign, slot: Option<&Slot>, area: Area) {
    decorate(page, Shape::Frame { area, width: BOX });
    let at = |x: f32, y: f32| [area.x + x * area.w, area.y + y * area.h];
    let strokes = match sign {
        Sign::Empty => vec![],
        Sign::Tick => vec![vec![at(0.18, 0.52), at(0.42, 0.8), at(0.86, 0.16)]],
        Sign::Cross => {
            vec![vec![at(0.18, 0.18), at(0.82, 0.82)], vec![at(0.82, 0.18), at(0.18, 0.82)]]
        }
        Sign::Dash => vec![vec![at(0.2, 0.5), at(0.8, 0.5)]],
    };
    for points in strokes {
        decorate(page, Shape::Stroke { points, width: 1.6 });
    }
    if let Some(slot) = slot.filter(|slot| slot.entry == Entry::Tick) {
        field(page, slot, area);
    }
}
