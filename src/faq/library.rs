//! The article file of any size: all articles in one file, or above [`LARGE`] a catalogue beside chunks.
//!
//! A catalogue holds what the search and the lists need: titles, what each article is about, and the words of all texts as
//! numbers, so that the page neither loads the texts nor takes them apart. The texts lie in chunks of [`EACH`] articles, article
//! files of their own, of which a page loads those it shows. `docs/guides/faq-format.md`.

use super::article::Article;
use super::build::Builder;
use super::pack::{Pack, PackError, Reader, Writer, stated};

const MAGIC: &[u8] = b"PDKC";

/// Grows with every change that an older reader cannot read; the alphabet of the words is part of it.
const VERSION: u8 = 1;

/// Articles from which on a set is written as a catalogue. At 0 a small site makes fifty requests for what is one; at
/// 100,000 every page loads and takes apart megabytes before the first answer.
pub const LARGE: usize = 1_000;

/// Articles of a chunk. At 1 a list of ten answers is ten requests; at 1,000 one answer loads a thousand articles.
pub const EACH: usize = 16;

/// What an article file of either kind holds.
#[derive(Default)]
pub struct Library {
    /// Text of the lexicon.
    pub lexicon: String,
    /// The articles; of a catalogue without texts, phrasings and keywords.
    pub articles: Vec<Article>,
    /// Names of the files with the texts, beside the catalogue: [`EACH`] articles each, in the order of `articles`. Empty
    /// where the articles are whole.
    pub chunks: Vec<String>,
    runs: Runs,
}

/// The texts of a catalogue, as the index reads them.
#[derive(Default)]
pub(super) struct Runs {
    /// Different words in the order of their coming, each with a zero behind it, in the alphabet of `letters.rs`.
    pub words: Vec<u8>,
    /// For each article the number of its runs, for each run the number of its words × 8 + its field, then the words.
    pub numbers: Vec<u8>,
}

impl Library {
    /// Read an article file or a catalogue.
    pub fn read(file: &[u8]) -> Result<Self, PackError> {
        if !file.starts_with(MAGIC) {
            let Pack { lexicon, articles } = Pack::read(file)?;
            return Ok(Self { lexicon, articles, ..Self::default() });
        }
        let mut reader = Reader::open(file, MAGIC, VERSION)?;
        reader.library().ok_or(PackError::Damaged)
    }

    /// Whether the bytes are a catalogue.
    pub fn is_catalogue(file: &[u8]) -> bool {
        file.starts_with(MAGIC)
    }

    /// Starts the index; once, since the words of a catalogue are used up.
    pub fn builder(&mut self) -> Builder {
        if self.chunks.is_empty() {
            Builder::new(&self.lexicon)
        } else {
            Builder::of(&self.lexicon, std::mem::take(&mut self.runs))
        }
    }

    /// The chunk with the text of the article at this place.
    pub fn chunk(place: usize) -> usize {
        place / EACH
    }

    /// Puts the texts of a chunk into the articles; false where it is not that chunk's file.
    pub fn fill(articles: &mut [Article], chunk: usize, texts: Vec<Article>) -> bool {
        let here = articles.get_mut(chunk * EACH..).unwrap_or_default().iter_mut().take(EACH);
        if here.len() != texts.len() || here.zip(&texts).any(|(own, text)| own.id != text.id) {
            return false;
        }
        let here = articles.get_mut(chunk * EACH..).unwrap_or_default();
        here.iter_mut().zip(texts).for_each(|(own, text)| own.blocks = text.blocks);
        true
    }

    /// A catalogue of the articles and its chunks by name; `name` begins each of them. The same articles give the same
    /// bytes. A chunk's name ends with its checksum, so it may be kept for ever.
    pub fn catalogue(pack: &Pack, name: &str) -> (Vec<u8>, Vec<(String, Vec<u8>)>) {
        let chunks: Vec<(String, Vec<u8>)> = pack
            .articles
            .chunks(EACH)
            .zip(0..)
            .map(|(articles, number)| {
                let file = Pack { lexicon: String::new(), articles: articles.to_vec() }.write();
                (chunk_name(name, number, stated(&file)), file)
            })
            .collect();
        let names: Vec<String> = chunks.iter().map(|it| it.0.clone()).collect();
        let runs = Builder::runs(&pack.articles, &pack.lexicon);
        let mut out = Writer(Vec::new());
        out.text(&pack.lexicon);
        out.texts(&names);
        let head =
            |it: &Article| Article { asked_as: Vec::new(), keywords: Vec::new(), blocks: Vec::new(), ..it.clone() };
        let heads: Vec<Article> = pack.articles.iter().map(head).collect();
        out.list(&heads, Writer::article);
        out.number(runs.words.len() as u32);
        out.0.extend(&runs.words);
        out.0.extend(&runs.numbers);
        (out.file(MAGIC, VERSION), chunks)
    }
}

impl Reader<'_> {
    fn library(&mut self) -> Option<Library> {
        let lexicon = self.text()?;
        let chunks = self.texts()?;
        let articles = self.list(Self::article)?;
        let length = self.number()? as usize;
        let (words, numbers) = self.0.split_at_checked(length)?;
        let runs = Runs { words: words.to_vec(), numbers: numbers.to_vec() };
        let fits = runs.words.is_ascii() && chunks.len() == articles.len().div_ceil(EACH);
        fits.then_some(Library { lexicon, articles, chunks, runs })
    }
}

fn chunk_name(name: &str, number: u32, sum: u32) -> String {
    let hex = (0..8).rev().filter_map(|at| char::from_digit(sum >> (4 * at) & 15, 16));
    [name, "-", &number.to_string(), "-", &hex.collect::<String>(), ".pdk"].concat()
}

/// Whether the name of a chunk is that of these bytes: then it never changes.
pub fn is_named_by_content(name: &str, file: &[u8]) -> bool {
    let own = chunk_name("", 0, stated(file));
    own.get(2..).is_some_and(|end| name.len() > end.len() && name.ends_with(end))
}
