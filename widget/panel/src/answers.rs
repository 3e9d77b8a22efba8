//! Which articles answer the question of the person.

use podskazka::faq::{Article, Hint, search};

use crate::params::Params;

/// Kind of the field the panel was opened from.
fn kind(params: &Params) -> Option<&str> {
    let field = params.field.as_deref()?;
    params.snapshot.fields.iter().find(|it| it.name == field).map(|it| it.kind.as_str())
}

/// Articles in the order of their fitness.
pub fn find<'a>(articles: &'a [Article], query: &str, params: &Params) -> Vec<&'a Article> {
    let hint = Hint { kind: kind(params), code: params.code.as_deref(), form: params.form.as_deref() };
    search(articles, query, &hint).iter().filter_map(|hit| articles.get(hit.index)).collect()
}

/// The article for the code of the error; failing that, one for the kind of the field.
pub fn for_code<'a>(articles: &'a [Article], params: &Params) -> Option<&'a Article> {
    let code = params.code.as_deref()?;
    let kind = kind(params).or_else(|| code.split('.').next()).unwrap_or_default();
    let fits = |it: &&Article| it.codes.iter().any(|own| own == code) || it.kinds.iter().any(|own| own == kind);
    let ranked = find(articles, "", params);
    let exact = ranked.iter().find(|it| it.codes.iter().any(|own| own == code)).copied();
    exact.or_else(|| ranked.into_iter().find(fits)).or_else(|| articles.iter().find(fits))
}
