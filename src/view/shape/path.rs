//! Where pages are, below the output folder.
//!
//! Takes ids and names, gives paths.

/// `runbooks/orders-api.html`
pub(super) fn runbook_path(id: &str) -> String {
    format!("runbooks/{id}.html")
}

/// `releases/v1.4.0.html`
pub(super) fn release_path(name: &str) -> String {
    format!("releases/{name}.html")
}

/// `thresholds/orders-api.html`
pub(super) fn register_path(id: &str) -> String {
    format!("thresholds/{id}.html")
}

/// `gates/releases/v1.4.0/go-no-go.html`, for a gate of `releases/v1.4.0.html`
pub(super) fn gate_path(page: &str, id: &str) -> String {
    format!("gates/{}/{id}.html", page.trim_end_matches(".html"))
}

/// `owners/dba.html`
pub(super) fn owner_path(id: &str) -> String {
    format!("owners/{id}.html")
}

/// `pages/guide/language.html`
pub(super) fn page_path(id: &str) -> String {
    format!("pages/{id}.html")
}
