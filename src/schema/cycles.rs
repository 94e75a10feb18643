//! Rejects a schema that refers to itself without ever descending into a value, or through too many references.

use crate::schema::keyword::{Keyword, Node, NodeId};
use crate::schema::types::SchemaError;

/// The maximum number of schemas on a path that apply to the same value.
const MAX_REF_CHAIN: usize = 100;

/// Follows the schemas that apply to the same value.
pub(crate) fn reject_cycles(nodes: &[Node]) -> Result<(), SchemaError> {
    let next: Vec<Vec<NodeId>> =
        nodes.iter().map(|node| node.keywords.iter().flat_map(Keyword::in_place_schemas).collect()).collect();
    // The longest path from each node; none if not known yet.
    let mut ways: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut open = vec![false; nodes.len()];
    for start in 0..nodes.len() {
        let mut path: Vec<(NodeId, usize)> = Vec::new();
        if ways[start].is_none() {
            path.push((start, 0));
            open[start] = true;
        }
        while let Some((id, index)) = path.last_mut() {
            let id = *id;
            if let Some(&child) = next[id].get(*index) {
                *index += 1;
                if open[child] {
                    return Err(SchemaError {
                        message: format!("`{}` refers to itself in an endless loop", nodes[child].at),
                        help: Some("put a recursive `$ref` under `properties` or `items`".into()),
                    });
                }
                if ways[child].is_none() {
                    open[child] = true;
                    path.push((child, 0));
                }
                continue;
            }
            let way = 1 + next[id].iter().filter_map(|child| ways[*child]).max().unwrap_or(0);
            if way > MAX_REF_CHAIN {
                return Err(SchemaError::new(format!(
                    "`{}` follows more than {MAX_REF_CHAIN} references",
                    nodes[id].at
                )));
            }
            ways[id] = Some(way);
            open[id] = false;
            path.pop();
        }
    }
    Ok(())
}
