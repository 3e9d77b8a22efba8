//! What a person tried before they wrote: the part of a ticket's story that neither the form nor the letter tells. No value of a field.

use serde::{Deserialize, Serialize};

/// The last steps on the page of the letter, and how long it took.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// Seconds from the first error on the page to the letter, at most 86 400; absent where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_error: Option<u32>,
    /// Oldest first, at most 20: the last ones.
    #[serde(default)]
    pub steps: Vec<TriedStep>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TriedStep {
    pub did: Did,
    /// Seconds before the letter, at most 86 400; of the last time where there were several.
    pub ago: u32,
    /// How often in a row, 2 to 9 999; absent for once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// Name of the field of a fix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Codes of the errors that it was about, such as `inn.checksum`; at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Id of the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The question, with everything personal covered; at most 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Did {
    /// The form was to be sent, and did not go: it had errors.
    Submit,
    /// The portal did not take the form.
    Refused,
    /// The form was sent in spite of its errors.
    Override,
    /// A proposed fix was taken.
    Fix,
    /// A fix was taken back.
    Undo,
    /// A question to the search.
    Question,
    /// An article was opened.
    Article,
    /// It helped.
    Helped,
    /// It did not help.
    NotHelped,
}
