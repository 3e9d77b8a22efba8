//! Which articles answer the question of the person.

use podskazka::faq::{Article, Block, Hint, cut};
use podskazka::wire::FieldState;

use crate::params::Params;

/// Articles for the page that the first view shows: what a phone shows without much scrolling.
const NEAR: usize = 4;

/// The field that the panel was opened from.
pub fn asked(params: &Params) -> Option<&FieldState> {
    params.snapshot.fields.iter().find(|it| params.field.as_ref() == Some(&it.name))
}

/// Its kind.
fn kind(params: &Params) -> Option<&str> {
    asked(params).map(|it| it.kind.as_str())
}

/// Where the person is and what they speak, for the search.
pub fn hint<'a>(params: &'a Params, lang: &'a str) -> Hint<'a> {
    Hint {
        kind: kind(params),
        code: params.code.as_deref(),
        mended: params.mended.as_deref(),
        form: params.form.as_deref(),
        lang: Some(lang),
    }
}

/// Articles that fit the page: those for the code, for the field, for an error or two of the form, for the one that was mended last,
/// for the form itself; then one for each field in the order of the form. At most [`NEAR`]; those in another language than the person's only where there is no
/// other.
pub fn near<'a>(articles: &'a [Article], params: &Params, lang: &str) -> Vec<&'a Article> {
    let fields = &params.snapshot.fields;
    let form = params.form.as_deref().unwrap_or(&params.snapshot.form);
    let mut out: Vec<&Article> = Vec::new();
    let mut add = |most: usize, list: fn(&Article) -> &[String], wanted: &str| {
        let fits = |own: bool| {
            let spoken = articles.iter().filter(move |it| (it.lang == lang) == own);
            spoken.filter(move |it| list(it).iter().any(|own| own == wanted))
        };
        let foreign = fits(true).next().is_none();
        for article in fits(!foreign).take(most) {
            if out.len() < NEAR && out.iter().all(|it| it.id != article.id) {
                out.push(article);
            }
        }
    };
    let codes: fn(&Article) -> &[String] = |it| &it.codes;
    let kinds: fn(&Article) -> &[String] = |it| &it.kinds;
    add(NEAR, codes, params.code.as_deref().unwrap_or_default());
    add(NEAR, kinds, kind(params).unwrap_or_default());
    for code in fields.iter().filter_map(|it| it.code.as_deref()).take(NEAR / 2) {
        add(1, codes, code);
    }
    add(1, codes, params.mended.as_deref().unwrap_or_default());
    add(NEAR, |it| &it.services, form);
    for field in fields {
        add(1, kinds, &field.kind);
    }
    out
}

/// The article for the code of the error, in the person's language where there is one. One for the kind of the field may be
/// about another error.
pub fn for_code<'a>(articles: &'a [Article], params: &Params, lang: &str) -> Option<&'a Article> {
    let code = params.code.as_ref()?;
    let mut about = articles.iter().filter(|it| it.codes.contains(code));
    let first = about.next()?;
    Some(if first.lang == lang { first } else { about.find(|it| it.lang == lang).unwrap_or(first) })
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
    cut(&text.unwrap_or_default(), MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_the_error_first_and_each_article_once() {
        let articles = crate::examples::articles();
        let params = Params { snapshot: crate::examples::snapshot(), ..Params::default() };
        let ids: Vec<_> = near(&articles, &params, "ru").iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["inn-checksum"]);
        assert!(near(&articles, &Params::default(), "ru").is_empty(), "nothing fits a page without fields");
    }

    #[test]
    fn a_form_has_its_own_article_before_those_of_its_fields() {
        let mut articles = crate::examples::articles();
        articles.iter_mut().filter(|it| it.id == "registration").for_each(|it| it.services = vec!["refund".into()]);
        let mut snapshot = crate::examples::snapshot();
        snapshot.form = "refund".into();
        snapshot.fields.iter_mut().for_each(|it| it.code = None);
        let params = Params { snapshot, ..Params::default() };
        let ids: Vec<_> = near(&articles, &params, "ru").iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["registration", "inn-checksum"]);
    }

    #[test]
    fn an_error_that_was_mended_still_has_its_article() {
        let articles = crate::examples::articles();
        let params = Params { mended: Some("inn.checksum".into()), ..Params::default() };
        let ids: Vec<_> = near(&articles, &params, "ru").iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["inn-checksum"]);
        assert_eq!(hint(&params, "ru").mended, Some("inn.checksum"));
        assert_eq!(for_code(&articles, &params, "ru"), None, "help does not open on what is done");
    }

    #[test]
    fn an_article_in_another_language_stands_in_where_there_is_none_in_the_own_one() {
        let mut articles = crate::examples::articles();
        let mut english = articles.iter().find(|it| it.id == "inn-checksum").cloned().expect("an example");
        (english.id, english.lang) = ("en-inn".into(), "en".into());
        articles.insert(0, english);
        let params = Params { snapshot: crate::examples::snapshot(), ..Params::default() };
        let ids = |lang| near(&articles, &params, lang).iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids("ru"), ["inn-checksum"]);
        assert_eq!(ids("en"), ["en-inn"]);
        assert_eq!(ids("tt"), ["en-inn"], "neither is the own one: the first that fits");
        let why = Params { code: Some("inn.checksum".into()), ..Params::default() };
        let id = |lang| for_code(&articles, &why, lang).map(|it| it.id.as_str());
        assert_eq!([id("ru"), id("en"), id("tt")], [Some("inn-checksum"), Some("en-inn"), Some("en-inn")]);
    }

    #[test]
    fn a_code_names_its_article() {
        let articles = crate::examples::articles();
        let with = |code: &str| Params { code: Some(code.into()), ..Params::default() };
        assert_eq!(for_code(&articles, &with("inn.checksum"), "ru").map(|it| it.id.as_str()), Some("inn-checksum"));
        for code in ["site.E1", "form.required", "inn.length"] {
            let params = Params { snapshot: crate::examples::snapshot(), field: Some("inn".into()), ..with(code) };
            assert_eq!(
                for_code(&articles, &params, "ru").map(|it| it.id.as_str()),
                None,
                "{code}: no article is better"
            );
        }
        let params = Params { snapshot: crate::examples::snapshot(), ..Params::default() };
        assert_eq!(field(&articles[0], &params), Some(("inn", "ИНН")));
    }
}
