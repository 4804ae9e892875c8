//! Addresses with parameters in them: `https://{{ host }}/board`.
//!
//! Takes an address as it was written and values, gives the address that they make. A value fills the place
//! where it stands and no other: what would end that place is percent-encoded, so that a value in the path
//! cannot give another host, nor one in the host another path. A parameter at the very beginning stands for
//! the beginning of the address; its scheme is held to those that links may have, like any other.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parameter::{Values, find};

/// What no address has anywhere.
const BEGINNING: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// In a host: names and a port.
const HOST: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b':');
/// After the host: a path, a part of a query, a fragment.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b'@');
/// Where there is no host: a telephone number, a mail address, a file.
const HOSTLESS: &AsciiSet = &PATH.remove(b'+');

/// The address with its parameters filled in; nothing where one of them has no value.
pub(super) fn fill(address: &str, values: &Values) -> Option<String> {
    let mut out = String::with_capacity(address.len());
    let mut from = 0;
    for (name, range) in find(address) {
        out.push_str(&address[from..range.start]);
        from = range.end;
        let value = values.get(name)?.trim();
        let encoded = utf8_percent_encode(value, kept(&out)).to_string();
        out.push_str(&encoded);
    }
    Some(out + &address[from..])
}

/// What is encoded in a value that stands after `before`.
fn kept(before: &str) -> &'static AsciiSet {
    match before.split_once("://") {
        _ if before.is_empty() => BEGINNING,
        Some((_, rest)) if rest.contains(['/', '?', '#']) => PATH,
        Some(_) => HOST,
        None => HOSTLESS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(address: &str, value: &str) -> Option<String> {
        let mut values = Values::default();
        values.set("v", Some(value.to_owned()));
        values.set("blank", None);
        fill(address, &values)
    }

    #[test]
    fn a_value_fills_its_place() {
        let cases = [
            ("https://{{ v }}/d/slo", "grafana.example.org:3000", "https://grafana.example.org:3000/d/slo"),
            ("https://a.example/{{ v }}/board", "orders api", "https://a.example/orders%20api/board"),
            ("https://a.example{{ v }}", ".org", "https://a.example.org"),
            ("https://a.example/?q={{ v }}", "a&b=1+2#c", "https://a.example/?q=a%26b%3D1%2B2%23c"),
            ("https://a.example/{{ v }}", "docs/ä.html", "https://a.example/docs/%C3%A4.html"),
            ("{{ v }}", "https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
            ("{{ v }}/d/slo", "https://a.example", "https://a.example/d/slo"),
            ("mailto:{{ v }}", "ana@example.org", "mailto:ana@example.org"),
            ("tel:{{ v }}", "+34600000001", "tel:+34600000001"),
            ("rollback.yaml#{{ v }}", "restore", "rollback.yaml#restore"),
        ];
        for (address, value, expected) in cases {
            assert_eq!(filled(address, value).as_deref(), Some(expected), "{address}");
        }
        assert_eq!(filled("https://{{ v }}/{{ blank }}", "a.example"), None);
        assert_eq!(filled("https://{{ other }}/", "a.example"), None);
    }

    /// A host with a character that is encoded is no host to a browser: the link opens nothing, and is told.
    #[test]
    fn a_value_cannot_leave_its_place() {
        let cases = [
            ("https://{{ v }}.example.org/", "evil.test/", "https://evil.test%2F.example.org/"),
            ("https://{{ v }}.example.org/", "evil.test#", "https://evil.test%23.example.org/"),
            ("https://a.example{{ v }}/", "@evil.test", "https://a.example%40evil.test/"),
            ("https://a.example/{{ v }}", "\\@evil.test?x", "https://a.example/%5C@evil.test%3Fx"),
            ("java{{ v }}", "script:alert(1)", "javascript%3Aalert%281%29"),
            ("http{{ v }}", "s://evil.test", "https%3A//evil.test"),
            ("mailto:ana@example.org{{ v }}", "?bcc=x", "mailto:ana@example.org%3Fbcc%3Dx"),
            ("{{ v }}", "java\nscript:alert(1)", "java%0Ascript:alert(1)"),
        ];
        for (address, value, expected) in cases {
            assert_eq!(filled(address, value).as_deref(), Some(expected), "{address}");
        }
    }
}
