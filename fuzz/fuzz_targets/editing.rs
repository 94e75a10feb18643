//! Any changes to any text in an editor. Before the first NUL stands the text; behind it a change each: four bytes of
//! places, and what is put there up to the next NUL.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matterlint::inside::editing::{Change, of_edits};

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|byte| *byte == 0);
    let text = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let changes = parts.take(20).filter_map(|part| {
        let (places, text) = part.split_at_checked(4)?;
        let [line, column, lines, columns] = [places[0], places[1], places[2] % 3, places[3] % 16].map(u32::from);
        let end = if lines == 0 { (line, column + columns) } else { (line + lines, columns) };
        Some(Change { start: (line, column), end, text: String::from_utf8_lossy(text).into_owned() })
    });
    let changes: Vec<Change> = changes.collect();
    of_edits(["utf-8", "utf-16", "utf-32"][text.len() % 3], &text, &changes);
});
