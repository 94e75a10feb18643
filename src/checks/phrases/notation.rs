//! The notation for phrases, made for people who don't write regular expressions.
//!
//! `(a|b)` is one of several alternatives, `(…)?` is optional, `<name>` is one of a list of words, a lone `…` matches
//! up to thirty characters. A phrase in capitals matches capitals only, any other either case. In a phrase with Hangul,
//! Kana or Han letters a space is optional. Everything else is literal.

use crate::checks::phrases::endings::Endings;
use crate::text::pattern;
use std::collections::BTreeMap;

/// The word lists that phrases refer to.
pub(super) type WordLists = BTreeMap<String, Vec<String>>;

/// A parsed phrase.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// The phrase as a regular expression, not anchored.
    pub(super) regex: String,
    /// Every match contains one of these.
    pub(super) keywords: Vec<String>,
    /// The maximum length of a match, in bytes, normalized.
    pub(super) max_len: usize,
    /// The last letters of all matches.
    pub(super) endings: Endings,
}

impl Phrase {
    /// Parses a phrase from a phrase file or a config.
    ///
    /// # Errors
    /// What is wrong with it: a bracket without its partner, an unknown list, or a way to read it that holds no word
    /// of two letters, so that it would match nearly anything.
    pub(super) fn parse(notation: &str, words: &WordLists) -> Result<Self, String> {
        let text = expand(notation, words)?;
        let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
        let space = if text.chars().any(joins_words) { " ?" } else { " " };
        let mut open = vec![Group::default()];
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            let Some(group) = open.last_mut() else { break };
            match c {
                '(' => {
                    group.end_literal();
                    open.push(Group::default());
                }
                '|' => group.end_alternative(),
                ')' => {
                    let inner = open.pop().unwrap_or_default().close();
                    let outer = open.last_mut().ok_or("unmatched `)`")?;
                    let optional = rest.next_if_eq(&'?').is_some();
                    outer.push_group(inner, optional);
                }
                ' ' => group.push_pattern(space, 1, &Endings::default()),
                '…' => group.push_pattern(".{0,30}", 90, &Endings::any()),
                c => group.literal.push(c),
            }
        }
        let whole = open.pop().unwrap_or_default().close();
        if !open.is_empty() {
            return Err("unclosed `(`".to_owned());
        }
        let keywords =
            whole.keywords.ok_or("phrase is too short: every alternative needs a word of at least two letters")?;
        let regex = if capitals { format!("(?-i:{})", whole.regex) } else { format!("(?:{})", whole.regex) };
        Ok(Self { regex, keywords, max_len: whole.max_len, endings: whole.endings })
    }
}

/// Replaces the names of word lists with the lists.
fn expand(notation: &str, words: &WordLists) -> Result<String, String> {
    let mut text = String::new();
    let mut rest = notation.trim();
    while let Some((before, (name, after))) =
        rest.split_once('<').and_then(|(before, tail)| Some((before, tail.split_once('>')?)))
    {
        let list = words.get(name).ok_or_else(|| format!("unknown word list `{name}`"))?;
        text.push_str(before);
        text.push_str(&format!("({})", list.join("|")));
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// An open group, or the whole phrase.
#[derive(Default)]
struct Group {
    /// The alternatives before the last `|`.
    alternatives: Vec<Alternative>,
    /// The current alternative, as far as it is parsed.
    alternative: Alternative,
    /// Literal characters at the end of the current alternative.
    literal: String,
}

/// An alternative of a group.
#[derive(Default)]
struct Alternative {
    regex: String,
    /// The most selective set of keywords so far, one of which occurs in every match.
    keywords: Option<Vec<String>>,
    /// The maximum length of a match, in bytes.
    max_len: usize,
    /// The endings of all matches.
    endings: Endings,
}

impl Alternative {
    fn offer(&mut self, words: Vec<String>) {
        let worth = |words: &[String]| words.iter().map(String::len).min();
        if self.keywords.as_deref().is_none_or(|best| worth(best) < worth(&words)) {
            self.keywords = Some(words);
        }
    }
}

impl Group {
    fn end_literal(&mut self) {
        let literal = std::mem::take(&mut self.literal);
        let length = literal.chars().count();
        self.alternative.regex.push_str(&pattern::escape(&literal));
        self.alternative.max_len += literal.len();
        self.alternative.endings.then(&Endings::of_text(&literal));
        if length >= 2 {
            self.alternative.offer(vec![literal]);
        }
    }

    fn push_pattern(&mut self, regex: &str, max_len: usize, endings: &Endings) {
        self.end_literal();
        self.alternative.endings.then(endings);
        self.alternative.max_len += max_len;
        self.alternative.regex.push_str(regex);
    }

    fn push_group(&mut self, mut inner: Alternative, optional: bool) {
        self.alternative.max_len += inner.max_len;
        if optional {
            inner.endings.or(&Endings::default());
        }
        self.alternative.endings.then(&inner.endings);
        self.alternative.regex.push_str(&format!("(?:{}){}", inner.regex, if optional { "?" } else { "" }));
        if let (Some(words), false) = (inner.keywords, optional) {
            self.alternative.offer(words);
        }
    }

    fn end_alternative(&mut self) {
        self.end_literal();
        self.alternatives.push(std::mem::take(&mut self.alternative));
    }

    fn close(mut self) -> Alternative {
        self.end_alternative();
        let regex =
            self.alternatives.iter().map(|alternative| alternative.regex.as_str()).collect::<Vec<_>>().join("|");
        let max_len = self.alternatives.iter().map(|alternative| alternative.max_len).max().unwrap_or_default();
        let mut endings = Endings::none();
        self.alternatives.iter().for_each(|alternative| endings.or(&alternative.endings));
        let keywords: Option<Vec<Vec<String>>> =
            self.alternatives.into_iter().map(|alternative| alternative.keywords).collect();
        Alternative { regex, keywords: keywords.map(|sets| sets.concat()), max_len, endings }
    }
}

/// Whether `c` is of a script with few or no spaces: Hangul, Kana, Han.
fn joins_words(c: char) -> bool {
    crate::checks::phrases::script::is_hangul(c)
        || crate::checks::phrases::script::is_kana(c)
        || crate::checks::phrases::script::is_han(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(notation: &str) -> Result<Phrase, String> {
        let words = WordLists::from([("later".to_owned(), vec!["추후(에)?".to_owned(), "나중에".to_owned()])]);
        Phrase::parse(notation, &words)
    }

    #[test]
    fn phrases_become_expressions_and_keywords() {
        let phrase = parse("(more |all )?coming soon").expect("right");
        assert_eq!(phrase.regex, "(?:(?:more |all )?coming soon)");
        assert_eq!(phrase.keywords, ["coming"]);
        assert_eq!(phrase.max_len, "more coming soon".len());
        let phrase = parse("<later> 작성(예정)?").expect("right");
        assert_eq!(phrase.regex, "(?:(?:추후(?:에)?|나중에) ?작성(?:예정)?)");
        assert_eq!(phrase.keywords, ["추후", "나중에"]);
        let phrase = parse("TODO|T.B.D").expect("right");
        assert_eq!((phrase.regex.as_str(), phrase.keywords.len()), ("(?-i:TODO|T\\.B\\.D)", 2));
        assert_eq!(parse("insert … here").expect("right").regex, "(?:insert .{0,30} here)");
    }

    #[test]
    fn invalid_notation_is_rejected() {
        for (notation, message) in
            [("a(b", "unclosed `(`"), ("ab)c", "unmatched `)`"), ("<now> x", "unknown word list `now`")]
        {
            assert_eq!(parse(notation).expect_err(notation), message);
        }
        for notation in ["", "x", "(coming)?", "(soon|곧)", "…"] {
            assert!(parse(notation).is_err(), "{notation}");
        }
    }
}
