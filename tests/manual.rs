//! The manual page.

use crate::project::{Project, Ran};

#[test]
fn the_manual_has_a_page_for_each_command() {
    let page = |command: &[&str]| {
        let ran = Project::empty().run(&[&["man"], command].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
        ran.out.lines().find(|line| line.starts_with(".TH")).unwrap_or_default().to_owned()
    };
    assert_eq!(page(&[]), ".TH runsheet 1  \"runsheet 0.1.0\" ");
    assert_eq!(page(&["gate"]), ".TH runsheet-gate 1  \"gate \" ");
    assert_eq!(page(&["release", "new"]), ".TH runsheet-release-new 1  \"new \" ");
    let ran = Project::empty().run(&["man", "gat"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(ran.err, "error: `gat` is no command\n  = help: did you mean `gate`?\n");
}

#[test]
fn help_tells_what_a_command_takes_from_what_every_one_takes() {
    let ran = Project::empty().run(&["release", "show", "-h"]);
    let out = "\
Show where a release stands: verdict, progress, what blocks, what comes next

Usage: runsheet release show [OPTIONS] <RELEASE>

Arguments:
  <RELEASE>  Name of the release

Options:
  -h, --help  Print help (see more with '--help')

Global options:
      --root <DIR>    Folder of the project: the one that holds `content/`; when left out, this
                      folder or the nearest one above it that is a project
      --color <WHEN>  When to use colour [default: auto] [possible values: auto, always, never]
";
    assert_eq!(ran, Ran { code: 0, out: out.to_owned(), err: String::new() });
}
