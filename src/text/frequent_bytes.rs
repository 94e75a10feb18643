//! Bytes that are so frequent in a text that a search from one to the next costs more than a look at each.

/// Calls `each` with the places in `text` of the bytes in `wanted`, in order.
pub(crate) fn for_each_of<const N: usize>(text: &[u8], wanted: [u8; N], mut each: impl FnMut(usize)) {
    let wanted = wanted.map(|byte| u64::from_le_bytes([byte; 8]));
    let (words, rest) = text.as_chunks::<8>();
    let mut last = [0xff; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut start = 0;
    for word in words.iter().chain([&last]) {
        let word = u64::from_le_bytes(*word);
        let mut found = 0;
        for byte in wanted {
            found |= zero_bytes(word ^ byte);
        }
        while found != 0 {
            each(start + found.trailing_zeros() as usize / 8);
            found &= found - 1;
        }
        start += 8;
    }
}

/// The highest bit of each byte that is zero.
#[inline(always)]
fn zero_bytes(word: u64) -> u64 {
    const LOW_BITS: u64 = u64::from_le_bytes([0x7f; 8]);
    !(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS)
}

#[cfg(test)]
mod tests {
    use super::for_each_of;

    #[test]
    fn every_place_is_found() {
        for text in ["", " ", "a b", " a\u{a0}  b\n12345678 ", "1234567\n12345678 \u{3000}  \n", "\u{21}\u{1f}\u{7f} "]
        {
            let mut found = Vec::new();
            for_each_of(text.as_bytes(), *b" \n", |at| found.push(at));
            let expected = text.match_indices([' ', '\n']).map(|(at, _)| at);
            assert_eq!(found, expected.collect::<Vec<_>>(), "{text:?}");
        }
    }
}
