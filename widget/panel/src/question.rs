//! The question to the articles: what was typed, or what the page tells of an error.

use podskazka::faq::{Answer, Article, DOUBT};

use crate::{
    act::View,
    answers,
    app::{App, RUSSIAN},
    browser,
    params::Params,
    texts,
};

impl App {
    /// What the articles say to a question; nothing before they are there.
    pub fn answer_to(&self, params: &Params, question: &str) -> Answer {
        let hint = answers::hint(params, self.reads(params));
        self.faq.as_deref().map(|(articles, index)| index.search(articles, question, &hint)).unwrap_or_default()
    }

    pub fn search(&mut self, params: &Params, query: String) {
        self.query = query;
        browser::top();
        if self.faq.is_none() {
            return;
        }
        self.answer = self.answer_to(params, &self.query);
        self.tell();
    }

    /// Announces what was found; while somebody is typing, nothing.
    pub fn tell(&mut self) {
        self.said = match self.answer.hits.len() {
            _ if browser::typing() || self.faq.is_none() || self.query.trim().is_empty() => String::new(),
            0 => texts::found_none().to_owned(),
            _ if self.answer.confidence < DOUBT => texts::doubtful().to_owned(),
            count => [texts::found_count(), &count.to_string()].concat(),
        };
    }

    /// An error that has no article: the search is asked about its field, or by the portal's code. Another error's article would mislead.
    pub fn ask(&mut self, params: &Params) {
        if self.view != View::Home || self.articles().is_empty() || self.best(params).is_some() {
            return;
        }
        let code = params.code.as_deref().and_then(|it| it.strip_prefix("site."));
        let label = params.text.as_ref().map(|text| answers::asked(params).map_or(text, |it| &it.label).as_str());
        if let Some(query) = label.or(code).map(str::to_owned) {
            self.search(params, query);
            self.asked = true;
        }
    }

    /// The article for the error that the panel was opened from.
    pub fn best(&self, params: &Params) -> Option<String> {
        answers::for_code(self.articles(), params, self.reads(params)).map(|it| it.id.clone())
    }

    /// The language of the articles for who hears the one that is spoken, or will be once its words are there.
    pub fn reads(&self, params: &Params) -> &str {
        let spoken = [&self.lang, &self.settings.lang, &params.lang].into_iter().find(|it| !it.is_empty());
        self.articles().iter().map(|it| &it.lang).find(|it| Some(*it) == spoken).map_or(RUSSIAN, |it| it)
    }

    /// Code of a letter that begins with a question without a good answer; empty otherwise.
    pub fn unanswered(&self) -> &'static str {
        if self.query.trim().is_empty() || self.faq.is_none() {
            ""
        } else if self.answer.hits.is_empty() {
            "question.nothing"
        } else if self.answer.confidence < DOUBT {
            "question.doubtful"
        } else {
            ""
        }
    }

    /// What the letter offers while it is typed: places and titles of at most three articles, none in doubt.
    pub fn offers(&self, text: &str) -> Vec<&Article> {
        let answer = self.answer_to(&self.params, text);
        if answer.confidence < DOUBT {
            return Vec::new();
        }
        answer.hits.iter().take(3).filter_map(|hit| self.articles().get(hit.index)).collect()
    }
}
