//! Which articles a page reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Answer to `GET /v1/faq`: where the current articles are. It is small and asked for often; the file it names is kept for
/// ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaqPointer {
    /// Name of the article file under `/v1/faq/`; another one as soon as one byte of it changes.
    #[cfg_attr(feature = "openapi", schema(example = "0a1b2c3d4e5f60718293a4b5c6d7e8f9.pdk"))]
    pub file: String,
    /// How much readers make of an article, by its id, 1 to 100: the search raises it by 15 % at most. At most 200; without
    /// any, what the file says itself holds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub popular: BTreeMap<String, u8>,
    /// Pictures of the articles that are under `/v1/faq/` too; all others come with the widget. At most 500.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<String>,
}
