//! Consent to the processing of personal data: the texts of a site, and whether a ticket names one of them.

use podskazka::wire::page::ConsentText;
use podskazka::wire::{Consent, ProblemItem};
use serde::{Deserialize, Serialize};

use crate::secret;

/// A text of a site. The last one is shown; a letter that waited for the network may still name an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Such as `2026-09`.
    pub version: String,
    pub text: String,
}

impl Text {
    /// As pages show it.
    pub fn shown(&self) -> ConsentText {
        let sha256 = secret::hex(&secret::sha256(&[self.text.as_bytes()]));
        ConsentText { version: self.version.clone(), text: self.text.clone(), sha256 }
    }
}

/// What is missing of a ticket's consent, if the site asks for one.
pub fn fault(texts: &[Text], given: Option<&Consent>) -> Option<ProblemItem> {
    let problem = |code: &str, message: &str| {
        let (pointer, code, message) = ("/consent".to_owned(), code.to_owned(), message.to_owned());
        Some(ProblemItem { pointer, code, message })
    };
    let known = |given: &Consent| {
        let shown = texts.iter().map(Text::shown);
        shown.into_iter().any(|text| text.version == given.version && text.sha256 == given.sha256)
    };
    match given {
        None if texts.is_empty() => None,
        None => problem("consent-required", "Отметьте согласие на обработку персональных данных."),
        Some(given) if known(given) => None,
        Some(_) => problem("consent-changed", "Текст согласия изменился. Прочитайте его и отметьте согласие ещё раз."),
    }
}

/// What keeps the texts of a site from working.
pub fn check(texts: &[Text]) -> Result<(), &'static str> {
    let versions: std::collections::HashSet<_> = texts.iter().map(|it| it.version.trim()).collect();
    if texts.iter().any(|it| it.version.trim().is_empty() || it.text.trim().is_empty()) {
        Err("consent needs a version and a text")
    } else if versions.len() < texts.len() {
        Err("consent has two texts of one version; give the changed text a version of its own")
    } else {
        Ok(())
    }
}
