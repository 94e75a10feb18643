//! What is wrong with a generated post: a Bad example of some rule's page, put into it.

use super::random::Random;

/// A Bad example that needs neither a config nor a place of its own.
struct Example {
    rule: String,
    /// Whether it opens with a front matter, and so takes the place of the post's.
    has_front: bool,
    bytes: Vec<u8>,
}

/// Which defects there are, and how many of 1,000 posts have one.
pub(crate) struct Defects {
    examples: Vec<Example>,
    share: usize,
}

impl Defects {
    /// No defects.
    pub(crate) fn none() -> Self {
        Self { examples: Vec::new(), share: 0 }
    }

    /// The Bad examples of all rules, each as often as any other, in `share` of 1,000 posts.
    pub(crate) fn all(share: usize) -> Self {
        let opens_front_matter =
            |bytes: &[u8]| [&b"---"[..], b"+++", b"{", b"\xef\xbb\xbf"].iter().any(|s| bytes.starts_with(s));
        let examples = matterlint::internals::bad_examples().into_iter();
        let examples = examples.map(|(rule, bytes)| Example { rule, has_front: opens_front_matter(&bytes), bytes });
        Self { examples: examples.collect(), share }
    }

    /// The post that `front` and `body` make, with a defect where chance will have it.
    pub(super) fn apply(&self, random: &mut Random, front: String, body: Vec<String>) -> (Vec<u8>, Option<String>) {
        let text =
            |blocks: &[String]| blocks.iter().flat_map(|block| [block, "\n\n"].map(str::to_owned)).collect::<String>();
        if self.examples.is_empty() || !random.in_thousand(self.share) {
            return ([front, "\n".to_owned(), body.join("\n\n"), "\n".to_owned()].concat().into_bytes(), None);
        }
        let example = &self.examples[random.below(self.examples.len())];
        let parts = if example.has_front {
            vec![example.bytes.clone(), b"\n".to_vec(), text(&body).into_bytes()]
        } else {
            let (before, after) = body.split_at(random.between(1, body.len()));
            let before = [&front, "\n", &text(before)].concat();
            vec![before.into_bytes(), example.bytes.clone(), b"\n".to_vec(), text(after).into_bytes()]
        };
        (parts.concat(), Some(example.rule.clone()))
    }
}
