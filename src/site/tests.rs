//! Markup to the letter, and themes of a site.

use std::fs;

use super::markup::{Pen, sentence};
use super::*;
use crate::config::Labels;
use crate::view::{Destination, Flow, Heading, Inline, ListItem, Piece};

fn pen() -> Pen<'static> {
    Pen { page: "runbooks/a.html", labels: Labels::english() }
}

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn link(to: Destination) -> Inline {
    Inline::Link { to, content: vec![text("<b>")] }
}

#[test]
fn lines_are_escaped() {
    let line = [
        text("a < b & \"c\" 'd' \u{1b}"),
        Inline::Strong(vec![Inline::Emphasis(vec![Inline::Strike(vec![text("x")])])]),
        Inline::Break,
        Inline::Code(vec![Piece::Text("<i>".to_owned())]),
        Inline::Parameter { name: "host".to_owned(), value: Some("<a>".to_owned()) },
        Inline::Parameter { name: "\"x".to_owned(), value: None },
    ];
    assert_eq!(
        pen().line(&line).0,
        "a &lt; b &amp; &quot;c&quot; &#39;d&#39; \u{fffd}<strong><em><del>x</del></em></strong><br>\
         <code>&lt;i&gt;</code><var class=\"parameter\" title=\"host\">&lt;a&gt;</var>\
         <var class=\"parameter is-blank\" title=\"&quot;x: to fill in\">‹&quot;x›</var>"
    );
}

#[test]
fn links_lead_or_are_words() {
    let page = |path: &str, anchor: &str| Destination::Page { path: path.into(), anchor: anchor.into() };
    let line = [
        link(Destination::Url("https://a.b/?c=\"&d".to_owned())),
        link(page("runbooks/b.html", "x y")),
        link(page("runbooks/a.html", "top")),
        link(Destination::Nowhere("javascript:alert(1)".to_owned())),
        Inline::Image {
            to: Destination::Url("https://a.b/c.png".to_owned()),
            description: "plan".to_owned(),
        },
    ];
    assert_eq!(
        pen().line(&line).0,
        "<a href=\"https://a.b/?c=%22&amp;d\" rel=\"noopener\">&lt;b&gt;</a>\
         <a href=\"b.html#x%20y\">&lt;b&gt;</a><a href=\"#top\">&lt;b&gt;</a>&lt;b&gt;\
         <a href=\"https://a.b/c.png\" rel=\"noopener\">plan</a>"
    );
}

#[test]
fn blocks() {
    let paragraph = |words: &str| Flow::Paragraph(vec![text(words)]);
    let item = |ticked| ListItem { ticked, content: vec![paragraph("x")] };
    let flows = [
        Flow::Heading { level: 1, content: vec![text("H")] },
        Flow::List { first: Some(3), items: vec![item(None), item(Some(true)), item(Some(false))] },
        Flow::Quote(vec![paragraph("q")]),
        Flow::Table { head: vec![vec![text("<h>")]], rows: vec![vec![vec![text("c")]]] },
        Flow::Rule,
    ];
    assert_eq!(
        pen().flows(&flows, 2).unwrap_or_default().0,
        "<h3>H</h3><ol start=\"3\"><li>x</li>\
         <li class=\"task\"><span class=\"box is-done\" role=\"img\" aria-label=\"done\"></span>x</li>\
         <li class=\"task\"><span class=\"box\" role=\"img\" aria-label=\"open\"></span>x</li></ol>\
         <blockquote><p>q</p></blockquote><div class=\"table\" tabindex=\"0\"><table><thead><tr>\
         <th scope=\"col\">&lt;h&gt;</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table></div><hr>"
    );
    assert_eq!(pen().flows(&[], 2), None);
}

#[test]
fn headings_of_pages_have_anchors() {
    let headings = [Heading { level: 1, anchor: "a-b".to_owned(), text: "A \"b\"".to_owned() }];
    let flows = [Flow::Heading { level: 1, content: vec![text("A")] }];
    assert_eq!(
        pen().page_text(&flows, &headings).0,
        "<h1 id=\"a-b\">A <a class=\"permalink\" href=\"#a-b\" aria-label=\"Link to A &quot;b&quot;\">#</a></h1>"
    );
}

/// A parameter within a quoted text keeps both its mark and the colour around it.
#[test]
fn parameters_cross_tokens() {
    let pieces = [
        Piece::Text("echo \"a ".to_owned()),
        Piece::Parameter { name: "version".to_owned(), value: Some("1\" 2".to_owned()) },
        Piece::Text(" b\"".to_owned()),
    ];
    assert_eq!(
        pen().code("bash", &pieces).0,
        "<span class=\"h-b\">echo</span> <span class=\"h-s\">&quot;a </span>\
         <var class=\"parameter\" title=\"version\"><span class=\"h-s\">1&quot;</span> \
         <span class=\"h-n\">2</span></var> b<span class=\"h-s\">&quot;</span>"
    );
}

#[test]
fn sentences_mark_the_words_of_authors() {
    let told = |text: &str| sentence(text).0;
    assert_eq!(told("not signed by `a<b`"), "not signed by <code>a&lt;b</code>");
    assert_eq!(told("`a` and `b` ` c"), "<code>a</code> and <code>b</code> ` c");
}

/// A project with a theme of its own.
#[expect(clippy::disallowed_methods, reason = "a test makes the theme that it loads")]
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join("themes/own").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn rendered(files: &[(&str, &str)]) -> Output {
    let project = project(files);
    let theme = Theme::load(project.path(), Some("own"), "en").unwrap();
    render(&view::Site::empty("T & <T>"), &theme, &Options::default()).unwrap()
}

fn page<'a>(output: &'a Output, path: &str) -> &'a str {
    std::str::from_utf8(output.get(path).unwrap()).unwrap()
}

#[test]
fn an_empty_site_has_its_pages() {
    let theme = Theme::load(std::path::Path::new("."), None, "en").unwrap();
    let output = render(&view::Site::empty("T & <T>"), &theme, &Options::default()).unwrap();
    let stems: Vec<&str> =
        output.iter().map(|(path, _)| path.split('-').next().unwrap_or_default()).collect();
    assert_eq!(
        stems,
        [
            ".nojekyll",
            "404.html",
            "assets/icon",
            "assets/search.js",
            "assets/site",
            "assets/style",
            "assets/work",
            "contacts.html",
            "index.html",
            "robots.txt",
            "runbooks.html"
        ]
    );
    assert!(page(&output, "index.html").contains("<h1>T &amp; &lt;T&gt;</h1>"));
}

#[test]
fn a_theme_overrides_a_block_and_keeps_the_rest() {
    let own = "{% extends \"default/base.html\" %}{% block footer %}<p>mine</p>{% endblock footer %}";
    let output = rendered(&[("templates/base.html", own)]);
    assert!(page(&output, "contacts.html").contains("<p>mine</p>"));
    assert!(page(&output, "contacts.html").contains("<h1>Contacts</h1>"));
    assert!(!page(&output, "contacts.html").contains("<footer"));
}

#[test]
fn a_theme_overrides_a_component() {
    let own = "{% component mark(status) %}<i>{{ status.word }}</i>{% endcomponent mark %}";
    // It compiles beside the default component of the same name, and comes before it.
    rendered(&[("templates/part/mine.html", own)]);
}

#[test]
fn a_theme_adds_style_and_script() {
    let output = rendered(&[("style/mine.css", ":root { --accent: red; }"), ("script/mine.js", "// mine")]);
    let end = |stem: &str| {
        let bytes = output.iter().find(|(path, _)| path.starts_with(stem)).map(|(_, bytes)| bytes);
        String::from_utf8(bytes.unwrap().to_vec()).unwrap()
    };
    assert!(end("assets/style-").ends_with("\n:root { --accent: red; }"));
    assert!(end("assets/site-").ends_with("\n// mine"));
}

#[test]
fn mistakes_of_a_theme_are_named() {
    let fault = |text: &str| {
        let project = project(&[("templates/home.html", text)]);
        let theme = Theme::load(project.path(), Some("own"), "en");
        let made = theme.and_then(|theme| render(&view::Site::empty("T & <T>"), &theme, &Options::default()));
        made.map(|_| ()).unwrap_err().to_string()
    };
    let missing = fault("{% extends \"default/home.html\" %}{% block foter %}{% endblock foter %}");
    assert!(missing.contains("Block `foter` is not defined in any parent template"), "{missing}");
    let unknown = fault("{{ content.titel }}");
    assert!(unknown.starts_with("theme file `themes/own/templates/home.html`: "), "{unknown}");
    let syntax = fault("{% if %}");
    assert!(syntax.contains("themes/own/templates/home.html:1"), "{syntax}");
    let gone = Theme::load(std::path::Path::new("/nowhere"), Some("own"), "en").unwrap_err().to_string();
    assert_eq!(gone, "`/nowhere/themes/own` is not a folder; `theme:` in content/site.yaml names it");
}

/// `safe` would let text of authors through as tags.
#[test]
fn no_template_trusts_text() {
    for (name, text) in default_theme::TEMPLATES {
        assert!(!text.contains("safe"), "{name}");
        assert!(!text.contains("autoescape"), "{name}");
    }
}
