//! Which articles answer the question of the person.

use podskazka::faq::{Article, Block, Hint};

use crate::params::Params;

/// Kind of the field the panel was opened from.
fn kind(params: &Params) -> Option<&str> {
    let field = params.field.as_deref()?;
    params.snapshot.fields.iter().find(|it| it.name == field).map(|it| it.kind.as_str())
}

/// Where the person is, for the search.
pub fn hint(params: &Params) -> Hint<'_> {
    Hint { kind: kind(params), code: params.code.as_deref(), form: params.form.as_deref() }
}

/// Articles that fit the page: the code of an error, the field, a field with an error, any field of the form.
pub fn near<'a>(articles: &'a [Article], params: &Params) -> Vec<&'a Article> {
    let fields = &params.snapshot.fields;
    let has = |list: &[String], it: &str| list.iter().any(|own| own == it);
    let code = params.code.as_deref().unwrap_or_default();
    let own = kind(params).unwrap_or_default();
    let form = params.form.as_deref().unwrap_or(&params.snapshot.form);
    let fits = |article: &Article| -> u8 {
        if has(&article.codes, code)
            || fields.iter().any(|it| it.code.as_ref().is_some_and(|code| has(&article.codes, code)))
        {
            4
        } else if has(&article.kinds, own) {
            3
        } else if fields.iter().any(|it| it.code.is_some() && has(&article.kinds, &it.kind)) {
            2
        } else {
            u8::from(has(&article.services, form) || fields.iter().any(|it| has(&article.kinds, &it.kind)))
        }
    };
    (1..=4).rev().flat_map(|rank| articles.iter().filter(move |it| fits(it) == rank)).take(4).collect()
}

/// The article for the code of the error; failing that, one for the kind of the field.
pub fn for_code<'a>(articles: &'a [Article], params: &Params) -> Option<&'a Article> {
    let code = params.code.as_deref()?;
    let kind = kind(params).or_else(|| code.split('.').next()).unwrap_or_default();
    let has = |list: &[String], it: &str| list.iter().any(|own| own == it);
    let exact = articles.iter().find(|it| has(&it.codes, code));
    exact.or_else(|| articles.iter().find(|it| has(&it.kinds, kind)))
}

/// Name and label of the field on the page that the article is about.
pub fn field<'a>(article: &Article, params: &'a Params) -> Option<(&'a str, &'a str)> {
    let about = |kind: &str| article.kinds.iter().any(|own| own == kind);
    let fields = &params.snapshot.fields;
    let asked = fields.iter().find(|it| params.field.as_ref() == Some(&it.name) && about(&it.kind));
    let it = asked.or_else(|| fields.iter().find(|it| about(&it.kind)))?;
    Some((&it.name, if it.label.is_empty() { &it.name } else { &it.label }))
}

/// The first words of an article, for its card.
pub fn opening(article: &Article) -> String {
    const MOST: usize = 110;
    let text = article.blocks.iter().filter(|it| !matches!(it, Block::Heading { .. })).flat_map(Block::lines).next();
    let text = text.unwrap_or_default();
    let Some((at, _)) = text.char_indices().nth(MOST) else { return text };
    let head = text.get(..at).unwrap_or_default();
    let whole = head.rsplit_once(' ').map_or(head, |(front, _)| front);
    [whole.trim_end_matches([',', ';', ':', '.', ' ', '—']), "…"].concat()
}
