//! A link to a page on the development server of the site's own generator.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::diagnostic::Edit;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LocalhostLink {}

/// Ports that no other program uses by default than the development server of a generator: Hugo's.
const DISTINCTIVE_PORTS: [u16; 1] = [1313];

const HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "0.0.0.0"];

impl Check for LocalhostLink {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let ports = if cx.profile.is_known() { &cx.profile.server_ports[..] } else { &DISTINCTIVE_PORTS };
        for link in cx.doc.body.links.iter().filter(|link| !link.auto && !ports.is_empty()) {
            let Some((port, path)) = local_page(&link.dest) else { continue };
            // A link that shows its URL is an instruction to start the server.
            let text = cx.doc.slice(link.text);
            if !ports.contains(&port) || HOSTS.iter().any(|host| text.contains(host)) {
                continue;
            }
            let finding = found.at(link.span, format!("link to the development server: `{}`", truncate(&link.dest)));
            finding.label_primary("works only for the author").help(format!("link to `{}`", truncate(path)));
            let within = Span::new(link.text.end, link.span.end);
            if let Some(at) = cx.doc.slice(within).find(&link.dest) {
                let start = within.start + at;
                let edit = Edit::replace(Span::new(start, start + link.dest.len() - path.len()), "");
                finding.unsafe_fix("Remove the server from the link", vec![edit]);
            }
        }
    }
}

/// The port and the path of a page on a local server; none for its start page.
fn local_page(dest: &str) -> Option<(u16, &str)> {
    let rest =
        dest.strip_prefix("http://").or_else(|| dest.strip_prefix("https://")).or_else(|| dest.strip_prefix("//"))?;
    let rest = HOSTS.iter().find_map(|host| rest.strip_prefix(host))?.strip_prefix(':')?;
    let (port, _) = rest.split_once('/')?;
    let path = &rest[port.len()..];
    (path.len() > 1).then(|| Some((port.parse().ok()?, path))).flatten()
}

#[cfg(test)]
mod tests {
    use super::local_page;

    #[test]
    fn pages_of_a_local_server_are_recognized() {
        assert_eq!(local_page("http://localhost:1313/docs/a/"), Some((1313, "/docs/a/")));
        assert_eq!(local_page("//127.0.0.1:4000/a"), Some((4000, "/a")));
        for dest in
            ["http://localhost:1313/", "http://localhost:1313", "http://localhost/a", "/a", "http://example.com:1313/a"]
        {
            assert_eq!(local_page(dest), None, "{dest}");
        }
    }
}
