//! The lines that disable comments cover, and which comments suppress something.

use crate::checks::{Finding, Findings};
use crate::diagnostic::retain_places;
use crate::document::suppressions::{Suppression, SuppressionKind};
use crate::rule::{Group, Rule, RuleSet, current_id};
use crate::source::{Source, Span};
use crate::text::similarity;
use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

/// The suppressions of a file. A file may have as many disable comments and findings as it has lines, so both are
/// looked up by rule and line.
pub(super) struct Suppressions<'a> {
    source: &'a Source,
    ranges: Vec<SuppressedRange<'a>>,
    /// By rule or group: the disabled lines, sorted and disjoint.
    lines: HashMap<&'a str, Vec<RangeInclusive<usize>>>,
    /// By rule or group: the lines on which something was suppressed.
    used: HashMap<&'a str, BTreeSet<usize>>,
}

/// The lines that a rule name in a disable comment covers.
struct SuppressedRange<'a> {
    /// The current id of the rule, or the group.
    name: &'a str,
    span: Span,
    lines: RangeInclusive<usize>,
}

impl<'a> Suppressions<'a> {
    pub(super) fn new(comments: &'a [Suppression], source: &'a Source, rules: &RuleSet) -> Self {
        let current = |name: &'a str| match rules.get(name) {
            Some(_) => name,
            None => current_id(name).unwrap_or(name),
        };
        let mut suppressions = Self { source, ranges: Vec::new(), lines: HashMap::new(), used: HashMap::new() };
        // From the end, so that an enable comment is known before the disable comment it ends.
        let (mut all_on, mut on) = (None, HashMap::new());
        let mut next_lines = HashMap::new();
        for comment in comments.iter().rev() {
            let here = source.line_of(comment.span.start);
            let lines = match comment.kind {
                SuppressionKind::DisableLine => Some(here..=here),
                SuppressionKind::DisableNextLine => {
                    let end = source.line_of(comment.span.end);
                    next_lines.entry(end).or_insert_with(|| comment.line(source)).map(|line| line..=line)
                }
                SuppressionKind::DisableFile => Some(1..=usize::MAX),
                SuppressionKind::Disable => Some(here..=usize::MAX),
                SuppressionKind::Enable if comment.rules.is_empty() => {
                    (all_on, on) = (Some(here), HashMap::new());
                    None
                }
                SuppressionKind::Enable => {
                    on.extend(comment.rules.iter().map(|(name, _)| (current(name), here)));
                    None
                }
                SuppressionKind::Unknown => None,
            };
            let Some(lines) = lines else { continue };
            for (name, span) in &comment.rules {
                let name = current(name);
                let end = on.get(name).copied().or(all_on).filter(|_| comment.kind == SuppressionKind::Disable);
                let lines = *lines.start()..=end.unwrap_or(*lines.end());
                suppressions.ranges.push(SuppressedRange { name, span: *span, lines });
            }
        }
        suppressions.ranges.reverse();
        suppressions.merge_ranges();
        suppressions
    }

    /// Sorts the lines of each name, and merges adjacent ones.
    fn merge_ranges(&mut self) {
        for range in &self.ranges {
            self.lines.entry(range.name).or_default().push(range.lines.clone());
        }
        for lines in self.lines.values_mut() {
            lines.sort_unstable_by_key(|lines| *lines.start());
            lines.dedup_by(|next, last| {
                let meet = next.start() <= last.end();
                if meet {
                    *last = *last.start()..=*last.end().max(next.end());
                }
                meet
            });
        }
    }

    /// The finding without its suppressed places; none if all are suppressed.
    pub(super) fn retain_unsuppressed(&mut self, rule: &Rule, mut finding: Finding) -> Option<Finding> {
        if self.ranges.is_empty() {
            return Some(finding);
        }
        let Finding { span, also_at, message, fix, .. } = &mut finding;
        retain_places(span, also_at, message, fix, |place| !self.is_suppressed(rule, place)).then_some(finding)
    }

    fn is_suppressed(&mut self, rule: &Rule, span: Span) -> bool {
        let line = self.source.line_of(span.start);
        let mut suppressions = false;
        for name in [&*rule.doc.id, rule.doc.metadata.group.as_str()] {
            let Some((&name, lines)) = self.lines.get_key_value(name) else { continue };
            let next = lines.partition_point(|lines| *lines.end() < line);
            if lines.get(next).is_some_and(|lines| lines.contains(&line)) {
                self.used.entry(name).or_default().insert(line);
                suppressions = true;
            }
        }
        suppressions
    }

    fn is_used(&self, range: &SuppressedRange<'_>) -> bool {
        self.used.get(range.name).is_some_and(|lines| lines.range(range.lines.clone()).next().is_some())
    }

    /// The names that suppress nothing, those that name no rule, and those of rules that were renamed.
    pub(super) fn unused(&self, rules: &RuleSet) -> Vec<Finding> {
        let mut found = Findings::default();
        for range in &self.ranges {
            if self.is_used(range) {
                self.report_former_name(range, &mut found);
                continue;
            }
            let known =
                crate::rule::ids().any(|id| id == range.name) || rules.rules.iter().any(|r| &*r.doc.id == range.name);
            let group = Group::ALL.into_iter().any(|group| group.as_str() == range.name);
            if !known && !group {
                let own = rules.rules.iter().map(|rule| &*rule.doc.id);
                let near = similarity::nearest(range.name, own.chain(crate::rule::ids()));
                let message = format!("unknown rule `{}` in a disable comment", range.name);
                let finding = found.at(range.span, similarity::with_suggestion(message, near));
                if near.is_none() {
                    finding.help("run `matterlint rules` for a list");
                }
            } else if group || rules.get(range.name).is_some() {
                found
                    .at(range.span, format!("unused disable comment for `{}`", range.name))
                    .help("remove it: it would hide the next finding here");
            }
        }
        found.into_findings()
    }

    fn report_former_name(&self, range: &SuppressedRange<'_>, found: &mut Findings) {
        let former = self.source.slice(range.span);
        if former != range.name {
            found.at(range.span, format!("rule `{former}` is now called `{}`", range.name));
        }
    }
}
