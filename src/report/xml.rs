//! Text inside XML 1.0.

use crate::report::sanitise::escaped;

/// Text for an attribute or for between tags: nothing in it ends either, and no character is one that XML forbids.
pub(super) fn xml(text: &str) -> String {
    escaped(text, MARKS)
}

const MARKS: &[(char, &str)] = &[
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
    ('\'', "&apos;"),
    ('\u{fffe}', "\u{fffd}"),
    ('\u{ffff}', "\u{fffd}"),
];
