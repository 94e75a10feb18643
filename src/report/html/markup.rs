//! Text and numbers inside HTML.

use crate::report::sanitise::escaped;

/// Text for an attribute in quotes or for between tags: nothing in it ends either, and no control character is left.
pub(super) fn escape(text: &str) -> String {
    escaped(text, MARKS)
}

const MARKS: &[(char, &str)] =
    &[('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&#39;"), ('`', "&#96;")];

/// The share of `part` in `whole` in percent, rounded down, so that 100 % means all.
pub(super) fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or_default()
}

/// A bar of one or more parts, each with its class, out of `most`.
pub(super) fn bar(parts: &[(&str, usize)], most: usize) -> String {
    let mut out =
        String::from("<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    let width = |count: usize| (count * 1000).checked_div(most).unwrap_or_default();
    let mut sum = 0;
    for (class, count) in parts.iter().filter(|(_, count)| *count > 0) {
        let start = width(sum);
        sum += count;
        // However small a part is, it can be seen.
        let length = (width(sum) - start).max(4);
        out += &format!("<rect class=\"{class}\" x=\"{start}\" y=\"0\" width=\"{length}\" height=\"10\"/>");
    }
    out + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_shares() {
        assert_eq!(escape("<a href='\"&`\u{202e}\u{1b}"), "&lt;a href=&#39;&quot;&amp;&#96;\u{fffd}␛");
        assert_eq!([percent(99, 100), percent(999, 1000), percent(0, 0)], [99, 99, 0]);
    }
}
