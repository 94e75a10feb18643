//! Helpers for URLs.

use crate::text::similarity;

/// Schemes that are similar to `http` and `https`, or to what is left of them.
const OTHER_SCHEMES: [&str; 6] = ["ftp", "ftps", "shttp", "httpg", "ttp", "http+unix"];

/// Whether a text is an absolute URL: `https://…`, `mailto:…`, `data:…`. One letter before the colon is a drive, not a
/// scheme.
pub(crate) fn has_scheme(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    scheme.len() > 1
        && !rest.is_empty()
        && !rest.starts_with(char::is_whitespace)
        && letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The malformed start of `http:/example.com`, `htps://…`, `https;//…`, and its correction.
pub(crate) fn malformed_scheme(dest: &str) -> Option<(&str, &'static str)> {
    let letters = dest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let marks = dest[letters..].bytes().take_while(|byte| b":;./\\".contains(byte)).count();
    let (scheme, separator) = (&dest[..letters], &dest[letters..letters + marks]);
    // Almost no word has such a beginning, and almost all that have are right.
    if !(3..=7).contains(&letters) || marks == 0 || separator == "://" && matches!(scheme, "http" | "https") {
        return None;
    }
    let host = &dest[letters + marks..];
    let host = &host[..host.find(['/', '?', '#']).unwrap_or(host.len())];
    if OTHER_SCHEMES.contains(&scheme) || !is_host(host) {
        return None;
    }
    // `http/` is a folder.
    let is_separator = matches!(separator, ":/" | "//" | ";//" | ".//" | ":\\\\" | ":///" | "::/" | "::" | "/://");
    if !is_separator && separator != "://" {
        return None;
    }
    let whole = nearest_scheme(scheme)?;
    let is_wrong = is_separator || !scheme.eq_ignore_ascii_case(whole);
    is_wrong.then(|| (&dest[..letters + marks], if whole == "https" { "https://" } else { "http://" }))
}

/// `https` or `http`, if `scheme` differs from it in at most one letter.
fn nearest_scheme(scheme: &str) -> Option<&'static str> {
    let candidates = if scheme.contains('s') { ["https", "http"] } else { ["http", "https"] };
    let near = candidates.into_iter().map(|known| (similarity::distance(scheme, known), known));
    near.filter(|(distance, _)| *distance <= 1).min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// `example.com`, `example.com:8080`, `localhost`.
pub(crate) fn is_host(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or(host);
    name == "localhost"
        || name.contains('.')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'))
            && name
                .rsplit('.')
                .next()
                .is_some_and(|end| end.len() > 1 || name.bytes().all(|byte| !byte.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::malformed_scheme;

    #[test]
    fn a_scheme_is_corrected_to_the_nearest_one() {
        for (dest, wrong, right) in [
            ("htps://example.com", "htps://", "https://"),
            ("htp://example.com", "htp://", "http://"),
            ("hhttps://example.com", "hhttps://", "https://"),
            ("ttps://example.com", "ttps://", "https://"),
            ("httpss://example.com", "httpss://", "https://"),
            ("httsp://example.com/a", "httsp://", "https://"),
            ("https;//example.com", "https;//", "https://"),
            ("https//example.com", "https//", "https://"),
            ("http:/example.com/a", "http:/", "http://"),
            ("http:///example.com/a", "http:///", "http://"),
        ] {
            assert_eq!(malformed_scheme(dest), Some((wrong, right)), "{dest}");
        }
    }

    #[test]
    fn other_destinations_are_left_alone() {
        for dest in [
            "https://example.com",
            "ftp://example.com",
            "http/server.md",
            "https.md",
            "http//index",
            "mailto:a@b.c",
            "HTTP://example.com",
            "http.server.html",
            "https/a.b/c",
        ] {
            assert_eq!(malformed_scheme(dest), None, "{dest}");
        }
    }
}
