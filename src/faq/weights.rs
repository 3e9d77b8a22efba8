//! The weights of the ranking. They were tuned together on one half of real questions to a government office, a bank and
//! a video portal (`podskazka faq eval --half tune`) and reported on the other half; each stands on a flat top, where a
//! fifth more or less changes nothing.

use super::index::Field;

/// A word of the title counts as this many in the body. At 1 a long article that mentions the word wins over the one
/// named after it; at 20 the body is never read.
const TITLE: f32 = 4.5;

/// A word of a phrasing (`asked_as`). At 0 the questions of people teach nothing; at 5 an article with many phrasings wins
/// whatever is asked.
const ASKED: f32 = 2.0;

/// A word of the keywords. At 0 keywords are ornament; at 10 an editor can raise an article over its betters by a list.
const KEYWORDS: f32 = 2.0;

/// A word of a heading. At 1 it is a word of the body; at the title's weight a long article has many titles.
const HEADING: f32 = 1.5;

/// A word of the body, the measure of the others.
const BODY: f32 = 1.0;

/// How far a field's length thins its words (b of BM25). At 0 the longest article has every word and wins; at 1 a word in a
/// field twice as long counts half, and one-line articles win.
pub(super) const LENGTH: f32 = 0.8;

/// How soon repeated words stop to count (k1 of BM25). At 0 a word is there or not; at 10 an article that repeats one word
/// wins over one that has them all.
pub(super) const SATURATION: f32 = 2.6;

/// How far a missing word of the question lowers an article, by the fourth root of the share that is there. At 0 one rare
/// word suffices; at 1 an article with a sixteenth of the question is halved.
pub(super) const COVERAGE: f32 = 0.85;

/// Bonus for a title that the question wholly holds. At 0 «Как удалить видео?» loses to a longer title with more of the
/// words; at 5 the shortest title wins.
pub(super) const WHOLE_TITLE: f32 = 1.25;

/// Bonus for a phrasing that is the question. At 0 a phrasing is a bag of words; at 3 one past question decides for all
/// that share a word with it.
pub(super) const SAME_QUESTION: f32 = 0.5;

/// What is added to a phrasing that has the words of the question and no others. At 0 the article that somebody has written
/// the question into comes second where another has the words in its title (30 of the 723 phrasings of our articles; 2 at
/// half of it, none at this); the larger it is, the less the page, the field and the error count beside it.
pub(super) const SAME_WORDS: f32 = 4.0;

/// From which nearness two words are the same one. At 0 all are; at 1 another ending makes another word.
pub(super) const SAME_WORD: f32 = 0.9;

/// Bonus for a title or sentence that has all words of the question together. At 0 words from all corners of an article
/// count as a phrase; at 3 the words of the rest of the article count for nothing.
pub(super) const PASSAGE: f32 = 0.5;

/// How much neighbours of the question that are neighbours in the sentence add to it. At 0 order means nothing; at 1 two
/// neighbours are worth three words.
pub(super) const NEIGHBOURS: f32 = 0.3;

/// Share of the letter groups in the final score; the rest is by words. At 0 what no word catches is lost (new compounds,
/// two slips in a word); at 1 «паспорт» is as near to «спорт» as to «паспортный».
pub(super) const LETTERS: f32 = 0.3;

/// A word of the title in the letter groups, as [`TITLE`]: a little less, since letters are less certain than words. At 0 a
/// slip in the title is found by the text alone; at 10 every title with the groups of «регистрация» comes before the answer.
const LETTERS_TITLE: f32 = 3.0;

/// How soon repeated letter groups stop to count, as [`SATURATION`]. At 0 a group counts once however often it
/// stands; at 10 the longest article has the most of every group.
pub(super) const LETTERS_SATURATION: f32 = 1.2;

/// How far the length of a field thins its letter groups, as [`LENGTH`]. At 0 a long text has a bit of every word; at 1 a
/// title of one word wins by being short.
pub(super) const LETTERS_LENGTH: f32 = 0.5;

/// Likeness from which two stems may mean the same. At 0.2 everything is near to everything; at 0.9 only one slip in a
/// long word passes and «восстановить» does not find «восстановление».
pub(super) const NEAR: f32 = 0.4;

/// A stem that starts with the last word of the question, which may still be being typed. At 0 nothing is found until a
/// word is whole; above 1 a longer word wins over the word itself.
pub(super) const UNFINISHED: f32 = 0.95;

/// A stem that starts with a word of the question that is whole («курс», «курсовой»). At 0 compounds and derivations are
/// strangers; at 1 the short word is as good as any that starts with it.
pub(super) const LONGER: f32 = 0.8;

/// A stem that a word of the question starts with («регистрационный», «регистр»), as [`LONGER`].
pub(super) const SHORTER: f32 = 0.75;

/// How much a word tells that nothing in the articles resembles. At 0 «рецепт борща» is covered by any article about a
/// recipe; at 10 one unknown word hides how well the others are met.
pub(super) const STRANGER: f32 = 2.0;

/// A word that the lexicon adds for a phrase («права» → «водительское удостоверение»). At 0 only the words of the citizen
/// count; at 1 a guess weighs as much as what was typed.
pub(super) const SYNONYM: f32 = 0.6;

/// A word that stands for another («поменять» for «изменить»). At 0 they are strangers; at 1 the same word is worth no more
/// than its synonym.
pub(super) const SAME: f32 = 0.75;

/// A word that seldom names the subject («могу», «сделать», «почему»). At 0 «как подать» and «кто может» are the same
/// question; at 1 «Я хочу удалить аккаунт» answers whatever one wants.
pub(super) const WEAK: f32 = 0.5;

/// Prior for an article about the code of the error on the page. At 1 the page tells nothing; at 10 the article about the
/// error answers every question asked beside it.
pub(super) const ABOUT_CODE: f32 = 2.0;

/// Prior for an article about the kind of the field. At 1 «сколько цифр» beside a field tells nothing of the field; at 10 «вернуть
/// деньги» asked beside ИНН is answered by ИНН.
pub(super) const ABOUT_KIND: f32 = 1.5;

/// Prior for an article about the form, the page or the service. At 1 «как заполнить» is answered by any form; at 10 the form's own
/// article answers whatever is asked on its page.
pub(super) const ABOUT_FORM: f32 = 1.2;

/// Prior for an article about the error that was mended last, or about the kind of its field: what it was is often asked after it is
/// gone. At 1 it tells nothing; at 2 what is done answers whatever is asked next.
pub(super) const ABOUT_MENDED: f32 = 1.2;

/// Prior for an article in another language than the person's. At 1 «e-mail» on a Russian page finds the English article beside the
/// Russian one; at 0 a question in English finds nothing there.
pub(super) const FOREIGN: f32 = 0.5;

/// Prior for the article that is read most and helps most. At 0 nobody's reading tells anything; at 1 what everybody asks
/// answers the one who asks something else.
pub(super) const POPULAR: f32 = 0.15;

/// Weight of a field in the count of words.
pub(super) fn field(field: Field) -> f32 {
    match field {
        Field::Title => TITLE,
        Field::Asked => ASKED,
        Field::Keywords => KEYWORDS,
        Field::Heading => HEADING,
        Field::Body => BODY,
    }
}

/// Weight of a field in the count of letter groups.
pub(super) fn letters_field(it: Field) -> f32 {
    if it == Field::Title { LETTERS_TITLE } else { field(it) }
}
