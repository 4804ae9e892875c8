//! What Markdown of fields becomes.

use super::*;

fn text(source: &str) -> Vec<Inline<Written>> {
    let mut values = Values::default();
    values.set("v", Some("<b>*1*</b>".to_owned()));
    Text::parse(source, Span::default(), &values).content().into_owned()
}

#[test]
fn a_value_is_text_and_never_markup() {
    assert_eq!(text("{{ v }}"), [Inline::Parameter { name: "v".into(), value: Some("<b>*1*</b>".into()) }]);
}

#[test]
fn raw_html_is_text() {
    assert_eq!(plain(&text("a <script>x</script>")), "a <script>x</script>");
}

#[test]
fn a_title_like_a_list_is_a_title() {
    assert_eq!(plain(&text("1. Stop")), "1. Stop");
    assert_eq!(plain(&text("# 5")), "# 5");
}

/// What is taken for plain is what the parser makes of it.
#[test]
fn plain_lines_need_no_parser() {
    let begins =
        ["a", "67", "85 %", "2/2", "T-1h", "{{ v }}", "$HOME", "(a)", "\"a\"", "'a'", "/a", ".a", "é", "1.5"];
    let others =
        ["1. a", "1) a", "- a", "+ a", "# a", "> a", "    a", "= a", "---", "| a |", "a  ", "`a`", "7."];
    let ends = [
        "",
        " b",
        ": b",
        " - b",
        " # b",
        " 1. b",
        "  b",
        " {{ v }}",
        " {x",
        " b=c; d",
        " http://a.b",
        " (c).",
    ];
    let mut values = Values::default();
    values.set("v", Some("<b>*1*</b>".to_owned()));
    let mut plain = 0;
    for source in begins.iter().chain(&others).flat_map(|begin| ends.map(|end| format!("{begin}{end}"))) {
        let parsed = blocks(&format!("{source}\n"), &values);
        let prose = Prose::parse(&format!("{source}\n"), Span::default(), &values);
        assert_eq!(prose.content, parsed, "{source}");
        if is_plain(&source) {
            assert_eq!([Flow::Paragraph(text(&source))].as_slice(), parsed, "{source}");
            plain += 1;
        }
    }
    assert_eq!(plain, 14 * ends.len() - 1, "all but a number with a point, and two spaces at an end");
}

#[test]
fn a_link_keeps_its_bytes() {
    let source = "see [a *b*](c.yaml#d) now";
    let mut seen = Vec::new();
    links(&text(source), &mut |to| seen.push((to.target.clone(), source[to.range.clone()].to_owned())));
    assert_eq!(seen, [("c.yaml#d".to_owned(), "[a *b*](c.yaml#d)".to_owned())]);
}

#[test]
fn a_parameter_in_an_address_is_filled_in() {
    let link = |target: &str, from: usize, to: usize, content: Vec<Inline<Written>>| Inline::Link {
        to: Written { target: target.into(), range: from..to },
        content,
    };
    let words = |text: &str| Inline::Text(text.to_owned());
    let parameter = |name: &str, value: Option<&str>| Inline::Parameter {
        name: name.to_owned(),
        value: value.map(str::to_owned),
    };
    let read = |source: &str| {
        let mut values = Values::default();
        values.set("host", Some("a.example".to_owned()));
        values.set("blank", None);
        Text::parse(source, Span::default(), &values).content().into_owned()
    };
    assert_eq!(
        read("[the {{ host }}](https://{{ host }}/d)"),
        [link("https://a.example/d", 0, 38, vec![words("the "), parameter("host", Some("a.example"))])]
    );
    assert_eq!(
        read("<https://{{ host }}/d>"),
        [link(
            "https://a.example/d",
            0,
            22,
            vec![words("https://"), parameter("host", Some("a.example")), words("/d")]
        )]
    );
    assert_eq!(
        read("[call](https://{{ blank }}/d)."),
        [
            words("call"),
            words(" ("),
            words("https://"),
            parameter("blank", None),
            words("/d"),
            words(")"),
            words(".")
        ]
    );
    assert_eq!(read("<https://{{ blank }}>"), [words("https://"), parameter("blank", None)]);
    assert_eq!(plain(&read("[a](b) `{{ host }} {{ x }}` {{ x }} ^")), "a a.example {{ x }} {{ x }} ^");
    assert_eq!(plain(&read("[a](https://{{ host }}) {{^x}}")), "[a](https://a.example) {{^x}}");
}

#[test]
fn what_is_nested_without_end_stays_shallow() {
    let deep = 100_000;
    for source in [">".repeat(deep) + " q", "- ".repeat(deep) + "i", "*a ".repeat(deep) + &" b*".repeat(deep)]
    {
        let prose = Prose::parse(&source, Span::default(), &Values::default());
        let mut text = String::new();
        prose.content.iter().for_each(|flow| lines(flow, &mut |line| text.push_str(&plain(line))));
        assert!(text.ends_with(['q', 'i', 'b']), "{}", &source[..4]);
    }
}

#[test]
fn blocks_of_all_kinds() {
    let source = "# H\n\np\n\n3. x\n4. - [x] y\n\n> q\n\n```sh\nls {{ v }}\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n---\n";
    let prose = Prose::parse(source, Span::default(), &Values::default());
    let kinds: Vec<&str> = prose
        .content
        .iter()
        .map(|flow| match flow {
            Flow::Paragraph(_) => "paragraph",
            Flow::Heading { .. } => "heading",
            Flow::List { first: Some(3), .. } => "list",
            Flow::Quote(_) => "quote",
            Flow::Code { language, .. } if language == "sh" => "code",
            Flow::Table { head, rows } if head.len() == 2 && rows.len() == 1 => "table",
            Flow::Rule => "rule",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds, ["heading", "paragraph", "list", "quote", "code", "table", "rule"]);
}
