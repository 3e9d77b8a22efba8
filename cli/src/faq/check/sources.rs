//! Where articles send a citizen who wants the official text: an address that opens on the front page of a site helps little.

use super::Page;

/// Files of articles, in their order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Without a `source`.
    pub none: Vec<String>,
    /// Whose `source` is the front page of a site or of its help.
    pub front: Vec<String>,
}

impl Sources {
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut found = Self::default();
        for page in pages {
            let source = &page.article.source;
            if source.is_empty() {
                found.none.push(page.file.clone());
            } else if front(source) {
                found.front.push(page.file.clone());
            }
        }
        found
    }
}

fn front(source: &str) -> bool {
    let path = source.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    matches!(path.trim_end_matches('/'), "" | "help")
}
