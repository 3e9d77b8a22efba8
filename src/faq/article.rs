//! The article as it is stored in the article file.

use serde::{Deserialize, Serialize};

/// Part of the help an article belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Registration,
    Applications,
    Payment,
    Technical,
    Security,
}

impl Section {
    /// All the sections in the order they are shown.
    pub const ALL: [Self; 5] = [Self::Registration, Self::Applications, Self::Payment, Self::Technical, Self::Security];

    /// Stable name, as in the front matter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Applications => "applications",
            Self::Payment => "payment",
            Self::Technical => "technical",
            Self::Security => "security",
        }
    }

    /// Heading for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Registration => "Регистрация и вход",
            Self::Applications => "Заявления и поля формы",
            Self::Payment => "Оплата и возврат",
            Self::Technical => "Технические вопросы",
            Self::Security => "Безопасность",
        }
    }

    /// The section with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    pub id: String,
    pub title: String,
    pub section: Section,
    /// The same question in the words of people.
    pub asked_as: Vec<String>,
    pub keywords: Vec<String>,
    /// Kinds of fields it is about, such as `inn`.
    pub kinds: Vec<String>,
    /// Codes of faults it is about, such as `inn.checksum`.
    pub codes: Vec<String>,
    /// Services, forms or pages it is about, by the names that the portal gives them.
    #[serde(default)]
    pub services: Vec<String>,
    pub lang: String,
    /// `YYYY-MM-DD`.
    pub updated: String,
    /// Who answers for the words: an office, not a person.
    #[serde(default)]
    pub reviewed_by: String,
    /// Address of the official instruction.
    #[serde(default)]
    pub source: String,
    /// How much it is read and how often it helps, 0 to 100: see [`super::popular`].
    #[serde(default)]
    pub popular: u8,
    /// Steps of the front matter are the last of them, an ordered list.
    pub blocks: Vec<Block>,
}

/// A block of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    Heading {
        text: String,
    },
    Paragraph {
        spans: Vec<Inline>,
    },
    List {
        ordered: bool,
        items: Vec<Vec<Inline>>,
    },
    /// A picture beside the articles; `alt` says what it shows.
    Picture {
        src: String,
        alt: String,
    },
    /// A video elsewhere behind a picture of ours: nothing is asked of its site before a press.
    Video {
        poster: String,
        title: String,
        href: String,
    },
}

/// A run of text inside a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    Text(String),
    Strong(String),
    /// `href` is `faq:<id>` or an `https` address of an official site.
    Link {
        text: String,
        href: String,
    },
}

impl Inline {
    /// The words without the markup.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Strong(text) | Self::Link { text, .. } => text,
        }
    }
}

impl Block {
    /// The words of the block without the markup, one string for a paragraph or a list item.
    pub fn lines(&self) -> Vec<String> {
        let join = |spans: &[Inline]| spans.iter().map(Inline::text).collect::<String>();
        match self {
            Self::Heading { text } => vec![text.clone()],
            Self::Picture { alt, .. } => vec![alt.clone()],
            Self::Video { title, .. } => vec![title.clone()],
            Self::Paragraph { spans } => vec![join(spans)],
            Self::List { items, .. } => items.iter().map(|i| join(i)).collect(),
        }
    }
}
