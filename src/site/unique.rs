//! Values that must be unique among the pages of a content type, but occur on two.

use crate::site::Facts;
use crate::site::remark::{Remark, Remarks};
use std::collections::HashMap;

pub(super) fn compare(pages: &[Facts], remarks: &mut Remarks) {
    let mut first: HashMap<(&str, &str, &str), (u32, usize)> = HashMap::new();
    for (index, page) in (0_u32..).zip(pages) {
        for own in page.own() {
            let (other, line) = *first.entry((own.kind, own.field, own.value)).or_insert((index, own.line));
            if other != index {
                remarks.push((
                    index,
                    Remark::Repeated {
                        field: own.field.into(),
                        value: own.value.into(),
                        other: pages[other as usize].path.to_path_buf(),
                        line,
                    },
                ));
            }
        }
    }
}
