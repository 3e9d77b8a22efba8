//! Код из СМС: one-time code from a text message.
//!
//! 4 to 8 digits. Never stored, never sent anywhere but in the form itself.
//!
//! # Sources
//! None: the length is the sender's choice; a form's schema may narrow it.

use super::engine::{Number, Rule, Spec};

identifier!(
    /// A code of a usual length.
    SmsCode, SmsCode, main
);

pub(super) static SPEC: Spec = Spec {
    name: "sms_code",
    labels: "подтвержден смс sms",
    rule: Rule::Number(Number::any("9999|99999|999999|9999999|99999999")),
};
