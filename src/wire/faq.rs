//! Which articles a page reads.

use serde::{Deserialize, Serialize};

/// Answer to `GET /v1/faq`: where the current articles are. It is small and asked for often; the file it names is kept for
/// ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FaqPointer {
    /// Name of the article file under `/v1/faq/`; another one as soon as one byte of it changes.
    #[cfg_attr(feature = "openapi", schema(example = "0a1b2c3d4e5f60718293a4b5c6d7e8f9.pdk"))]
    pub file: String,
    /// Pictures of the articles that are under `/v1/faq/` too; all others come with the widget. At most 500.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<String>,
}
