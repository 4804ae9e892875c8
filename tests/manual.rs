//! The manual page.

use crate::project::Project;

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
