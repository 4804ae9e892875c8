//! A record, read back: which boxes are ticked.
//!
//! Takes a text that holds records, gives each of them with its boxes. What else people wrote into
//! it does not count.

/// One record in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxes {
    /// Name of the release.
    pub release: String,
    /// The seal that the record was made with.
    pub seal: String,
    /// The id of each item that has a box, and whether that is ticked, in order.
    pub boxes: Vec<(String, bool)>,
}

/// The records in a text; each ends at its end, or where the text does.
pub fn boxes(text: &str) -> Vec<Boxes> {
    let mut records = Vec::new();
    let mut open: Option<Boxes> = None;
    for line in text.lines().map(str::trim) {
        if let Some((release, seal)) =
            between(line, "<!-- runsheet:begin ").and_then(|it| it.rsplit_once(' '))
        {
            records.extend(open.take());
            open = Some(Boxes { release: plain(release), seal: plain(seal), boxes: Vec::new() });
        } else if between(line, "<!-- runsheet:end ").is_some() {
            records.extend(open.take());
        } else if let (Some(record), Some(found)) = (&mut open, tick(line)) {
            record.boxes.push(found);
        }
    }
    records.extend(open);
    records
}

/// Whether a text has boxes to tick, of a record or not.
pub fn is_checklist(text: &str) -> bool {
    text.lines().any(|line| checkbox(line.trim()).is_some())
}

/// A list item with a box: whether that is ticked, and what stands behind it.
fn checkbox(line: &str) -> Option<(bool, &str)> {
    let rest = line.strip_prefix(['-', '*', '+'])?.trim_start().strip_prefix('[')?;
    let (mark, rest) = rest.split_once(']')?;
    let ticked = match mark {
        "x" | "X" => true,
        " " | "" => false,
        _ => return None,
    };
    Some((ticked, rest))
}

fn between<'a>(line: &'a str, begin: &str) -> Option<&'a str> {
    line.strip_prefix(begin)?.strip_suffix(" -->")
}

/// `- [x] 1.2 Replica is up <!-- item replica-is-up -->`; some editors write other bullets.
fn tick(line: &str) -> Option<(String, bool)> {
    let (ticked, rest) = checkbox(line)?;
    let at = rest.rfind("<!-- item ")?;
    Some((plain(between(&rest[at..], "<!-- item ")?), ticked))
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
            - [x] 1 A <!-- item a -->\r\n  * [ ] 1.1 `<!-- item q -->` B <!-- item b%2D%2Dc -->\n- [x] free\n\
            - [-] C <!-- item c -->\n<!-- runsheet:end my v1 -->\n- [x] after <!-- item d -->\n\
            <!-- runsheet:begin v2 s -->\n+ [X] E <!-- item e -->";
        let record = |release: &str, seal: &str, boxes: &[(&str, bool)]| Boxes {
            release: release.to_owned(),
            seal: seal.to_owned(),
            boxes: boxes.iter().map(|(id, ticked)| ((*id).to_owned(), *ticked)).collect(),
        };
        let first = record("my v1", "1234-5678-9abc-def0", &[("a", true), ("b--c", false)]);
        assert_eq!(boxes(text), [first, record("v2", "s", &[("e", true)])]);
    }
}
