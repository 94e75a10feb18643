//! Brackets that belong together.

/// The bracket that closes the one before `text`: the first `close` in it that no `open` in it belongs to.
pub(crate) fn closing(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| is_unmatched(byte, close, open, &mut depth))
}

/// The bracket that opens the one after `text`: the last `open` in it that no `close` in it belongs to.
pub(crate) fn opening(text: &str, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().rposition(|byte| is_unmatched(byte, open, close, &mut depth))
}

/// Whether `byte` is a `wanted` bracket without a counterpart among the bytes seen before.
fn is_unmatched(byte: u8, wanted: u8, counterpart: u8, depth: &mut usize) -> bool {
    if byte == counterpart {
        *depth += 1;
    } else if byte == wanted {
        if *depth == 0 {
            return true;
        }
        *depth -= 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{closing, opening};

    #[test]
    fn nested_brackets_belong_together() {
        assert_eq!(closing("a(b)c)d", b'(', b')'), Some(5));
        assert_eq!(closing("a(b)c", b'(', b')'), None);
        assert_eq!(opening("[a[b]c", b'[', b']'), Some(0));
        assert_eq!(opening("a[b]c", b'[', b']'), None);
    }
}
