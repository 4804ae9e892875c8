//! `runsheet serve` over real connections: what it answers, whom it refuses, what it tells of changes.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::project::Project;
use crate::running::{self, Running};

struct Serving {
    running: Running,
    port: String,
}

/// What came back.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

impl Serving {
    fn start(project: &Project, extra: &[&str]) -> Self {
        let running = Running::start(project, &[&["serve", "--port", "0"], extra].concat());
        let line =
            std::iter::repeat_with(|| running.answer()).find(|line| line.starts_with("serving at ")).unwrap();
        let port = line.rsplit(':').next().unwrap().trim_end_matches('/').to_owned();
        Self { running, port }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends a request as it stands, with the end of its head.
    fn raw(&self, head: &str) -> Reply {
        let mut stream = self.connect();
        write!(stream, "{head}\r\nConnection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Reply {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{}", self.port))
    }

    /// The version that a page says it has.
    fn version(&self, path: &str) -> String {
        let text = self.get(path).text();
        let (_, rest) = text.split_once("data-version=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    /// Listens as an open page does.
    fn listen(&self, path: &str, version: &str) -> Events {
        let mut stream = self.connect();
        let port = &self.port;
        write!(
            stream,
            "GET /_runsheet/events?page={path}&version={version} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
        )
        .unwrap();
        Events(BufReader::new(stream))
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// Name and data of the next event.
    fn next(&mut self) -> (String, String) {
        let (mut name, mut data) = (String::new(), Vec::new());
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the server closed the stream");
            let line = line.trim_end();
            if let Some(word) = line.strip_prefix("event: ") {
                word.clone_into(&mut name);
            } else if let Some(text) = line.strip_prefix("data: ") {
                data.push(text.to_owned());
            } else if line.is_empty() && !name.is_empty() {
                return (name, data.join("\n"));
            }
        }
    }
}

#[test]
fn every_kind_of_file_is_answered() {
    let project = Project::small();
    let address = ["--base-url", "https://example.org/runbooks"];
    let serving = Serving::start(&project, &address);
    let built = Project::small();
    built.run(&[&["build"], &address[..]].concat());
    let kinds = [
        ("html", "text/html; charset=utf-8"),
        ("css", "text/css; charset=utf-8"),
        ("js", "text/javascript; charset=utf-8"),
        ("svg", "image/svg+xml"),
        ("md", "text/markdown; charset=utf-8"),
        ("ics", "text/calendar; charset=utf-8"),
        ("pdf", "application/pdf"),
        ("txt", "text/plain; charset=utf-8"),
        ("xml", "application/xml"),
    ];
    for (path, bytes) in built.tree("output") {
        let Some((_, kind)) = kinds.iter().find(|(ending, _)| path.ends_with(&format!(".{ending}"))) else {
            assert!(["manifest.json", ".nojekyll"].contains(&path.as_str()), "{path}");
            continue;
        };
        let reply = serving.get(&format!("/{path}"));
        assert_eq!((reply.status, reply.header("content-type")), (200, Some(*kind)), "{path}");
        let length = reply.body.len().to_string();
        assert_eq!(reply.header("content-length"), Some(length.as_str()), "{path}");
        let body = if path.ends_with(".html") {
            let text = reply.text();
            let start = text.find("<script src=\"/_runsheet/live.js\"").unwrap();
            let end = start + text[start..].find('\n').unwrap() + 1;
            (text[..start].to_owned() + &text[end..]).into_bytes()
        } else {
            reply.body
        };
        assert!(body == bytes, "{path} is another than the one that is built");
    }
    assert_eq!(serving.get("/").text(), serving.get("/index.html").text());
    assert!(!project.path().join("output").exists(), "serving writes nothing");
}

#[test]
fn nothing_leaves_the_site() {
    let project = Project::small().file("secret.txt", "secret").file("content/pages/secret.txt", "secret");
    let serving = Serving::start(&project, &[]);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/pages/../../secret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/content/site.yaml",
        "/pages/secret.txt",
        "/pages/policy.md",
        "/%00",
        "/nowhere/at/all.html",
        "/_runsheet/../index.html",
    ] {
        let reply = serving.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("secret"), "{path}");
    }
    let missing = serving.get("/nowhere/at/all.html").text();
    assert!(missing.contains("Page not found") && missing.contains("<base href=\"/\">"));
}

#[test]
fn only_requests_that_mean_this_server_are_answered() {
    let project = Project::small();
    let serving = Serving::start(&project, &[]);
    let status = |head: &str| serving.raw(head).status;
    for host in ["localhost", "127.0.0.1", "[::1]:80", "LOCALHOST:4100", "docs.localhost", "localhost."] {
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}")), 200, "{host}");
    }
    for host in [
        "evil.example.org",
        "localhost.evil.example.org",
        "192.168.0.1",
        "127.0.0.1.nip.io:4100",
        "",
        "localhost\r\nHost: evil.example.org",
    ] {
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}")), 421, "{host}");
    }
    assert_eq!(status("GET / HTTP/1.0"), 421);
    assert_eq!(status("GET http://localhost/ HTTP/1.1\r\nHost: localhost"), 200);
    assert_eq!(status("GET http://evil.example.org/ HTTP/1.1\r\nHost: localhost"), 421);
    // Another site cannot load a script from here, such as the search index.
    assert_eq!(serving.get("/assets/search.js").header("cross-origin-resource-policy"), Some("same-origin"));
    let refused = serving.raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0");
    assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD")));
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let project = Project::small();
    let serving = Serving::start(&project, &[]);
    for path in ["/", "/runbooks/shop.html", "/runbooks/shop.pdf", "/assets/search.js"] {
        let whole = serving.get(path);
        let tag = whole.header("etag").unwrap();
        let known = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"other\", W/{tag}");
        let same = serving.raw(&known);
        assert_eq!((same.status, same.body.len(), same.header("etag")), (304, 0, Some(tag)), "{path}");
        let head = serving.raw(&format!("HEAD {path} HTTP/1.1\r\nHost: localhost"));
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-length"), whole.header("content-length"), "{path}");
    }
}

#[test]
fn an_open_page_is_told_what_became_of_it() {
    let project = Project::small();
    let serving = Serving::start(&project, &[]);
    let version = serving.version("/pages/policy.html");
    let mut policy = serving.listen("/pages/policy.html", &version);
    let mut shop = serving.listen("/runbooks/shop.html", &serving.version("/runbooks/shop.html"));
    // A page that was loaded before a change and listens after it.
    assert_eq!(serving.listen("/pages/policy.html", "0.0").next(), ("reload".into(), "now".into()));

    project.put("content/runbooks/broken.yaml", b"titel: A\n");
    let (name, report) = policy.next();
    assert_eq!(name, "trouble");
    let first = "error[unknown-key]: unknown key `titel`";
    assert!(report.contains(first) && report.contains("content/runbooks/broken.yaml:1:1"), "{report}");
    assert!(!report.contains('\u{1b}'), "{report}");
    assert_eq!(serving.get("/pages/policy.html").status, 200, "the last good page stays");
    // Whoever opens a page now is told as well.
    assert_eq!(serving.listen("/pages/policy.html", &version).next(), ("trouble".into(), report.clone()));
    assert_eq!(shop.next(), ("trouble".into(), report));

    fs::remove_file(project.path().join("content/runbooks/broken.yaml")).unwrap();
    assert_eq!(policy.next(), ("fine".into(), "now".into()));
    assert_eq!(shop.next(), ("fine".into(), "now".into()));

    project.put("content/pages/policy.md", b"# Another policy\n");
    assert_eq!(policy.next(), ("reload".into(), "now".into()));
    assert!(serving.get("/pages/policy.html").text().contains("Another policy"));

    // The runbook page lost what the old policy said of it.
    assert_eq!(shop.next(), ("reload".into(), "now".into()));

    // Only the style is another.
    let mut shop = serving.listen("/runbooks/shop.html", &serving.version("/runbooks/shop.html"));
    project.put("themes/own/style/own.css", b"body { color: red }\n");
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}theme: own\n").as_bytes());
    let (name, href) = shop.next();
    assert_eq!(name, "style");
    assert!(serving.get(&href).text().ends_with("body { color: red }\n"));
    // A page from before asks for the old one.
    let old = serving.get("/assets/style-0000000000.css");
    assert_eq!((old.status, old.header("location")), (307, Some(href.as_str())));
}

#[test]
fn a_project_that_cannot_be_built_yet_is_served() {
    let project = Project::new().file("content/runbooks/a.yaml", "titel: A\n");
    let serving = Serving::start(&project, &[]);
    let page = serving.get("/");
    assert_eq!(page.status, 404);
    assert!(page.text().contains("Nothing was built yet."));
    let mut home = serving.listen("/", "");
    assert_eq!(home.next().0, "trouble");
    fs::remove_file(project.path().join("content/runbooks/a.yaml")).unwrap();
    assert_eq!(home.next(), ("fine".into(), "now".into()));
    assert_eq!(home.next(), ("reload".into(), "now".into()));
    assert_eq!(serving.get("/").status, 200);
}

#[test]
fn a_wrong_template_is_told_and_not_served() {
    let theme = "{% extends \"default/page.html\" %}{% block title %}{{ page.nothing }}{% endblock title %}";
    let project = Project::small().file("themes/own/templates/page.html", theme);
    let serving = Serving::start(&project, &[]);
    let mut home = serving.listen("/", &serving.version("/"));
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}theme: own\n").as_bytes());
    let (name, report) = home.next();
    assert_eq!(name, "trouble");
    assert!(report.starts_with("theme file `themes/own/templates/page.html`: "), "{report}");
    assert_eq!(serving.get("/pages/policy.html").status, 200);
    assert!(serving.running.line_with("changed ").contains("the last good pages stay"));
}

#[test]
fn a_template_that_is_wrong_at_first_is_waited_for() {
    let project = Project::small().file("themes/own/templates/page.html", "{% wrong");
    let site = fs::read_to_string(project.path().join("content/site.yaml")).unwrap();
    project.put("content/site.yaml", format!("{site}theme: own\n").as_bytes());
    let serving = Serving::start(&project, &[]);
    let mut home = serving.listen("/", "");
    assert_eq!(home.next().0, "trouble");
    fs::remove_file(project.path().join("themes/own/templates/page.html")).unwrap();
    assert_eq!(home.next().0, "fine");
    assert_eq!(serving.get("/").status, 200);
}

#[test]
fn nobody_waits_for_a_client_that_dawdles() {
    let project = Project::small();
    let serving = Serving::start(&project, &[]);
    let sent = |text: String| {
        let mut stream = serving.connect();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    };
    // Some never read what they ask for, others never come to the end of what they ask.
    let sheet = "GET /runbooks/shop.pdf HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(30);
    let _asking: Vec<TcpStream> = (0..20).map(|_| sent(sheet.clone())).collect();
    let _beginning: Vec<TcpStream> = (0..100).map(|_| sent("GET / HTTP/1.1\r\nHo".to_owned())).collect();
    let mut pages: Vec<Events> = (0..100).map(|_| serving.listen("/nowhere.html", "")).collect();
    assert_eq!(serving.get("/").status, 200);
    project.put("content/runbooks/broken.yaml", b"titel: A\n");
    assert!(pages.iter_mut().all(|page| page.next().0 == "trouble"));
}

#[test]
fn ctrl_c_is_a_fine_end_even_with_open_pages() {
    let project = Project::small();
    let mut serving = Serving::start(&project, &[]);
    let mut events = serving.listen("/", "0.0");
    assert_eq!(events.next().0, "reload");
    assert_eq!(serving.running.interrupt(), Some(0));
}

#[test]
fn ctrl_c_ends_the_first_build() {
    // A report that nobody reads is longer than what a pipe takes: the first build goes on for ever.
    let section = format!("  - title: {}\n", "Long ".repeat(100));
    let project = Project::small();
    project
        .put("content/runbooks/a.yaml", format!("title: A\nsections:\n{}", section.repeat(300)).as_bytes());
    for command in [&["serve", "--port", "0"][..], &["watch"]] {
        let mut child = running::spawn(&project, command);
        child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
        assert_eq!(running::interrupt(&mut child), Some(0), "{command:?}");
    }
}

#[test]
fn a_port_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = Project::small().run(&["serve", "--port", &port]);
    assert_eq!(ran.code, 2);
    let start = format!("error: cannot listen at 127.0.0.1:{port}: ");
    assert!(ran.err.starts_with(&start) && ran.err.contains("--port 0"), "{}", ran.err);
    let ran = Project::small().run(&["serve", "--host", "192.0.2.1"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("cannot listen at 192.0.2.1:4100: ") && ran.err.contains("`--host` takes"),
        "{}",
        ran.err
    );
}
