//! Tests of pages; takes texts and looks at all of what comes back.
