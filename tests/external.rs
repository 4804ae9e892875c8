//! `runsheet check --external-links`: who is asked, and what the answers mean.

use crate::project::{Project, Ran};

/// A `curl` of our own stands for the network.
#[test]
fn a_dead_link_is_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;
    let page = "# Links\n\n[a](https://a.example/) and [b](https://b.example/x#y)\n";
    let project = Project::new().file("content/pages/links.md", page).file(
        "bin/curl",
        "#!/bin/sh\nfor url; do :; done\ncase $url in *b.example*) printf 404;; *) printf 200;; esac\n",
    );
    let curl = project.path().join("bin/curl");
    std::fs::set_permissions(&curl, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", project.path().join("bin").display());
    let ran =
        project.run_with(&["check", "--external-links", "--output-format", "concise"], &[("PATH", &path)]);
    let out = "content/pages/links.md:3:29: warning[dead-link] `https://b.example/x` answers with HTTP status 404\n";
    assert_eq!((ran.code, ran.out.as_str()), (0, out));
}

#[test]
fn who_can_be_reached_where_and_what_proves_what_is_asked_too() {
    let at = server();
    let roster = format!(
        "teams: {{ ops: {{ title: Ops, chat: \"{at}/chat\" }} }}\nroles: {{ dba: {{ title: DBA, about: \"[duties]({at}/duties)\" }} }}\n\
         contacts: {{ cloud: {{ title: Cloud, url: {at}/cloud#who, phone: \"1\" }} }}\n"
    );
    let plan = format!(
        "runbook: a\nversion: v1\nchange: \"[CHG-1]({at}/change)\"\nabout: |\n  See [notes]({at}/notes) and [login]({at}/login).\n"
    );
    let journal = format!(
        "- {{ at: 2026-11-18T08:00:00Z, by: ana, item: one, is: done, evidence: \"{at}/proof\" }}\n\
         - {{ at: 2026-11-18T08:01:00Z, by: ana, item: one, is: done, evidence: \"{at}/notes\" }}\n\
         - {{ at: 2026-11-18T08:02:00Z, by: ana, item: one, is: done, evidence: on paper }}\n"
    );
    let project = Project::new()
        .file("content/roster.yaml", &roster)
        .file(
            "content/runbooks/a.yaml",
            "title: A\nstatus: draft\nsections:\n  - { title: B, owner: dba, checks: [One] }\n",
        )
        .file("content/releases/v1.yaml", &plan)
        .file("content/releases/v1.journal.yaml", &journal);
    let ran = project.run(&["check", "--external-links", "--output-format", "concise"]);
    let dead = ran.out.lines().filter(|line| line.contains("dead-link")).map(|line| line.replace(&at, "AT"));
    assert_eq!(
        dead.collect::<Vec<_>>(),
        [
            "content/releases/v1.journal.yaml:1:72: warning[dead-link] `AT/proof` answers with HTTP status 404",
            "content/releases/v1.yaml:3:10: warning[dead-link] `AT/change` answers with HTTP status 404",
            "content/releases/v1.yaml:5:7: warning[dead-link] `AT/notes` answers with HTTP status 404",
            "content/roster.yaml:1:36: warning[dead-link] `AT/chat` answers with HTTP status 404",
            "content/roster.yaml:2:46: warning[dead-link] `AT/duties` answers with HTTP status 404",
            "content/roster.yaml:3:41: warning[dead-link] `AT/cloud` answers with HTTP status 404",
        ]
    );
    assert!(ran.err.starts_with("asking 7 web addresses\n"), "{}", ran.err);
}

/// Answers each connection with what belongs to its path; gives its address.
fn server() -> String {
    use std::io::{BufRead as _, BufReader, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let first = request.next().unwrap_or_default();
            request.find(String::is_empty);
            let answer = match first.split(' ').nth(1).unwrap_or_default() {
                "/drop" => continue,
                "/moved" => "302 Found\r\nLocation: /gone",
                "/loop" => "302 Found\r\nLocation: /loop",
                "/login" => "401 Unauthorized",
                "/broken-off" => "200 OK\r\nContent-Length: 9",
                "/down" => "503 Service Unavailable",
                "/[1-2]" => "204 No Content",
                _ => "404 Not Found",
            };
            let length = if answer.contains("Length") { "" } else { "\r\nContent-Length: 0" };
            write!(stream, "HTTP/1.1 {answer}{length}\r\nConnection: close\r\n\r\n").unwrap();
        }
    });
    address
}

#[test]
fn web_addresses_are_judged_by_their_answer() {
    let at = server();
    let link = |path: &str| format!("[{path}]({at}/{path})\n");
    let paths = ["drop", "moved", "loop", "login", "broken-off", "down", "[1-2]"];
    let links: String = paths.into_iter().map(link).collect();
    let secret = at.replace("http://", "http://ana:hunter22@");
    let source = format!("metric: error rate, pass: < 1 %, source: {at}/source");
    let project = Project::new()
        .file("content/pages/links.md", &format!("# Links\n\n{links}\n[secret]({secret}/)\n"))
        .file("content/roster.yaml", "roles: { dba: { title: DBA } }\n")
        .file(
            "content/runbooks/a.yaml",
            &format!("title: A\nstatus: draft\nsections:\n  - title: B\n    thresholds: [{{ {source} }}]\n"),
        );
    let ask = |path| {
        let ran = project.run(&["check", "--external-links", "--output-format", "concise", path]);
        (ran.code, ran.out.replace(&at, "AT").replace(at.trim_start_matches("http://"), "HOST"), ran.err)
    };
    let page = "\
content/pages/links.md:3:1: warning[dead-link] `AT/drop` does not answer: the connection was closed without an answer
content/pages/links.md:4:1: warning[dead-link] `AT/moved` answers with HTTP status 404
content/pages/links.md:5:1: warning[dead-link] `AT/loop` does not answer: it redirects more than 5 times
content/pages/links.md:8:1: warning[dead-link] `AT/down` answers with HTTP status 503
content/pages/links.md:11:1: warning[dead-link] `http://…@HOST/` answers with HTTP status 404
";
    let (code, out, err) = ask("content/pages");
    let out: String = out.split_inclusive('\n').filter(|line| line.contains("dead-link")).collect();
    assert_eq!((code, out.as_str()), (1, page));
    assert!(err.starts_with("asking 8 web addresses\n"), "{err}");
    let (_, out, err) = ask("content/runbooks");
    let found = "warning[dead-link] `AT/source` answers with HTTP status 404\n";
    assert!(out.contains(found) && err.starts_with("asking 1 web address\n"), "{out}{err}");
}

#[test]
fn a_dead_link_is_silenced_and_levelled_like_any_finding() {
    let at = server();
    let runbook = format!(
        "title: A\nstatus: draft\nsections:\n  - title: B\n    phase: reference\n    owner: dba\n    thresholds: [age <= 9 d]\n    \
         # allow: dead-link because it answers at night\n    links: [{{ title: C, url: \"{at}/c\" }}]\n"
    );
    let roster = "people: { ana: { name: Ana }, bo: { name: Bo } }\nroles: { dba: { title: DBA, holder: ana, backup: bo } }\n";
    let project =
        Project::new().file("content/roster.yaml", roster).file("content/runbooks/a.yaml", &runbook);
    let dead = |ran: &Ran| ran.out.matches("dead-link").count();
    for arguments in [["check", "--output-format=concise"].as_slice(), &["check", "--external-links"]] {
        let ran = project.run(arguments);
        assert_eq!((ran.code, dead(&ran)), (0, 0), "{ran:?}");
    }
    project.put("content/runbooks/a.yaml", runbook.replace("# allow", "# all").as_bytes());
    for (level, code, count) in [("error", 1, 1), ("warning", 0, 1), ("off", 0, 0)] {
        let site = format!("title: Test\nrules: {{ dead-link: {level} }}\n");
        project.put("content/site.yaml", site.as_bytes());
        let ran = project.run(&["check", "--external-links", "--output-format", "concise"]);
        assert_eq!((ran.code, dead(&ran)), (code, count), "{ran:?}");
    }
}
