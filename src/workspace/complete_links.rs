//! What can be written where a link leads: files and folders of the site, and the anchors of a page.

use crate::diagnostic::Edit;
use crate::document::{Document, headings};
use crate::fs::{EntryKind, Root, is_markdown};
use crate::navigation::anchors;
use crate::navigation::links::{Reference, ReferenceKind};
use crate::source::{Source, Span};
use crate::text::percent;
use crate::workspace::Workspace;
use crate::workspace::completion::{Completion, CompletionKind};
use crate::workspace::renaming::text_of;
use crate::workspace::site_context::SiteContext;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The endings of images.
const IMAGES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico"];

/// The most entries of a folder that are listed.
const MAX_ENTRIES: usize = 2000;

/// A destination that is being written.
struct Destination {
    /// What is written of it, up to the cursor.
    written: Span,
    is_image: bool,
    /// Whether it is the value of a field, whose path may start in a folder of its own.
    base: Option<String>,
}

impl Workspace {
    /// The completions of the destination that is written at byte `at`; none where none is.
    pub(super) fn link_completions(
        &self,
        context: &Arc<SiteContext>,
        doc: &Document,
        path: &Path,
        at: usize,
    ) -> Option<Vec<Completion>> {
        let destination = destination_at(doc, at).or_else(|| self.field_at_cursor(context, doc, path, at))?;
        let text = doc.slice(destination.written);
        match text.split_once('#') {
            Some((page, anchor)) if !destination.is_image && destination.base.is_none() => {
                let written = Span::new(at - anchor.len(), at);
                Some(
                    self.anchors(context, doc, path, page)
                        .into_iter()
                        .map(|(label, detail)| {
                            let edit = Edit::replace(written, label.clone());
                            Completion {
                                label,
                                kind: CompletionKind::Anchor,
                                detail: Some(detail),
                                sort_text: None,
                                edit,
                            }
                        })
                        .collect(),
                )
            }
            _ => Some(self.entries(context, path, text, &destination)),
        }
    }

    /// The anchors of the page that a link on the page at `path` leads to, each with its heading.
    fn anchors(&self, context: &SiteContext, doc: &Document, path: &Path, page: &str) -> Vec<(String, String)> {
        let slugs = context.site.profile().slug_algorithm;
        let of = |doc: &Document| {
            let headings = headings::of_page(doc);
            let ids = anchors::usual(&headings, slugs);
            let named = headings.iter().zip(ids).filter_map(|(heading, id)| Some((id?, heading)));
            named.map(|(id, heading)| (id, doc.slice(heading.text).to_owned())).collect()
        };
        if page.is_empty() {
            return of(doc);
        }
        let reference = Reference { kind: ReferenceKind::Link, span: Span::default(), dest: page.to_owned() };
        let target = self.target(context, path, &reference).filter(|target| is_markdown(&target.path));
        let source = target.and_then(|target| text_of(&self.sites, &self.open, &target.path).ok());
        source.map_or_else(Vec::new, |source| of(&Document::parse(&source)))
    }

    /// The files and folders that the last part of a path can name.
    fn entries(&self, context: &SiteContext, page: &Path, text: &str, destination: &Destination) -> Vec<Completion> {
        let (folder, name) = text.rsplit_once('/').map_or(("", text), |(folder, name)| (folder, name));
        let written = Span::new(destination.written.end - name.len(), destination.written.end);
        let is_absolute = text.starts_with('/');
        let page_folder = page.parent().unwrap_or(page);
        let roots = || {
            let known = context.site.profile().asset_roots.iter().map(String::as_str);
            known.chain(["", "static", "public"]).map(|root| context.root.join(root)).collect::<Vec<PathBuf>>()
        };
        let mut starts = match (&destination.base, is_absolute) {
            (Some(base), _) => vec![context.config_root.root.join(base)],
            (None, true) => roots(),
            (None, false) => vec![page_folder.to_owned()],
        };
        if destination.base.as_deref() == Some("") {
            starts.extend(roots());
        }
        starts.dedup();
        let root = Root::containing(self.fs.clone(), &context.config_root.root);
        let below = percent::decode(folder.trim_start_matches('/'));
        let mut found: Vec<Completion> = Vec::new();
        for start in starts {
            let entries = root.read_dir(&start.join(&below)).unwrap_or_default();
            for entry in entries.into_iter().take(MAX_ENTRIES) {
                let Some(name) = entry.name.to_str().filter(|name| !name.starts_with('.')) else { continue };
                let extension = Path::new(name).extension().and_then(|end| end.to_str()).unwrap_or_default();
                let is_image = IMAGES.iter().any(|known| extension.eq_ignore_ascii_case(known));
                let kind = match entry.kind {
                    EntryKind::Dir => CompletionKind::Folder,
                    EntryKind::File if is_image => CompletionKind::Image,
                    EntryKind::File if is_markdown(Path::new(name)) && !destination.is_image => CompletionKind::Page,
                    _ => continue,
                };
                let label = if kind == CompletionKind::Folder { format!("{name}/") } else { name.to_owned() };
                let insert = match destination.base {
                    Some(_) => label.clone(),
                    None => escaped(&label),
                };
                let item =
                    Completion { label, kind, detail: None, sort_text: None, edit: Edit::replace(written, insert) };
                if !found.contains(&item) {
                    found.push(item);
                }
            }
        }
        found.sort_by(|a, b| a.label.cmp(&b.label));
        found
    }

    /// The value of a field that names an image, if the cursor is in one.
    fn field_at_cursor(&self, context: &SiteContext, doc: &Document, path: &Path, at: usize) -> Option<Destination> {
        let front =
            doc.front_matter.as_ref().filter(|front| front.content_span.start <= at && at <= front.content_span.end)?;
        let source = doc.source;
        let line = source.line_span(source.line_of(at));
        let before = source.slice(Span::new(line.start, at.min(line.end)));
        let separator = before.find([':', '='])?;
        let key = before[..separator].trim();
        let content = context.config_root.config.content_for(&context.config_root.relative(path));
        let constraints = content.field(key).map(|field| &field.constraints);
        let is_path = constraints.is_some_and(|shape| shape.types.contains(&crate::data::field_type::FieldType::Path));
        if !is_path && !crate::site::facts::is_picture(key) || front.content_span.is_empty() {
            return None;
        }
        let value = before[separator + 1..].trim_start().trim_start_matches(['"', '\'']);
        let base = constraints.and_then(|shape| shape.base.clone()).unwrap_or_default();
        Some(Destination { written: Span::new(at - value.len(), at), is_image: true, base: Some(base) })
    }
}

/// The destination of a link or an image in the text, if the cursor is in one.
fn destination_at(doc: &Document, at: usize) -> Option<Destination> {
    let source: &Source = doc.source;
    let is_code = doc.body.code.iter().any(|code| code.span.contains(at));
    if at < doc.body.span.start || is_code {
        return None;
    }
    let line = source.line_span(source.line_of(at));
    let before = source.slice(Span::new(line.start, at.min(line.end)));
    let open = before.rfind("](")?;
    let written = before[open + 2..].trim_start_matches('<');
    let is_open = !written.contains([')', ' ', '"', '>']) && !written.contains("://");
    let label = before[..open].rfind('[')?;
    is_open.then(|| Destination {
        written: Span::new(at - written.len(), at),
        is_image: before[..label].ends_with('!'),
        base: None,
    })
}

/// A name as it is written in a link.
fn escaped(name: &str) -> String {
    let escape = |c: char| match c {
        ' ' | '(' | ')' | '<' | '>' | '%' | '#' | '?' => format!("%{:02X}", c as u32),
        c => c.to_string(),
    };
    name.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::workspace::{Memory, Options, Workspace};
    use std::path::Path;
    use std::sync::Arc;

    const FILES: [(&str, &str); 8] = [
        ("/s/_config.yml", "title: x\n"),
        (
            "/s/matterlint.yaml",
            "content: { post: { files: '**/*.md', fields: { cover: { type: path, base: assets/img } } } }\n",
        ),
        ("/s/_posts/2024-01-01-a.md", "---\ntags: [aws, dev]\n---\n"),
        ("/s/docs/a.md", "# One\n\n## 설치 방법\n"),
        ("/s/docs/b c.md", "text\n"),
        ("/s/docs/x.png", ""),
        ("/s/docs/sub/y.md", "---\ntags: [aws]\n---\n"),
        ("/s/assets/img/z.png", ""),
    ];

    /// The completions at the `|`, as the line is then.
    fn at(text: &str) -> Vec<String> {
        let mut workspace = Workspace::new(Arc::new(Memory::new(FILES)), Options::new("/s"));
        let place = text.find('|').expect("a place");
        let path = Path::new("/s/docs/a.md");
        let source = Arc::new(Source::new("docs/a.md", text.replacen('|', "", 1).into()));
        workspace.update_page(path, &source);
        let _ = workspace.refresh(std::iter::empty());
        let found = workspace.completions(path, &source, place);
        found.into_iter().map(|item| item.edit.insert).collect()
    }

    #[test]
    fn links_lead_to_files_folders_and_headings() {
        assert_eq!(at("[a](|)\n"), ["a.md", "b%20c.md", "sub/", "x.png"]);
        assert_eq!(at("[a](sub/|\n"), ["y.md"]);
        assert_eq!(at("![a](|\n"), ["sub/", "x.png"]);
        assert_eq!(
            at("![a](/z|\n"),
            ["_posts/", "assets/", "docs/", "img/", "z.png"],
            "below the folders of the generator"
        );
        assert_eq!(at("# One\n\n## Two\n\n[a](#|)\n"), ["one", "two"]);
        assert_eq!(at("text\n\n[a](a.md#|)\n"), Vec::<String>::new(), "the page as it is typed has no heading");
        assert!(
            at("```\n[a](|)\n```\n").is_empty() && at("[a](b) |\n").is_empty() && at("[a](https://x|\n").is_empty()
        );
    }

    #[test]
    fn fields_have_the_images_and_terms_of_the_site() {
        assert_eq!(at("---\ncover: |\n---\n"), ["z.png"]);
        assert_eq!(at("---\ntags: [|]\n---\n"), ["aws", "dev"]);
        assert_eq!(at("---\ntags:\n  - |\n---\n"), ["aws", "dev"]);
    }
}
