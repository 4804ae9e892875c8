//! The outline: bookmarks, nested by their levels.

use lopdf::{Object, ObjectId, dictionary};

use super::{flip, metadata};
use crate::sheet::document::{Document, Place};

/// A place as a destination.
pub(super) fn destination(document: &Document, place: Place, pages: &[ObjectId]) -> Object {
    let top = flip(document, (place.y - 6.0).max(0.0));
    Object::Array(vec![
        Object::Reference(pages[place.page]),
        Object::Name(b"XYZ".to_vec()),
        Object::Integer(0),
        Object::Real(top),
        Object::Null,
    ])
}

/// Writes the outline; `None` where there is nothing in it.
pub(super) fn write(file: &mut lopdf::Document, document: &Document, pages: &[ObjectId]) -> Option<ObjectId> {
    let marks = &document.outline;
    if marks.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = marks.iter().map(|_| file.new_object_id()).collect();
    let parents = parents(&marks.iter().map(|mark| mark.level).collect::<Vec<_>>());
    let family = |parent: Option<usize>| -> Vec<usize> {
        (0..marks.len()).filter(|at| parents[*at] == parent).collect()
    };
    for (at, mark) in marks.iter().enumerate() {
        let mut item = dictionary! {
            "Title" => metadata::text(&mark.title),
            "Parent" => parents[at].map_or(root, |parent| ids[parent]),
            "Dest" => destination(document, mark.place, pages),
        };
        let siblings = family(parents[at]);
        let own = siblings.iter().position(|sibling| *sibling == at).unwrap_or(0);
        if own > 0 {
            item.set("Prev", ids[siblings[own - 1]]);
        }
        if let Some(next) = siblings.get(own + 1) {
            item.set("Next", ids[*next]);
        }
        let below = family(Some(at));
        if let (Some(first), Some(last)) = (below.first(), below.last()) {
            item.set("First", ids[*first]);
            item.set("Last", ids[*last]);
            let open = if mark.level == 1 { 1 } else { -1 };
            item.set("Count", below.len() as i64 * open);
        }
        file.set_object(ids[at], item);
    }
    let top = family(None);
    let shown: usize = top.iter().map(|at| 1 + family(Some(*at)).len()).sum();
    file.set_object(
        root,
        dictionary! {
            "Type" => "Outlines", "First" => ids[top[0]], "Last" => ids[top[top.len() - 1]],
            "Count" => shown as i64,
        },
    );
    Some(root)
}

/// The bookmark that each one is under: the last before it with a smaller level.
fn parents(levels: &[u8]) -> Vec<Option<usize>> {
    let above = |at: usize| (0..at).rev().find(|before| levels[*before] < levels[at]);
    (0..levels.len()).map(above).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_bookmark_is_under_the_last_one_of_a_smaller_level() {
        assert_eq!(super::parents(&[1, 2, 3, 2, 4]), [None, Some(0), Some(1), Some(0), Some(3)]);
    }
}
