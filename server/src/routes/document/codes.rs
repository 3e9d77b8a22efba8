//! Which problems each operation answers: every one of `error.rs`, judged by what the operation takes and by the statuses
//! that its route names.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::schema::{AllOfBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};

use crate::error::ApiError;

/// A problem of these codes alone, by its name in the document: the many answers with the same codes share it.
pub type Shapes = BTreeMap<String, Schema>;

/// Adds the answers of an operation that are problems, with their codes. An answer to HEAD has no body to read a code from.
pub fn add(operation: &mut Operation, head: bool, shapes: &mut Shapes) {
    let traits = Traits::of(operation);
    let mut answers: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for error in ApiError::every().iter().filter(|it| traits.gives(it)) {
        let (status, code, _) = error.facts();
        let codes = answers.entry(status.as_u16()).or_default();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let responses = &mut operation.responses.responses;
    for (status, codes) in answers {
        let mut response = ResponseBuilder::new();
        if !head {
            let name = format!("Problem.{}", codes.join("."));
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(&name))).build();
            shapes.entry(name).or_insert_with(|| shape(&codes));
            response = response.content("application/problem+json", content);
        }
        responses.insert(status.to_string(), RefOr::T(response.build()));
    }
    // Before a route hears of it, and without a body.
    let broken = ResponseBuilder::new().description("The request is no lawful HTTP").build();
    responses.entry("400".to_owned()).or_insert(RefOr::T(broken));
}

fn shape(codes: &[&str]) -> Schema {
    let code = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes.iter().copied()));
    let narrowed = ObjectBuilder::new().property("code", code);
    AllOfBuilder::new().item(Ref::from_schema_name("Problem")).item(narrowed).build().into()
}

/// What an operation takes and names.
struct Traits {
    desk: bool,
    /// The portal's word may open it.
    identity: bool,
    query: bool,
    numbered: bool,
    json: bool,
    file: bool,
    headers: Vec<String>,
    named: Vec<String>,
}

impl Traits {
    fn of(operation: &Operation) -> Traits {
        let within = |place: ParameterIn| {
            let named = |it: &RefOr<Parameter>| match it {
                RefOr::T(it) if it.parameter_in == place => Some(it.name.clone()),
                _ => None,
            };
            operation.parameters.iter().flatten().filter_map(named).collect::<Vec<_>>()
        };
        let media = |kind: &str| match &operation.request_body {
            Some(RefOr::T(body)) => body.content.contains_key(kind),
            _ => false,
        };
        let security = serde_json::to_value(&operation.security).unwrap_or_default();
        let opens = |name: &str| security.as_array().into_iter().flatten().any(|it: &Value| it.get(name).is_some());
        Traits {
            desk: operation.tags.iter().flatten().any(|tag| tag == "desk"),
            identity: opens("ticket") || opens("identity"),
            query: !within(ParameterIn::Query).is_empty(),
            numbered: within(ParameterIn::Path).iter().any(|it| it == "number"),
            json: media("application/json"),
            file: media("application/octet-stream"),
            headers: within(ParameterIn::Header),
            named: operation.responses.responses.keys().cloned().collect(),
        }
    }

    fn gives(&self, error: &ApiError) -> bool {
        let (status, ..) = error.facts();
        let named = self.named.iter().any(|it| it == status.as_str());
        let takes = |name: &str| self.headers.iter().any(|it| it == name);
        match error {
            ApiError::Malformed(_) => self.json || self.query,
            ApiError::UnknownField(_) => self.json,
            ApiError::Invalid(_) => self.json && named,
            ApiError::KeyRequired => takes("Idempotency-Key"),
            ApiError::KeyMismatch => takes("Idempotency-Key") && named,
            ApiError::NotFound | ApiError::Erased | ApiError::Changed(_) | ApiError::FileMissing(_) => named,
            // No operation, but another method at its address.
            ApiError::MethodNotAllowed => false,
            ApiError::TooLarge | ApiError::Packed => self.json || self.file,
            ApiError::UnsupportedMedia => self.file,
            ApiError::WrongOffset(_) => takes("Upload-Offset"),
            ApiError::FileRejected | ApiError::FileLocked => self.file && named,
            ApiError::Checking => !self.json && !self.file && named,
            ApiError::ProofRequired | ApiError::ProofInvalid | ApiError::ProofUsed => takes("X-Altcha"),
            ApiError::Unidentified => self.identity,
            ApiError::Unauthorized | ApiError::Forbidden(_) => self.desk,
            ApiError::UnknownSite | ApiError::ForeignOrigin => !self.desk,
            ApiError::Refused(_) => self.numbered && self.json && named,
            ApiError::TooOften(_)
            | ApiError::Overloaded
            | ApiError::Incomplete
            | ApiError::Storage(_)
            | ApiError::Internal => true,
        }
    }
}
