//! Wrapper around legacy character encodings: reads text back that was decoded with the wrong one.

use encoding_rs::{EUC_KR, Encoding, GBK, WINDOWS_1252};

/// The maximum length of a run that is read back, in bytes.
const MAX_LEN: usize = 4 << 10;

/// What a garbled text was, and how it was garbled: `UTF-8 decoded as Windows-1252`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Repaired {
    /// The text as it was.
    pub(crate) text: String,
    /// What happened to it.
    pub(crate) cause: &'static str,
}

/// Whether `c` is what Windows-1252 makes of a byte that isn't ASCII.
pub(crate) fn is_windows_1252(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{ff}')
        || matches!(
            c,
            '€' | '‚'
                | 'ƒ'
                | '„'
                | '…'
                | '†'
                | '‡'
                | 'ˆ'
                | '‰'
                | 'Š'
                | '‹'
                | 'Œ'
                | 'Ž'
                | '‘'
                | '’'
                | '“'
                | '”'
        )
        || matches!(c, '•' | '–' | '—' | '˜' | '™' | 'š' | '›' | 'œ' | 'ž' | 'Ÿ')
}

/// Reads a run of such characters back: as UTF-8, or as Korean text of at least three syllables.
pub(crate) fn repair_windows_1252(run: &str) -> Option<Repaired> {
    let bytes = encode(run, WINDOWS_1252)?;
    if let Ok(text) = std::str::from_utf8(&bytes) {
        // A letter before a quotation mark of its language is no garbled letter of another.
        let is_text = text.chars().all(is_common) && text.chars().count() < run.chars().count();
        let is_quoted = run.ends_with(['»', '«']) && run.chars().count() == 2;
        return (is_text && !is_quoted)
            .then(|| Repaired { text: text.to_owned(), cause: "UTF-8 decoded as Windows-1252" });
    }
    // Korean text becomes letters and symbols, a row of dots doesn't.
    let has_letter = run.chars().any(char::is_alphabetic);
    let has_symbol = run.chars().any(|c| ('\u{a1}'..='\u{bf}').contains(&c));
    let (text, failed) = EUC_KR.decode_without_bom_handling(&bytes);
    let syllables = text.chars().filter(|c| ('가'..='힣').contains(c)).count();
    (!failed && has_letter && has_symbol && bytes.len() % 2 == 0 && syllables * 2 == bytes.len() && syllables > 1)
        .then(|| Repaired { text: text.into_owned(), cause: "CP949 (EUC-KR) decoded as Windows-1252" })
}

/// Characters that UTF-8 text becomes if it is decoded as GBK, and that are rare in real Chinese.
pub(crate) const GBK_HINTS: [&str; 12] = ["锛", "銆", "鐨", "鏄", "鏂", "杩", "鍦", "鎴", "浠", "瀹", "鍐", "涓€"];

/// Reads a run of Chinese characters back as UTF-8 that was decoded as GBK. An incomplete character at its end is lost.
pub(crate) fn repair_gbk(run: &str) -> Option<Repaired> {
    let bytes = encode(run.trim_end_matches('?'), GBK)?;
    let valid = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(error) if bytes.len() - error.valid_up_to() < 3 => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let is_text = valid.chars().count() > 1 && valid.chars().all(|c| is_common(c) && !c.is_ascii());
    is_text.then(|| Repaired { text: valid.to_owned(), cause: "UTF-8 decoded as GBK" })
}

fn encode(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    if text.len() > MAX_LEN {
        return None;
    }
    let (bytes, _, failed) = encoding.encode(text);
    (!failed).then(|| bytes.into_owned())
}

/// Letters and punctuation of the scripts that most pages are written in.
fn is_common(c: char) -> bool {
    matches!(c,
        '\u{a0}'..='\u{17f}' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{45f}' | '\u{2010}'..='\u{203a}' | '\u{20ac}'
        | '\u{2122}' | '\u{2190}'..='\u{2193}' | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff5e}' | '\u{1f300}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_text_is_read_back() {
        for text in ["é", "’", "안녕하세요", "Привет", "中文"] {
            let (garbled, _) = WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
            assert_eq!(repair_windows_1252(&garbled).map(|repaired| repaired.text).as_deref(), Some(text), "{garbled}");
        }
        let (bytes, _, _) = EUC_KR.encode("설정을");
        let (garbled, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
        assert_eq!(repair_windows_1252(&garbled).expect("Korean").text, "설정을");
        let (garbled, _) = GBK.decode_without_bom_handling("文件".as_bytes());
        assert_eq!(repair_gbk(&garbled).expect("Chinese").text, "文件");
    }

    #[test]
    fn text_is_left_alone() {
        for text in ["é", "à\u{a0}»", "»", "ÀÁÂÃÄÅ", "“”", "Å»", "°", "äöü", "£££", "····", "«»«»"]
        {
            assert_eq!(repair_windows_1252(text), None, "{text}");
        }
        for text in ["中文", "文件内容", "是", "涓涓细流"] {
            assert_eq!(repair_gbk(text), None, "{text}");
        }
    }
}
