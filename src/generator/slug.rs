//! The ids that generators give to headings, so that links to them can be checked.
//!
//! Taken from their sources, and tested against them: github-slugger 2, kramdown 2 with its GFM parser, Hugo's
//! markup/goldmark/autoid.go, Python-Markdown's `toc` and pymdownx's `slugs`, @mdit-vue/shared, hexo-util, slug-rs.

use crate::text::similarity;
use serde::Deserialize;
use std::collections::HashSet;

/// How a generator makes ids of headings.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SlugAlgorithm {
    /// Unknown, or configured by each site.
    #[default]
    Unknown,
    /// As GitHub does: Docusaurus, Astro, Starlight.
    Github,
    /// Jekyll.
    Kramdown,
    /// Hugo.
    Goldmark,
    /// `MkDocs`, Pelican.
    PythonMarkdown,
    /// `VitePress`, which also turns what a link names into such a name.
    MditVue,
    /// Hexo.
    Hexo,
    /// Zola.
    Zola,
    /// mdBook.
    #[serde(rename = "mdbook")]
    MdBook,
}

/// One configuration of a generator: a function from the text of a heading to its id (none if it cannot be determined),
/// and the character before the number of a duplicate.
type SlugVariant = (fn(&str) -> Option<String>, char);

impl SlugAlgorithm {
    /// Whether anything is known.
    pub(crate) fn is_known(self) -> bool {
        self != SlugAlgorithm::Unknown
    }

    /// The ids that a heading of this text may get, one for each usual configuration, the default first; none if one of
    /// them cannot be determined.
    pub(crate) fn slugify(self, text: &str) -> Option<Vec<String>> {
        let names: Option<Vec<String>> = self.variants().iter().map(|(name, _)| name(text)).collect();
        names.filter(|names| !names.is_empty())
    }

    /// The ids of all headings of a page in each usual configuration; headings without a text here get none.
    pub(crate) fn heading_ids(self, texts: &[Option<&str>]) -> HashSet<String> {
        self.ids_by_variant(texts).into_iter().flatten().flatten().collect()
    }

    /// The ids of all headings of a page, for each usual configuration; none for headings without a text here.
    pub(crate) fn ids_by_variant(self, texts: &[Option<&str>]) -> Vec<Vec<Option<String>>> {
        let ids = |(name, joint): &SlugVariant| {
            let mut taken = HashSet::new();
            let id = |text: &Option<&str>| {
                let own = text.and_then(name)?;
                let mut numbers = 1..=texts.len();
                let mut unique = own.clone();
                while unique.is_empty() || taken.contains(&unique) {
                    let Some(number) = numbers.next() else { break };
                    unique = format!("{own}{joint}{number}");
                }
                taken.insert(unique.clone());
                Some(unique)
            };
            texts.iter().map(id).collect()
        };
        self.variants().iter().map(ids).collect()
    }

    /// The id that a link to `anchor` refers to.
    pub(crate) fn normalize_anchor(self, anchor: &str) -> String {
        match self {
            SlugAlgorithm::MditVue => mdit_vue(anchor).unwrap_or_default(),
            _ => anchor.to_owned(),
        }
    }

    fn variants(self) -> &'static [SlugVariant] {
        match self {
            SlugAlgorithm::Unknown => &[],
            SlugAlgorithm::Github => &[(github, '-')],
            SlugAlgorithm::Kramdown => &[(github, '-'), (kramdown, '-')],
            SlugAlgorithm::Goldmark => &[(goldmark, '-'), (goldmark_ascii, '-'), (blackfriday, '-')],
            SlugAlgorithm::PythonMarkdown => &[(python, '_'), (python_unicode, '_'), (goldmark, '_'), (cased, '_')],
            SlugAlgorithm::MditVue => &[(mdit_vue, '-')],
            SlugAlgorithm::Hexo => &[(hexo_smart, '-'), (hexo_lower, '-')],
            SlugAlgorithm::Zola => &[(zola, '-')],
            SlugAlgorithm::MdBook => &[(ascii_cased, '-'), (github, '-')],
        }
    }
}

/// Whether a character is kept by algorithms that keep letters and digits; none if they differ or need tables.
fn is_kept(c: char) -> Option<bool> {
    match c {
        '_' | '-' => Some(true),
        '\0'..='\x7f' => Some(c.is_ascii_alphanumeric()),
        '×' | '÷' => Some(false),
        '\u{c0}'..='\u{24f}' | '\u{386}' | '\u{388}'..='\u{3ff}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => {
            c.is_alphabetic().then_some(true)
        }
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー' => Some(true),
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Some(true),
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => Some(true),
        '¡' | '§' | '«' | '»' | '¿' | '·' | '©' | '®' | '°' | '・' => Some(false),
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203e}' | '\u{2190}'..='\u{21ff}' => Some(false),
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' => Some(false),
        '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff5e}' => Some(false),
        '\u{1f300}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}' => Some(false),
        _ => None,
    }
}

/// Letters and digits are kept, a space becomes a hyphen, the rest is removed.
fn cased(text: &str) -> Option<String> {
    let mut name = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' => name.push('-'),
            c if is_kept(c)? => name.push(c),
            _ => {}
        }
    }
    Some(name)
}

fn github(text: &str) -> Option<String> {
    Some(cased(text)?.to_lowercase())
}

/// Only ASCII letters become small: mdBook 0.4.
fn ascii_cased(text: &str) -> Option<String> {
    Some(cased(text)?.to_ascii_lowercase())
}

/// Kramdown without its GFM parser.
fn kramdown(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let kept = text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
    let name: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    Some(if name.is_empty() { "section".to_owned() } else { name })
}

fn goldmark(text: &str) -> Option<String> {
    github(text).map(|name| if name.is_empty() { "heading".to_owned() } else { name })
}

fn goldmark_ascii(text: &str) -> Option<String> {
    goldmark(&similarity::to_nfd(text).chars().filter(char::is_ascii).collect::<String>())
}

fn blackfriday(text: &str) -> Option<String> {
    let between = |c| Some(matches!(c, '_' | '-') || !is_kept(c)?);
    let text: Option<String> = text.chars().map(|c| Some(if between(c)? { ' ' } else { c })).collect();
    Some(text?.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase())
}

fn python(text: &str) -> Option<String> {
    python_unicode(&similarity::to_nfkd(text).chars().filter(char::is_ascii).collect::<String>())
}

fn python_unicode(text: &str) -> Option<String> {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        if c == ' ' || is_kept(c)? {
            kept.push(c);
        }
    }
    Some(joined(kept.trim(), |c| c == ' ' || c == '-').to_lowercase())
}

fn mdit_vue(text: &str) -> Option<String> {
    let plain: String = similarity::to_nfkd(text).chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect();
    let name = joined(&plain, |c| is_special(c) || matches!(c, '“' | '”' | '‘' | '’')).to_lowercase();
    let name = name.trim_matches('-');
    Some(if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name.to_owned() })
}

fn hexo(text: &str) -> Option<String> {
    let plain: Option<String> = text.chars().map(without_accent).collect();
    Some(joined(&plain?, is_special).trim_matches('-').to_owned())
}

/// Hexo's Markdown renderer curls quotes and joins dots and hyphens before the id is made, unless a site turns that off.
fn hexo_smart(text: &str) -> Option<String> {
    let is_replaced = text.contains(['"', '\'']) || text.contains("--") || text.contains("...");
    if is_replaced { None } else { hexo(text) }
}

fn hexo_lower(text: &str) -> Option<String> {
    Some(hexo(text)?.to_lowercase())
}

/// Zola transliterates what isn't ASCII, with a table of all characters.
fn zola(text: &str) -> Option<String> {
    let name = joined(text, |c| !c.is_ascii_alphanumeric()).to_lowercase();
    text.is_ascii().then(|| name.trim_matches('-').to_owned())
}

/// The base letter; none for a Latin letter that isn't a letter with an accent.
fn without_accent(c: char) -> Option<char> {
    match c {
        '\u{c0}'..='\u{24f}' => similarity::to_nfd(&c.to_string()).chars().next().filter(char::is_ascii),
        _ => Some(c),
    }
}

/// `text` with a hyphen for each run of characters that `are` such.
fn joined(text: &str, are: impl Fn(char) -> bool) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        if !are(c) {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    name
}

fn is_special(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the programs themselves make of headings, one per line.
    const NAMES: &str = include_str!("../../tests/slugs.tsv");

    #[test]
    fn names_are_those_that_the_programs_make() {
        for line in NAMES.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [text, by_github, gfm, plain, toc, unicode, vue, by_hexo] = columns[..] else { panic!("{line}") };
            let made = [
                github(text),
                github(text),
                kramdown(text),
                python(text),
                python_unicode(text),
                mdit_vue(text),
                hexo(text),
            ];
            let vue = similarity::to_nfkd(vue);
            let theirs = [by_github, gfm, plain, toc, unicode, &vue, by_hexo].map(|name| Some(name.to_owned()));
            assert_eq!(made, theirs, "{text}");
        }
    }

    /// From Hugo's `autoid_test.go` and slug-rs's own examples.
    #[test]
    fn hugo_and_zola_name_headings_so() {
        assert_eq!(goldmark("God is Good: 123").as_deref(), Some("god-is-good-123"));
        assert_eq!(goldmark("!*5").as_deref(), Some("5"));
        assert_eq!(goldmark("???").as_deref(), Some("heading"));
        assert_eq!(goldmark_ascii("god is神真美好 good").as_deref(), Some("god-is-good"));
        assert_eq!(goldmark_ascii("Resumé").as_deref(), Some("resume"));
        assert_eq!(blackfriday("Let's try this, shall we?").as_deref(), Some("let-s-try-this-shall-we"));
        assert_eq!(zola("My Test String!!!1!1").as_deref(), Some("my-test-string-1-1"));
        assert_eq!(zola("  --test_-_cool").as_deref(), Some("test-cool"));
        assert_eq!(zola("Æúű--cool?"), None);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let names = |slugs: SlugAlgorithm, texts: &[&str]| {
            let texts: Vec<Option<&str>> = texts.iter().map(|text| Some(*text)).collect();
            let mut names: Vec<String> = slugs.heading_ids(&texts).into_iter().collect();
            names.sort();
            names
        };
        assert_eq!(names(SlugAlgorithm::Github, &["A", "a", "A"]), ["a", "a-1", "a-2"]);
        assert_eq!(names(SlugAlgorithm::Github, &["A", "A 1", "A"]), ["a", "a-1", "a-2"]);
        assert_eq!(names(SlugAlgorithm::Kramdown, &["한글", "漢字"]), ["section", "section-1", "漢字", "한글"]);
        assert_eq!(names(SlugAlgorithm::PythonMarkdown, &["한글", "漢字"]), ["_1", "_2", "漢字", "한글"]);
        assert_eq!(names(SlugAlgorithm::Unknown, &["A"]), [""; 0]);
    }

    #[test]
    fn what_is_unknown_is_not_reported() {
        assert_eq!(SlugAlgorithm::Github.slugify("⚙\u{fe0f} Settings"), None);
        assert_eq!(SlugAlgorithm::Zola.slugify("日本"), None);
        assert_eq!(SlugAlgorithm::Unknown.slugify("A"), None);
    }
}
