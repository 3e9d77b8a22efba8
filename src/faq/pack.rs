//! The article file: all articles and the lexicon in one compact file of bytes, `docs/guides/faq-format.md`.
//!
//! It is written natively and read in the page. No index is in it: up to a thousand articles the page builds one from the
//! articles faster than it would load one. Larger sets have a catalogue: [`super::Library`].

use super::article::{Article, Block, Inline, Section};

const MAGIC: &[u8] = b"PDKF";

/// Grows with every change that an older reader cannot read.
const VERSION: u8 = 2;

/// Bytes before the body: the start, the version, the checksum.
const HEAD: usize = 9;

/// A list in the file is at most this long: a damaged length must not ask for all the memory.
const MOST: u32 = 1 << 20;

/// What an article file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pack {
    /// Text of the lexicon, for [`super::Builder::new`].
    pub lexicon: String,
    pub articles: Vec<Article>,
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    /// It does not start with `PDKF`: another file was given.
    NotAPack,
    /// Written by a newer version, which is named: update the reader.
    Version(u8),
    /// The checksum differs, or the file is cut: load it again.
    Damaged,
}

impl std::fmt::Display for PackError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAPack => {
                f.write_str("not an article file: it has to start with PDKF; build one with `podskazka faq build`")
            }
            Self::Version(version) => {
                write!(f, "an article file of version {version}, which this reader does not know: update it")
            }
            Self::Damaged => f.write_str("the article file is damaged or cut; load or build it again"),
        }
    }
}

impl std::error::Error for PackError {}

impl Pack {
    /// The bytes of the file; the same pack always gives the same bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer(Vec::new());
        out.text(&self.lexicon);
        out.list(&self.articles, Writer::article);
        out.file(MAGIC, VERSION)
    }

    /// Read a file.
    pub fn read(file: &[u8]) -> Result<Self, PackError> {
        let mut reader = Reader::open(file, MAGIC, VERSION)?;
        let pack = reader.pack().ok_or(PackError::Damaged)?;
        if reader.0.is_empty() { Ok(pack) } else { Err(PackError::Damaged) }
    }
}

/// The checksum that a file states of itself; 0 where it is cut.
pub(super) fn stated(file: &[u8]) -> u32 {
    file.get(HEAD - 4..HEAD).and_then(|sum| sum.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// CRC-32 of IEEE 802.3.
pub fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

pub(super) struct Writer(pub Vec<u8>);

impl Writer {
    /// The file with what was written as its body.
    pub fn file(self, magic: &[u8], version: u8) -> Vec<u8> {
        let body = self.0;
        let mut file = magic.to_vec();
        file.push(version);
        file.extend(crc32(&body).to_le_bytes());
        file.extend(body);
        file
    }

    /// Seven bits a byte, the low ones first, the high bit set on all but the last.
    pub fn number(&mut self, mut n: u32) {
        while n > 0x7f {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    /// The text and a zero byte: lengths between the texts would cost a tenth of the compressed file. A zero in the text
    /// itself means nothing to a reader and is left out.
    pub fn text(&mut self, text: &str) {
        self.0.extend(text.bytes().filter(|b| *b != 0));
        self.0.push(0);
    }

    pub fn list<T>(&mut self, list: &[T], item: fn(&mut Self, &T)) {
        self.number(list.len() as u32);
        list.iter().for_each(|it| item(self, it));
    }

    pub fn texts(&mut self, list: &[String]) {
        self.list(list, |out, text| out.text(text));
    }

    pub fn article(&mut self, article: &Article) {
        self.text(&article.id);
        self.text(&article.title);
        self.0.push(article.section as u8);
        for list in [&article.asked_as, &article.keywords, &article.kinds, &article.codes, &article.services] {
            self.texts(list);
        }
        for text in [&article.lang, &article.updated, &article.reviewed_by, &article.source] {
            self.text(text);
        }
        self.0.push(article.popular);
        self.list(&article.blocks, Self::block);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { text } => {
                self.0.push(0);
                self.text(text);
            }
            Block::Paragraph { spans } => {
                self.0.push(1);
                self.list(spans, Self::span);
            }
            Block::List { ordered, items } => {
                self.0.push(2 + u8::from(*ordered));
                self.list(items, |out, spans| out.list(spans, Self::span));
            }
            Block::Picture { src, alt } => {
                self.0.push(4);
                self.text(src);
                self.text(alt);
            }
            Block::Video { poster, title, href } => {
                self.0.push(5);
                for text in [poster, title, href] {
                    self.text(text);
                }
            }
        }
    }

    fn span(&mut self, span: &Inline) {
        match span {
            Inline::Text(text) => {
                self.0.push(0);
                self.text(text);
            }
            Inline::Strong(text) => {
                self.0.push(1);
                self.text(text);
            }
            Inline::Link { text, href } => {
                self.0.push(2);
                self.text(text);
                self.text(href);
            }
        }
    }
}

/// What is left to read; `None` where it is not what it should be.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The body of a file, once its start, version and checksum are looked at.
    pub fn open(file: &'a [u8], magic: &[u8], known: u8) -> Result<Self, PackError> {
        let rest = file.strip_prefix(magic).ok_or(PackError::NotAPack)?;
        let (version, rest) = rest.split_first().ok_or(PackError::Damaged)?;
        if *version != known {
            return Err(PackError::Version(*version));
        }
        let (sum, body) = rest.split_first_chunk().ok_or(PackError::Damaged)?;
        if u32::from_le_bytes(*sum) != crc32(body) {
            return Err(PackError::Damaged);
        }
        Ok(Self(body))
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    pub fn number(&mut self) -> Option<u32> {
        let mut n = 0_u32;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            n |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    pub fn text(&mut self) -> Option<String> {
        let end = self.0.iter().position(|b| *b == 0)?;
        let (text, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.get(1..)?;
        std::str::from_utf8(text).ok().map(String::from)
    }

    pub fn list<T>(&mut self, item: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let n = self.number().filter(|n| *n <= MOST)?;
        let mut list = Vec::new();
        for _ in 0..n {
            list.push(item(self)?);
        }
        Some(list)
    }

    pub fn texts(&mut self) -> Option<Vec<String>> {
        self.list(Self::text)
    }

    fn pack(&mut self) -> Option<Pack> {
        Some(Pack { lexicon: self.text()?, articles: self.list(Self::article)? })
    }

    pub fn article(&mut self) -> Option<Article> {
        // The fields are read in the order they are written.
        Some(Article {
            id: self.text()?,
            title: self.text()?,
            section: Section::ALL.get(usize::from(self.byte()?)).copied()?,
            asked_as: self.texts()?,
            keywords: self.texts()?,
            kinds: self.texts()?,
            codes: self.texts()?,
            services: self.texts()?,
            lang: self.text()?,
            updated: self.text()?,
            reviewed_by: self.text()?,
            source: self.text()?,
            popular: self.byte()?,
            blocks: self.list(Self::block)?,
        })
    }

    fn block(&mut self) -> Option<Block> {
        Some(match self.byte()? {
            0 => Block::Heading { text: self.text()? },
            1 => Block::Paragraph { spans: self.list(Self::span)? },
            kind @ 2..=3 => Block::List { ordered: kind == 3, items: self.list(|it| it.list(Self::span))? },
            4 => Block::Picture { src: self.text()?, alt: self.text()? },
            5 => Block::Video { poster: self.text()?, title: self.text()?, href: self.text()? },
            _ => return None,
        })
    }

    fn span(&mut self) -> Option<Inline> {
        Some(match self.byte()? {
            0 => Inline::Text(self.text()?),
            1 => Inline::Strong(self.text()?),
            2 => Inline::Link { text: self.text()?, href: self.text()? },
            _ => return None,
        })
    }
}
