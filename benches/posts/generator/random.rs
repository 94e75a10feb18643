//! Numbers that look drawn by chance and are the same on every machine.

/// A generator of 64-bit numbers (`SplitMix64`): any seed is as good as any other, so every post may have its own.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// The numbers that belong to a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The numbers of one of many things that are made from the same seed.
    pub(crate) fn of(seed: u64, index: u64) -> Self {
        Self(Self(seed ^ index.wrapping_mul(0xD6E8_FEB8_6659_FD93)).next())
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 where that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// A number from `first` to `last`, both included.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last + 1 - first)
    }

    /// True in `share` of 1,000 cases.
    pub(crate) fn in_thousand(&mut self, share: usize) -> bool {
        self.below(1000) < share
    }

    /// One of these.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// Some of these, in another order, no two alike.
    pub(crate) fn some<'a, T: ?Sized>(&mut self, of: &[&'a T], count: usize) -> Vec<&'a T> {
        let mut left = of.to_vec();
        (0..count.min(of.len())).map(|_| left.swap_remove(self.below(left.len()))).collect()
    }
}
