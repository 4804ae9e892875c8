//! A record, read back: which boxes are ticked.
//!
//! Takes a text that holds records, gives each of them with its boxes, and those boxes of which it is
//! not clear what somebody wanted to say. What else people wrote into it does not count.

/// One record in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxes {
    /// Name of the release.
    pub release: String,
    /// The seal that the record was made with.
    pub seal: String,
    /// The id of each item that has a box, and whether that is ticked, in order.
    pub boxes: Vec<(String, bool)>,
    /// Boxes that cannot be taken: the number of the line, and why.
    pub unclear: Vec<(usize, String)>,
}

/// The records in a text; each ends at its end, or where the text does.
pub fn boxes(text: &str) -> Vec<Boxes> {
    let mut records = Vec::new();
    let mut open: Option<Boxes> = None;
    for (number, line) in (1..).zip(text.lines().map(bare)) {
        if let Some((release, seal)) =
            between(line, "<!-- runsheet:begin ").and_then(|it| it.rsplit_once(' '))
        {
            records.extend(open.take());
            let (release, seal) = (plain(release), plain(seal));
            open = Some(Boxes { release, seal, boxes: Vec::new(), unclear: Vec::new() });
        } else if between(line, "<!-- runsheet:end ").is_some() {
            records.extend(open.take());
        } else if let Some(record) = &mut open {
            match tick(line) {
                Some(Ok(found)) => record.boxes.push(found),
                Some(Err(why)) => record.unclear.push((number, why)),
                None => {}
            }
        }
    }
    records.extend(open);
    records
}

/// Whether a text has boxes to tick, of a record or not.
pub fn is_checklist(text: &str) -> bool {
    text.lines().any(|line| checkbox(bare(line)).is_some_and(|(mark, _)| ticked(mark).is_some()))
}

/// A line without blanks around it and without the marks of a quotation before it.
fn bare(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).trim_end()
}

/// A list item with a box: what is in that, and what stands behind it.
fn checkbox(line: &str) -> Option<(&str, &str)> {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let bullet = if number.len() < line.len() { &['.', ')'][..] } else { &['-', '*', '+'] };
    let (mark, rest) = number.strip_prefix(bullet)?.trim_start().strip_prefix('[')?.split_once(']')?;
    (mark.chars().count() <= 3).then_some((mark.trim(), rest))
}

/// Whether a box with this in it is ticked, as people write that.
fn ticked(mark: &str) -> Option<bool> {
    match mark {
        "x" | "X" | "✓" | "✔" => Some(true),
        "" => Some(false),
        _ => None,
    }
}

fn between<'a>(line: &'a str, begin: &str) -> Option<&'a str> {
    line.strip_prefix(begin)?.strip_suffix(" -->")
}

/// `- [x] 1.2 Replica is up <!-- item replica-is-up -->`; some editors write other bullets, and some
/// people behind the mark.
fn tick(line: &str) -> Option<Result<(String, bool), String>> {
    let (mark, rest) = checkbox(line)?;
    let marked = rest.rsplit_once("<!-- item ").and_then(|(_, rest)| rest.split_once(" -->"));
    let item = marked.map(|(item, _)| plain(item));
    match (item, ticked(mark)) {
        (Some(item), Some(ticked)) => Some(Ok((item, ticked))),
        (Some(item), None) => {
            Some(Err(format!("the box of `{item}` is neither ticked nor open: `[{mark}]`")))
        }
        (None, Some(true)) => {
            Some(Err("the box is ticked, and `<!-- item … -->` behind it is gone: it is not known of what"
                .to_owned()))
        }
        (None, _) => None,
    }
}

/// The text of a comment as it was before it was made safe there.
fn plain(words: &str) -> String {
    words.replace("%3C", "<").replace("%3E", ">").replace("%2D", "-").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boxes_of_each_record() {
        let text = "- [x] not ours <!-- item a -->\n<!-- runsheet:begin my v1 1234-5678-9abc-def0 -->\r\n\
            - [x] 1 A <!-- item a --> by me\r\n  * [ ] 1.1 `<!-- item q -->` B <!-- item b%2D%2Dc -->\n- [ ] free\n\
            - [link](x) <!-- item l -->\n<!-- runsheet:end my v1 -->\n- [x] after <!-- item d -->\n\
            > <!-- runsheet:begin v2 s -->\n> + [X] E <!-- item e -->\n> 12. [ ✓ ] F <!-- item f -->\n\
            - [-] C <!-- item c -->\n- [x] lost";
        let record = |release: &str, seal: &str, boxes: &[(&str, bool)], unclear: &[(usize, &str)]| Boxes {
            release: release.to_owned(),
            seal: seal.to_owned(),
            boxes: boxes.iter().map(|(id, ticked)| ((*id).to_owned(), *ticked)).collect(),
            unclear: unclear.iter().map(|(line, why)| (*line, (*why).to_owned())).collect(),
        };
        let first = record("my v1", "1234-5678-9abc-def0", &[("a", true), ("b--c", false)], &[]);
        let unclear = [
            (12, "the box of `c` is neither ticked nor open: `[-]`"),
            (13, "the box is ticked, and `<!-- item … -->` behind it is gone: it is not known of what"),
        ];
        assert_eq!(boxes(text), [first, record("v2", "s", &[("e", true), ("f", true)], &unclear)]);
    }
}
