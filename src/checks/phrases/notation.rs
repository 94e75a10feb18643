//! The notation in which phrases are written, made for people who don't write regular expressions.
//!
//! `(a|b)` is one of several, `(…)?` may be missing, `<name>` is one of a list of words, a lone `…` is up to thirty
//! characters. A phrase in capitals is found in capitals only, any other in either case. In a phrase with Hangul, Kana
//! or Han letters a blank may be missing; elsewhere it is one blank. All else stands for itself.

use crate::checks::phrases::endings::Endings;
use crate::text::pattern;
use std::collections::BTreeMap;

/// Lists of words that phrases may name.
pub(super) type Words = BTreeMap<String, Vec<String>>;

/// A phrase, ready to be looked for.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// It as a regular expression, not anchored.
    pub(super) regex: String,
    /// One of these is in every text that it matches.
    pub(super) keywords: Vec<String>,
    /// It matches no more than this many bytes, the letters put together.
    pub(super) longest: usize,
    /// The last letters of every text that it matches.
    pub(super) endings: Endings,
}

impl Phrase {
    /// Reads a phrase as it is written in a phrase file or a config.
    ///
    /// # Errors
    /// What is wrong with it: a bracket without its partner, an unknown list, or a way to read it that holds no word
    /// of two letters, so that it would match nearly anything.
    pub(super) fn parse(written: &str, words: &Words) -> Result<Self, String> {
        let text = expand(written, words)?;
        let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
        let blank = if text.chars().any(joins_words) { " ?" } else { " " };
        let mut open = vec![Group::default()];
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            let Some(group) = open.last_mut() else { break };
            match c {
                '(' => {
                    group.end_literal();
                    open.push(Group::default());
                }
                '|' => group.end_way(),
                ')' => {
                    let inner = open.pop().unwrap_or_default().close();
                    let outer = open.last_mut().ok_or("a `)` without its `(`")?;
                    let optional = rest.next_if_eq(&'?').is_some();
                    outer.push_group(inner, optional);
                }
                ' ' => group.push_pattern(blank, 1, &Endings::default()),
                '…' => group.push_pattern(".{0,30}", 90, &Endings::any()),
                c => group.literal.push(c),
            }
        }
        let whole = open.pop().unwrap_or_default().close();
        if !open.is_empty() {
            return Err("a `(` without its `)`".to_owned());
        }
        let keywords =
            whole.keywords.ok_or("too little to look for: each way to read it needs a word of two letters")?;
        let regex = if capitals { format!("(?-i:{})", whole.regex) } else { format!("(?:{})", whole.regex) };
        Ok(Self { regex, keywords, longest: whole.longest, endings: whole.endings })
    }
}

/// Puts the lists in the place of their names.
fn expand(written: &str, words: &Words) -> Result<String, String> {
    let mut text = String::new();
    let mut rest = written.trim();
    while let Some((before, (name, after))) =
        rest.split_once('<').and_then(|(before, tail)| Some((before, tail.split_once('>')?)))
    {
        let list = words.get(name).ok_or_else(|| format!("there is no list called `{name}`"))?;
        text.push_str(before);
        text.push_str(&format!("({})", list.join("|")));
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// A bracket that is being read, or the whole phrase.
#[derive(Default)]
struct Group {
    /// The ways before the last `|`.
    ways: Vec<Way>,
    /// What was read of the current way.
    way: Way,
    /// Plain characters at the end of the current way.
    literal: String,
}

/// One way to read a group.
#[derive(Default)]
struct Way {
    regex: String,
    /// The best set of words found so far of which one must occur.
    keywords: Option<Vec<String>>,
    /// The most bytes it can match.
    longest: usize,
    /// How what it can match ends.
    endings: Endings,
}

impl Way {
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
        self.way.regex.push_str(&pattern::escape(&literal));
        self.way.longest += literal.len();
        self.way.endings.then(&Endings::of(&literal));
        if length >= 2 {
            self.way.offer(vec![literal]);
        }
    }

    fn push_pattern(&mut self, regex: &str, longest: usize, endings: &Endings) {
        self.end_literal();
        self.way.endings.then(endings);
        self.way.longest += longest;
        self.way.regex.push_str(regex);
    }

    fn push_group(&mut self, mut inner: Way, optional: bool) {
        self.way.longest += inner.longest;
        if optional {
            inner.endings.or(&Endings::default());
        }
        self.way.endings.then(&inner.endings);
        self.way.regex.push_str(&format!("(?:{}){}", inner.regex, if optional { "?" } else { "" }));
        if let (Some(words), false) = (inner.keywords, optional) {
            self.way.offer(words);
        }
    }

    fn end_way(&mut self) {
        self.end_literal();
        self.ways.push(std::mem::take(&mut self.way));
    }

    fn close(mut self) -> Way {
        self.end_way();
        let regex = self.ways.iter().map(|way| way.regex.as_str()).collect::<Vec<_>>().join("|");
        let longest = self.ways.iter().map(|way| way.longest).max().unwrap_or_default();
        let mut endings = Endings::none();
        self.ways.iter().for_each(|way| endings.or(&way.endings));
        let keywords: Option<Vec<Vec<String>>> = self.ways.into_iter().map(|way| way.keywords).collect();
        Way { regex, keywords: keywords.map(|sets| sets.concat()), longest, endings }
    }
}

/// Whether `c` is of a script that is written with few blanks or none: Hangul, Kana, Han.
fn joins_words(c: char) -> bool {
    crate::checks::phrases::script::is_hangul(c)
        || crate::checks::phrases::script::is_kana(c)
        || crate::checks::phrases::script::is_han(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(written: &str) -> Result<Phrase, String> {
        let words = Words::from([("later".to_owned(), vec!["추후(에)?".to_owned(), "나중에".to_owned()])]);
        Phrase::parse(written, &words)
    }

    #[test]
    fn phrases_become_expressions_and_keywords() {
        let phrase = parse("(more |all )?coming soon").expect("right");
        assert_eq!(phrase.regex, "(?:(?:more |all )?coming soon)");
        assert_eq!(phrase.keywords, ["coming"]);
        assert_eq!(phrase.longest, "more coming soon".len());
        let phrase = parse("<later> 작성(예정)?").expect("right");
        assert_eq!(phrase.regex, "(?:(?:추후(?:에)?|나중에) ?작성(?:예정)?)");
        assert_eq!(phrase.keywords, ["추후", "나중에"]);
        let phrase = parse("TODO|T.B.D").expect("right");
        assert_eq!((phrase.regex.as_str(), phrase.keywords.len()), ("(?-i:TODO|T\\.B\\.D)", 2));
        assert_eq!(parse("insert … here").expect("right").regex, "(?:insert .{0,30} here)");
    }

    #[test]
    fn mistakes_are_told() {
        for (written, message) in [
            ("a(b", "a `(` without its `)`"),
            ("ab)c", "a `)` without its `(`"),
            ("<now> x", "there is no list called `now`"),
        ] {
            assert_eq!(parse(written).expect_err(written), message);
        }
        for written in ["", "x", "(coming)?", "(soon|곧)", "…"] {
            assert!(parse(written).is_err(), "{written}");
        }
    }
}
