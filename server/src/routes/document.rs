//! What many routes share in the document: errors, keys of repeated requests, bytes, live streams.

use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Required, ResponseBuilder};

/// An `Idempotency-Key`, as `idempotency_key` reads it.
const KEY: &str = "^[A-Za-z0-9_-]{16,64}$";

/// Bytes of a file, as they are.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "a shape of the document")]
pub struct Octets(Vec<u8>);

/// One event of a live stream.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape of the document")]
pub struct StreamEvent {
    /// `ticket`: a step of the ticket; `reconnect`: the server stops, ask again; `pulse`: the stream gets through.
    event: String,
    /// The step's number, for `Last-Event-ID`.
    id: Option<String>,
    /// JSON; of a `ticket` a `TicketEvent`.
    data: String,
}

/// Adds what no route says for itself.
pub fn complete(document: &mut OpenApi) {
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.head, &mut item.patch, &mut item.post].into_iter().flatten() {
            problems(operation);
            keys(operation);
            site_key(operation);
        }
    }
}

fn keys(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && parameter.name == "Idempotency-Key"
        {
            let key = ObjectBuilder::new().schema_type(Type::String).pattern(Some(KEY)).build();
            parameter.schema = Some(RefOr::T(Schema::Object(key)));
        }
    }
}

/// Every route but the operators' takes the key of a site.
fn site_key(operation: &mut Operation) {
    if operation.tags.iter().flatten().any(|tag| tag == "desk") {
        return;
    }
    let key = ParameterBuilder::new()
        .name("X-Site-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("Key of the site. A server with `[[sites]]` wants it with every POST and PATCH"))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(100))))
        .build();
    operation.parameters.get_or_insert_default().push(RefOr::T(key));
}

/// Errors are `application/problem+json`. A route names its own; those that it shares with its kind are added here: of the
/// limits, of a site's key, of an operator's token, of a body.
fn problems(operation: &mut Operation) {
    let desk = operation.tags.iter().flatten().any(|tag| tag == "desk");
    let own: &[u16] = if desk { &[401, 403, 429, 503] } else { &[403, 429, 503] };
    let body: &[u16] = if operation.request_body.is_some() { &[400, 408, 413, 415] } else { &[] };
    let responses = &mut operation.responses.responses;
    for (status, response) in &mut *responses {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
            && let Some(content) = response.content.swap_remove("application/json")
        {
            response.content.insert("application/problem+json".to_owned(), content);
        }
    }
    for status in own.iter().chain(body) {
        responses.entry(status.to_string()).or_insert_with(problem);
    }
    // Before a route hears of it, and without a body.
    let broken = ResponseBuilder::new().description("The request is no lawful HTTP").build();
    responses.entry("400".to_owned()).or_insert(RefOr::T(broken));
}

fn problem() -> RefOr<utoipa::openapi::Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    RefOr::T(ResponseBuilder::new().content("application/problem+json", content).build())
}

/// What a portal signs for its citizen.
pub fn identity() -> SecurityScheme {
    let text = "JWT of the portal: HS256 under the site's `identity_key`, with `sub` and `exp`";
    SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description("X-Identity", text)))
}
