//! What many routes share in the document: errors, keys of repeated requests, bytes, live streams.

mod codes;

use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{OpenApi, RefOr, Required};

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
    let mut shapes = codes::Shapes::new();
    for item in document.paths.paths.values_mut() {
        let heads = [(&mut item.get, false), (&mut item.head, true), (&mut item.patch, false), (&mut item.post, false)];
        for (operation, head) in heads.into_iter().filter_map(|(it, head)| Some((it.as_mut()?, head))) {
            codes::add(operation, head, &mut shapes);
            keys(operation);
            site_key(operation);
        }
    }
    let components = document.components.get_or_insert_default();
    components.schemas.extend(shapes.into_iter().map(|(name, shape)| (name, RefOr::T(shape))));
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

/// What a portal signs for its citizen.
pub fn identity() -> SecurityScheme {
    let text = "JWT of the portal: HS256 under the site's `identity_key`, with `sub` and `exp`";
    SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description("X-Identity", text)))
}
