//! Wrapper around `percent_encoding`: URLs as the paths and anchors they name.

use percent_encoding::percent_decode_str;

/// `my%20page.md` as the file is called; unchanged if it isn't UTF-8 after decoding.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}

/// As [`decode`], with a replacement character for each byte sequence that isn't UTF-8.
pub(crate) fn decode_lossy(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The bytes that a percent-encoded text stands for, such as those of a path.
pub(crate) fn decode_bytes(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_are_decoded_where_two_digits_follow() {
        assert_eq!(decode("a%20b%EA%B0%80"), "a b가");
        assert_eq!(decode("100% %zz %4"), "100% %zz %4");
        assert_eq!(decode("%ff"), "%ff");
        assert_eq!(decode_lossy("%ff"), "\u{fffd}");
        assert_eq!(decode_bytes("a%ff"), b"a\xff");
    }
}
