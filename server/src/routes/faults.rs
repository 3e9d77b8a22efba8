//! Faults that several handlers find.

use podskazka::ticket::check_words;
use podskazka::wire::ProblemItem;

use crate::error::ApiError;
use crate::routing::is_department;

/// Refuses where there are faults.
pub fn fine(faults: Vec<ProblemItem>) -> Result<(), ApiError> {
    if faults.is_empty() { Ok(()) } else { Err(ApiError::Invalid(faults)) }
}

/// One fault.
pub fn fault(pointer: &str, code: &str, message: &str) -> ProblemItem {
    ProblemItem { pointer: pointer.to_owned(), code: code.to_owned(), message: message.to_owned() }
}

/// Faults of a reason that must be given.
pub fn reasoned(reason: &str) -> Vec<ProblemItem> {
    let mut faults = check_words(Some(reason), true);
    faults.iter_mut().for_each(|fault| fault.pointer = "/reason".to_owned());
    faults
}

/// The fault of a department's code.
pub fn department(code: Option<&str>) -> Option<ProblemItem> {
    let wrong = code.is_some_and(|code| !is_department(code));
    wrong.then(|| fault("/department", "format", "Код отдела: от 1 до 100 знаков без запятых, например passport."))
}
