//! Where a place in a page leads, and what leads to it.

use crate::data::limits::Limits;
use crate::data::yaml;
use crate::document::Document;
use crate::document::body::InlineKind;
use crate::document::headings::{self, Heading};
use crate::fs::{Root, is_markdown};
use crate::navigation::links::{self, Reference, ReferenceKind};
use crate::navigation::targets::{self, Target};
use crate::navigation::{anchors, terms};
use crate::source::{Source, Span};
use crate::workspace::Workspace;
use crate::workspace::pages::pages_of;
use crate::workspace::parallel;
use crate::workspace::renaming::text_of;
use crate::workspace::site_context::SiteContext;
use memchr::memmem;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A place in a file.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file (absolute).
    pub path: PathBuf,
    /// Its text.
    pub source: Arc<Source>,
    /// The place.
    pub span: Span,
}

/// A link of a page to a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageLink {
    /// Where it is written.
    pub span: Span,
    /// The file (absolute).
    pub target: PathBuf,
}

/// A heading of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeadingSymbol {
    /// Its text as it is written.
    pub name: String,
    /// From 1 to 6.
    pub level: u8,
    /// With its markers.
    pub span: Span,
    /// Its text alone.
    pub name_span: Span,
}

/// The title of a page.
#[derive(Clone, Debug)]
pub struct PageTitle {
    /// The title, or the name of the file.
    pub title: String,
    /// The place of the title.
    pub place: Place,
}

/// The most pages that are listed for a query.
const MAX_TITLES: usize = 200;

/// What an editor asks of a place. Paths are absolute; sources are named as seen from the working directory.
impl Workspace {
    /// The links of the page at `path` to files that are there.
    pub fn links(&self, path: &Path, source: &Source) -> Vec<PageLink> {
        let context = self.context(path);
        let link = |reference: Reference| {
            let target = self.target(&context, path, &reference)?.path;
            Some(PageLink { span: reference.span, target })
        };
        references_of(&context, &Document::parse(source)).into_iter().filter_map(link).collect()
    }

    /// Where byte `at` of the page at `path` leads: a term to its pages, an author to the list of authors, a field to the
    /// config, a link to a page, a heading or a definition.
    pub fn definitions(&self, path: &Path, source: &Arc<Source>, at: usize) -> Vec<Place> {
        let (context, doc) = (self.context(path), Document::parse(source));
        let own = |span| vec![Place { path: path.to_owned(), source: source.clone(), span }];
        if let Some((field, term)) = term_at(&context, &doc, at) {
            return self.places_of_term(&context, path, &field, &term);
        }
        if let Some(place) = self.author_at(&context, &doc, at).or_else(|| self.field_at(&context, &doc, path, at)) {
            return vec![place];
        }
        if let Some(span) = definition_of_label(&doc, at) {
            return own(span);
        }
        let Some(reference) = reference_at(&context, &doc, at) else { return Vec::new() };
        let Some(target) = self.target(&context, path, &reference) else { return Vec::new() };
        if target.path == path {
            return own(self.place_in(&context, &doc, target.anchor.as_deref()));
        }
        let Ok(source) = text_of(&self.sites, &self.open, &target.path) else { return Vec::new() };
        let span = match is_markdown(&target.path) {
            true => self.place_in(&self.context(&target.path), &Document::parse(&source), target.anchor.as_deref()),
            false => Span::default(),
        };
        vec![Place { path: target.path, source, span }]
    }

    /// What leads to byte `at` of the page at `path`: to a term, to a heading, to a definition, or from its title to the
    /// page.
    pub fn references(&self, path: &Path, source: &Arc<Source>, at: usize) -> Vec<Place> {
        let (context, doc) = (self.context(path), Document::parse(source));
        if let Some((field, term)) = term_at(&context, &doc, at) {
            return self.places_of_term(&context, path, &field, &term);
        }
        if let Some(spans) = uses_of_definition(&doc, at) {
            let place = |span| Place { path: path.to_owned(), source: source.clone(), span };
            return spans.into_iter().map(place).collect();
        }
        let headings = headings::of_page(&doc);
        if let Some(heading) = headings.iter().find(|heading| touches(heading.span, at)) {
            let slugs = context.site.profile().slug_algorithm;
            let is_it =
                |anchor: &str| anchors::find(&headings, slugs, anchor).is_some_and(|found| found.span == heading.span);
            return self.links_to(&context, path, |target| target.anchor.as_deref().is_some_and(is_it));
        }
        let is_title = ["title", "permalink", "slug", "url"]
            .iter()
            .filter_map(|name| doc.front_matter.as_ref()?.root()?.entry(name))
            .any(|entry| touches(entry.span(), at));
        if is_title { self.links_to(&context, path, |_| true) } else { Vec::new() }
    }

    /// The headings of a page, in order.
    pub fn headings(&self, source: &Source) -> Vec<HeadingSymbol> {
        let symbol = |heading: Heading| HeadingSymbol {
            name: source.slice(heading.text).to_owned(),
            level: heading.level,
            span: heading.span,
            name_span: heading.text,
        };
        headings::of_page(&Document::parse(source)).into_iter().map(symbol).collect()
    }

    /// The pages of the site at a folder whose title contains all words of `query`, whatever their case.
    pub fn pages_by_title(&self, folder: &Path, query: &str) -> Vec<PageTitle> {
        let context = self.sites.for_dir(folder);
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let mut found = parallel::filter_map(&pages_of(&self.sites, &context), |path| {
            let source = text_of(&self.sites, &self.open, path).ok()?;
            let (front, ..) = crate::document::front_matter::parse(&source);
            let value = front.as_ref().and_then(|front| front.get("title"));
            let (title, span) = match value.and_then(|value| Some((value.text()?.trim(), value.span()))) {
                Some((title, span)) if !title.is_empty() => (title.to_owned(), span),
                _ => (path.file_stem()?.to_string_lossy().into_owned(), Span::default()),
            };
            let lower = title.to_lowercase();
            let is_meant = words.iter().all(|word| lower.contains(word));
            is_meant.then(|| PageTitle { title, place: Place { path: path.clone(), source, span } })
        });
        found.truncate(MAX_TITLES);
        found
    }

    /// The file that a reference leads to: by its path, or by the URL that a page has set.
    pub(super) fn target(&self, context: &SiteContext, page: &Path, reference: &Reference) -> Option<Target> {
        targets::resolve(&context.site, page, reference).or_else(|| {
            let is_link = matches!(reference.kind, ReferenceKind::Link | ReferenceKind::Label);
            let (url, anchor) = reference.dest.split_once('#').unwrap_or((&reference.dest, ""));
            if !is_link || !url.starts_with('/') {
                return None;
            }
            let shown = self.live.page_with_url(context, url)?;
            let anchor = Some(anchor).filter(|anchor| !anchor.is_empty()).map(crate::text::percent::decode);
            Some(Target { path: crate::fs::normalize(&self.options.cwd.join(shown)), anchor, base: None })
        })
    }

    /// All pages of a site that have one of these texts in them or are below one of these paths, with their texts.
    pub(super) fn pages_with(
        &self,
        context: &Arc<SiteContext>,
        names: &[String],
        below: &[&PathBuf],
    ) -> Vec<(PathBuf, Arc<Source>)> {
        let finders: Vec<memmem::Finder> = names.iter().map(memmem::Finder::new).collect();
        let found = self.sites.for_dir(&context.root);
        let mut paths = pages_of(&self.sites, if context.is_same_site(&found) { &found } else { context });
        let is_own = |path: &&PathBuf| self.context(path).is_same_site(context) && paths.binary_search(path).is_err();
        let unsaved: Vec<PathBuf> = self.open.keys().filter(is_own).cloned().collect();
        paths.extend(unsaved);
        parallel::filter_map(&paths, |path| {
            let source = text_of(&self.sites, &self.open, path).ok()?;
            let has_one = || finders.iter().any(|finder| finder.find(source.text().as_bytes()).is_some());
            let is_meant = below.iter().any(|folder| path.starts_with(folder)) || has_one();
            is_meant.then_some((path.clone(), source))
        })
    }

    fn places_of_term(&self, context: &Arc<SiteContext>, page: &Path, field: &str, term: &str) -> Vec<Place> {
        let site = self.sites.for_file(page);
        let site = if context.is_same_site(&site) { &site } else { context };
        let pages = self.pages_with(site, &[term.to_owned(), "\\u".to_owned()], &[]);
        let places = parallel::filter_map(&pages, |(path, source)| {
            let doc = Document::parse(source);
            let profile = context.site.profile();
            let in_front_matter = doc.front_matter.as_ref().map(|front| terms::of_page(source, front, profile));
            let mut spans: Vec<Span> = in_front_matter
                .into_iter()
                .flatten()
                .filter(|(of, place)| of == field && place.text == term)
                .map(|(_, place)| place.span)
                .collect();
            if profile.inline_tags && terms::is_field(field, "tags") {
                spans.extend(terms::inline(source, &doc.body, term));
            }
            Some(
                spans
                    .into_iter()
                    .map(|span| Place { path: path.clone(), source: source.clone(), span })
                    .collect::<Vec<_>>(),
            )
        });
        places.into_iter().flatten().collect()
    }

    /// The links of the site to the page at `path` that are meant.
    fn links_to(&self, context: &Arc<SiteContext>, path: &Path, is_meant: impl Fn(&Target) -> bool) -> Vec<Place> {
        let mut places = Vec::new();
        for (page, source) in self.pages_with_links_to(context, path) {
            let doc = Document::parse(&source);
            for reference in references_of(context, &doc) {
                let target = self.target(context, &page, &reference).filter(|target| target.path == path);
                if target.is_some_and(|target| is_meant(&target)) {
                    places.push(Place { path: page.clone(), source: source.clone(), span: reference.span });
                }
            }
        }
        places
    }

    /// The pages of a site that may link to the page at `path`, and that page.
    pub(super) fn pages_with_links_to(&self, context: &Arc<SiteContext>, path: &Path) -> Vec<(PathBuf, Arc<Source>)> {
        let mut names = targets::names_of(path);
        let own = text_of(&self.sites, &self.open, path).ok();
        if let Some(source) = &own {
            let (front, ..) = crate::document::front_matter::parse(source);
            let urls = &context.site.profile().urls;
            let set = urls.permalink.iter().chain(&urls.slug).filter_map(|key| front.as_ref()?.get(key)?.text());
            names.extend(set.map(|url| url.trim_matches('/').to_owned()).filter(|url| !url.is_empty()));
        }
        self.pages_with(context, &names, &[&path.to_owned()])
    }

    fn place_in(&self, context: &SiteContext, doc: &Document, anchor: Option<&str>) -> Span {
        let headings = headings::of_page(doc);
        let slugs = context.site.profile().slug_algorithm;
        let found = anchor.and_then(|anchor| anchors::find(&headings, slugs, anchor));
        found.map_or(Span::default(), |heading| heading.text)
    }

    /// The entry of the author at byte `at` in the site's list.
    fn author_at(&self, context: &SiteContext, doc: &Document, at: usize) -> Option<Place> {
        let authors = &context.site.profile().authors;
        let front = doc.front_matter.as_ref()?;
        let values = authors.fields.iter().filter_map(|field| front.get(field));
        let name = values
            .flat_map(|value| value.items().into_iter().flatten().chain([value]).collect::<Vec<_>>())
            .find(|value| value.text().is_some() && touches(value.span(), at))?
            .text()?
            .trim();
        let root = Root::containing(self.fs.clone(), &context.root);
        authors.files.iter().find_map(|file| {
            let path = context.root.join(file);
            let text = root.read_to_string(&path).ok()?;
            let (tree, _) = yaml::parse(&text, 0, Limits::ProjectFile);
            let list = tree.root()?;
            let list = list.get("authors").filter(|below| below.is_map()).unwrap_or(list);
            let is_it = |entry: &crate::data::node::Entry<'_>| {
                entry.key.text() == Some(name) || entry.value.get("name").and_then(|value| value.text()) == Some(name)
            };
            let span = list.entries().find(is_it)?.key.span();
            let source = Arc::new(Source::new(crate::fs::relative(&path, &self.options.cwd), text.into_bytes()));
            Some(Place { path, source, span })
        })
    }

    /// The declaration of the field whose key is at byte `at`, in the config file.
    fn field_at(&self, context: &SiteContext, doc: &Document, path: &Path, at: usize) -> Option<Place> {
        let entry = doc.front_matter.as_ref()?.root()?.entries().find(|entry| touches(entry.key.span(), at))?;
        let key = entry.key.text()?;
        let config = &context.config_root;
        let content = config.config.content_for(&config.relative(path));
        let file = config.file.as_ref()?;
        let source = text_of(&self.sites, &self.open, file).ok()?;
        let (tree, _) = yaml::parse(source.text(), 0, Limits::ProjectFile);
        let kind = tree.root()?.get("content")?.entry(&content.name)?;
        // A field that the content type has from another one is declared there.
        let field = kind.value.get("fields").and_then(|fields| fields.entry(key));
        let span = field.map_or_else(|| content.field(key).map(|_| kind.key.span()), |field| Some(field.key.span()))?;
        Some(Place { path: file.clone(), source, span })
    }
}

/// The references of a page of a site.
pub(super) fn references_of(context: &SiteContext, doc: &Document) -> Vec<Reference> {
    links::of_page(doc, context.site.profile().inline_tags)
}

/// Whether byte `at` is in a span or at its end.
pub(super) fn touches(span: Span, at: usize) -> bool {
    span.start <= at && at <= span.end
}

/// The innermost reference at byte `at`.
fn reference_at(context: &SiteContext, doc: &Document, at: usize) -> Option<Reference> {
    let whole = doc.body.links.iter().filter(|link| link.span.contains(at));
    let whole: Vec<Span> = whole.map(|link| link.span).collect();
    let all = references_of(context, doc).into_iter();
    // The text of a link leads where its destination does.
    let is_here = |one: &Reference| touches(one.span, at) || whole.iter().any(|link| link.contains_span(one.span));
    all.filter(is_here).min_by_key(|one| (!touches(one.span, at), one.span.len()))
}

/// The taxonomy and the term at byte `at`.
pub(super) fn term_at(context: &SiteContext, doc: &Document, at: usize) -> Option<(String, String)> {
    let profile = context.site.profile();
    let front = doc.front_matter.as_ref();
    let found = front.into_iter().flat_map(|front| terms::of_page(doc.source, front, profile));
    let in_front_matter = found.filter(|(_, place)| touches(place.span, at)).min_by_key(|(_, place)| place.span.len());
    if let Some((field, place)) = in_front_matter {
        return Some((field, place.text.to_owned()));
    }
    let line = doc.source.slice(doc.source.line_span(doc.source.line_of(at)));
    if !profile.inline_tags || !line.contains('#') {
        return None;
    }
    let mut words = line.split(|c: char| c.is_whitespace()).filter_map(|word| word.strip_prefix('#'));
    let term = words.find(|word| terms::inline(doc.source, &doc.body, word).iter().any(|span| touches(*span, at)))?;
    Some(("tags".to_owned(), term.to_owned()))
}

/// The label in brackets at byte `at`, with where it is: `[text][label]`, `[label]`, `[^note]`.
fn label_at(doc: &Document, at: usize) -> Option<String> {
    let link = doc.body.links.iter().find(|link| link.span.contains(at));
    if let Some(link) = link {
        let text = doc.slice(link.span).trim_end_matches("[]");
        return Some(text[text.rfind('[')? + 1..].trim_end_matches(']').to_owned()).filter(|_| text.ends_with(']'));
    }
    let inline = doc.body.inline_at(at).filter(|inline| inline.kind == InlineKind::Other)?;
    let text = doc.slice(inline.span);
    text.strip_prefix("[^")?.strip_suffix(']').map(|name| format!("^{name}"))
}

/// A label as labels are compared.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The definitions of labels and footnotes, each with its label.
fn definitions_of<'a>(doc: &'a Document) -> impl Iterator<Item = (String, Span)> + 'a {
    let labels = doc.body.definitions.iter().map(|definition| (folded(&definition.label), definition.span));
    labels.chain(doc.body.footnotes.iter().filter_map(|span| {
        let text = doc.slice(*span).trim_start();
        let name = text.strip_prefix("[^")?.split(']').next()?;
        Some((folded(&format!("^{name}")), Span::new(span.start, span.start + text.find(':')? + 1)))
    }))
}

fn definition_of_label(doc: &Document, at: usize) -> Option<Span> {
    let label = folded(&label_at(doc, at)?);
    definitions_of(doc).find(|(name, span)| *name == label && !span.contains(at)).map(|(_, span)| span)
}

/// The uses of the definition at byte `at`.
fn uses_of_definition(doc: &Document, at: usize) -> Option<Vec<Span>> {
    let (label, _) = definitions_of(doc).find(|(_, span)| span.contains(at))?;
    let links = doc.body.links.iter().map(|link| link.span);
    let notes = doc.body.inlines.iter().filter(|inline| inline.kind == InlineKind::Other).map(|inline| inline.span);
    let is_use = |span: &Span| label_at(doc, span.start).is_some_and(|used| folded(&used) == label);
    Some(links.chain(notes).filter(is_use).collect())
}
