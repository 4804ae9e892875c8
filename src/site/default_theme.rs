//! The default theme, embedded: a program alone builds a site.
//!
//! Gives the texts of `themes/default`, in the order in which they are joined.

/// Templates by their names.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../../themes/default/templates/base.html")),
    ("home.html", include_str!("../../themes/default/templates/home.html")),
    ("document.html", include_str!("../../themes/default/templates/document.html")),
    ("runbook.html", include_str!("../../themes/default/templates/runbook.html")),
    ("release.html", include_str!("../../themes/default/templates/release.html")),
    ("runbooks.html", include_str!("../../themes/default/templates/runbooks.html")),
    ("releases.html", include_str!("../../themes/default/templates/releases.html")),
    ("owners.html", include_str!("../../themes/default/templates/owners.html")),
    ("owner.html", include_str!("../../themes/default/templates/owner.html")),
    ("contacts.html", include_str!("../../themes/default/templates/contacts.html")),
    ("calendar.html", include_str!("../../themes/default/templates/calendar.html")),
    ("gate.html", include_str!("../../themes/default/templates/gate.html")),
    ("thresholds.html", include_str!("../../themes/default/templates/thresholds.html")),
    ("register.html", include_str!("../../themes/default/templates/register.html")),
    ("page.html", include_str!("../../themes/default/templates/page.html")),
    ("not-found.html", include_str!("../../themes/default/templates/not-found.html")),
    ("part/word.html", include_str!("../../themes/default/templates/part/word.html")),
    ("part/section.html", include_str!("../../themes/default/templates/part/section.html")),
    ("part/item.html", include_str!("../../themes/default/templates/part/item.html")),
    ("part/reaction.html", include_str!("../../themes/default/templates/part/reaction.html")),
    ("part/decision.html", include_str!("../../themes/default/templates/part/decision.html")),
    ("part/contact.html", include_str!("../../themes/default/templates/part/contact.html")),
    ("part/calendar.html", include_str!("../../themes/default/templates/part/calendar.html")),
    ("part/drawing.html", include_str!("../../themes/default/templates/part/drawing.html")),
    ("part/plot.html", include_str!("../../themes/default/templates/part/plot.html")),
    ("part/register.html", include_str!("../../themes/default/templates/part/register.html")),
    ("part/release.html", include_str!("../../themes/default/templates/part/release.html")),
];

/// Style sheets.
pub(super) const STYLES: &[&str] = &[
    include_str!("../../themes/default/style/variables.css"),
    include_str!("../../themes/default/style/text.css"),
    include_str!("../../themes/default/style/frame.css"),
    include_str!("../../themes/default/style/state.css"),
    include_str!("../../themes/default/style/document.css"),
    include_str!("../../themes/default/style/release.css"),
    include_str!("../../themes/default/style/register.css"),
    include_str!("../../themes/default/style/drawing.css"),
    include_str!("../../themes/default/style/work.css"),
    include_str!("../../themes/default/style/print.css"),
];

/// Scripts.
pub(super) const SCRIPTS: &[&str] = &[
    include_str!("../../themes/default/script/label.js"),
    include_str!("../../themes/default/script/copy.js"),
    include_str!("../../themes/default/script/contents.js"),
    include_str!("../../themes/default/script/list.js"),
    include_str!("../../themes/default/script/section.js"),
    include_str!("../../themes/default/script/find.js"),
    include_str!("../../themes/default/script/search.js"),
];

/// Scripts of runbooks and releases.
pub(super) const WORK_SCRIPTS: &[&str] = &[
    include_str!("../../themes/default/script/quantity.js"),
    include_str!("../../themes/default/script/threshold.js"),
    include_str!("../../themes/default/script/journal.js"),
    include_str!("../../themes/default/script/judge.js"),
    include_str!("../../themes/default/script/tally.js"),
    include_str!("../../themes/default/script/work.js"),
    include_str!("../../themes/default/script/record.js"),
    include_str!("../../themes/default/script/item.js"),
    include_str!("../../themes/default/script/exchange.js"),
    include_str!("../../themes/default/script/filter.js"),
    include_str!("../../themes/default/script/reading.js"),
    include_str!("../../themes/default/script/bar.js"),
];

/// The icon in the tab of a browser.
pub(super) const ICON: &str = include_str!("../../themes/default/icon.svg");
