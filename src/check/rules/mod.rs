//! The table of rules: one file a rule, in the order in which `explain` lists them.
//!
//! Takes nothing, gives `RULES`. A new rule is a new file and one line here.

use super::Rule;

/// Declares the files and the table in one go, so that no rule can be in one and not in the other.
macro_rules! rules {
    ($($file:ident),* $(,)?) => {
        $(mod $file;)*

        /// Every rule, by topic.
        pub const RULES: &[Rule] = &[$($file::RULE),*];
    };
}

rules! {
    unreadable_file,
    outside_content,
    file_too_large,
    invalid_encoding,
    empty_file,
    invalid_yaml,
    duplicate_key,
    unknown_key,
    missing_key,
    wrong_type,
    unknown_value,
    invalid_value,
    invalid_id,
    cut_text,
    missing_glyph,
    needs_shaping,
    overfull_table,
    unusable_font,
    missing_theme,
    unknown_language,
    unknown_owner,
    unknown_reference,
    duplicate_id,
    unknown_parameter,
    broken_link,
    dead_link,
    missing_owner,
    missing_contact,
    missing_backup,
    missing_approval,
    self_approval,
    named_twice,
    uncovered_section,
    nothing_to_do,
    undefined_authority,
    missing_threshold,
    vague_criterion,
    unparsed_threshold,
    impossible_threshold,
    missing_window,
    unverified_step,
    time_overrun,
    clock_disorder,
    unscheduled_section,
    wrong_count,
    conflicting_thresholds,
    dead_band,
    conflicting_action,
    missing_rollback,
    unreached_rollback,
    cyclic_reference,
    leftover_placeholder,
    secret_in_text,
    destructive_command,
    mojibake,
    stale_review,
    unused_parameter,
    unused_role,
    unknown_item,
    unknown_author,
    invalid_event,
    unresolved_parameter,
    failed_threshold,
    wrong_dimension,
    stale_sign_off,
    unauthorised_sign_off,
    missing_evidence,
    expired_waiver,
    waiver_without_reason,
    conflicting_events,
    torn_line,
    out_of_order_event,
    ambiguous_time,
    unknown_rule,
    allow_without_reason,
    unused_allow,
}
