//! What fixes change, as a unified diff that `patch` takes.

use crate::report::sanitise;
use similar::TextDiff;
use std::io::{self, Write};

/// Writes the difference between two texts of the file called `name`. `shown` says that people or a CI runner will
/// see it, so that what would drive them is made harmless; without it, the bytes are exact.
///
/// # Errors
/// Where `out` can't be written to.
pub(crate) fn write(
    out: &mut dyn Write,
    name: &str,
    old: &str,
    new: &str,
    shown: bool,
    colour: bool,
) -> io::Result<()> {
    // Lines end with `\n` alone, as `patch` has them: a lone `\r` is a character like any other.
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (old, new) = (lines(old), lines(new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let name = sanitise::text(name);
    let text = diff.unified_diff().header(&name, &name).to_string();
    if !shown {
        return out.write_all(text.as_bytes());
    }
    for line in text.lines() {
        let line = sanitise::text(line);
        let line = sanitise::disarm(&line);
        let (on, off) = match line.bytes().next() {
            Some(b'+') if colour => ("\x1b[32m", "\x1b[0m"),
            Some(b'-') if colour => ("\x1b[31m", "\x1b[0m"),
            Some(b'@') if colour => ("\x1b[36m", "\x1b[0m"),
            _ => ("", ""),
        };
        writeln!(out, "{on}{line}{off}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(old: &str, new: &str, shown: bool) -> String {
        let mut out = Vec::new();
        write(&mut out, "a.md", old, new, shown, false).expect("a vector can be written to");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn as_patch_takes_it() {
        let expected = "--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n a\r\n-b\r\n+c\r\n d\n\\ No newline at end of file\n";
        assert_eq!(diff("a\r\nb\r\nd", "a\r\nc\r\nd", false), expected);
    }

    #[test]
    fn what_is_shown_is_harmless() {
        let shown = diff("::error::x\n\x1b[31m\n", "::error::x\n\x1b[32m\n", true);
        assert!(!shown.contains('\x1b') && shown.contains(" ∶:error::x"), "{shown}");
    }
}
