//! The reader of YAML, and another reader that agrees with it.

use super::*;

fn read(text: &str) -> (Option<Node<'_>>, Vec<FaultKind>) {
    let mut faults = Vec::new();
    let node = parse(FileId(0), text, &mut faults);
    (node, faults.into_iter().map(|fault| fault.kind).collect())
}

#[test]
fn every_value_knows_its_place() {
    let text = "a: one\nb: [x, 'y z']\nc:\n  d: |\n    text\n";
    let (node, faults) = read(text);
    assert_eq!(faults, []);
    let node = node.unwrap();
    let place = |node: &Node<'_>| text[node.span.range()].to_owned();
    assert_eq!(place(node.get("a").unwrap()), "one");
    assert_eq!(place(node.get("b").unwrap()), "[x, 'y z']");
    assert_eq!(place(node.get("c").unwrap()), "d: |\n    text\n");
}

#[test]
fn texts_stay_what_was_written() {
    for text in ["1.10", "08:00", "no", "0755", "+49 170 1234567", "1_000", "2026-11-01", "0x1F"] {
        let written = format!("a: {text}\n");
        let (node, _) = read(&written);
        assert_eq!(node.unwrap().get("a").unwrap().as_str(), Some(text));
    }
}

#[test]
fn words_after_a_comma_go_on_the_text_before() {
    let (node, faults) = read("{ a: Service down, data loss or breach, b: 0m }");
    assert_eq!(faults, []);
    let node = node.unwrap();
    assert_eq!(node.get("a").unwrap().as_str(), Some("Service down, data loss or breach"));
    assert_eq!(node.get("b").unwrap().as_str(), Some("0m"));
    let (node, _) = read("{ a: one, two }");
    assert!(node.unwrap().get("two").unwrap().is_null());
    let (node, _) = read("a: one\nb c:\nd: two\n");
    assert!(node.unwrap().get("b c").unwrap().is_null());
}

#[test]
fn duplicates_are_found_in_short_and_long_maps() {
    for extra in [0, 40] {
        let keys: String = (0..extra).map(|n| format!("k{n}: 1\n")).collect();
        let (_, faults) = read(&format!("a: 1\n{keys}a: 2\n"));
        assert!(
            matches!(&faults[..], [FaultKind::DuplicateKey { key, first }] if key == "a" && first.start == 0)
        );
    }
}

#[test]
fn a_byte_order_mark_and_crlf_change_nothing() {
    let (node, faults) = read("a: 1\r\nb: |\r\n  x\r\n  y\r\n");
    assert_eq!(faults, []);
    assert_eq!(node.unwrap().get("b").unwrap().as_str(), Some("x\ny\n"));
}

#[test]
fn long_comments_between_key_and_list_are_fine() {
    let text = format!("a:\n{}  - 1\n", "  # comment\n".repeat(500));
    let (node, faults) = read(&text);
    assert_eq!(faults, []);
    assert!(matches!(node.unwrap().get("a").unwrap().value, Value::List(_)));
}

/// The same documents, read by another parser, have the same shape.
#[test]
fn another_reader_agrees() {
    let words = ["a", "\"b\"", "'c d'", "1", "x y", "- z", "[p, q]", "{ r: s }", "|\n    t\n    u", "~"];
    let mut seed = 7u32;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize % n
    };
    for _ in 0..2_000 {
        let text: String = (0..4).map(|key| format!("k{key}: {}\n", words[next(words.len())])).collect();
        let (node, faults) = read(&text);
        let other: Result<serde_yaml::Value, _> = serde_yaml::from_str(&text);
        match other {
            Ok(other) => assert!(same(&node.unwrap(), &other), "{text}"),
            Err(_) => assert!(!faults.is_empty(), "{text}"),
        }
    }
}

fn same(node: &Node<'_>, other: &serde_yaml::Value) -> bool {
    use serde_yaml::Value as Other;
    match (&node.value, other) {
        (Value::List(items), Other::Sequence(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(a, b)| same(a, b))
        }
        (Value::Map(entries), Other::Mapping(others)) => {
            entries.len() == others.len() && entries.iter().zip(others).all(|((_, a), (_, b))| same(a, b))
        }
        (Value::Scalar { .. }, Other::Null) => node.is_null(),
        (Value::Scalar { text, .. }, Other::String(other)) => **text == **other,
        (Value::Scalar { text, .. }, Other::Number(other)) => **text == *other.to_string(),
        _ => false,
    }
}
