//! Why a line got no verdict. The words never repeat the line: it may hold somebody's number.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// What is wrong with a line of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    NotUtf8,
    TooLong,
    NotJson,
    Twice,
    Missing(&'static str),
    NotText(&'static str),
    UnknownKind,
    BadDay,
    /// The CSV row ends before the column.
    NoCell,
}

impl Trouble {
    /// The part of the line that has to change.
    fn field(self) -> &'static str {
        match self {
            Self::Missing(field) | Self::NotText(field) => field,
            Self::UnknownKind => "kind",
            Self::BadDay => "today",
            Self::NotUtf8 | Self::TooLong | Self::NotJson | Self::Twice | Self::NoCell => "line",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not UTF-8; save the file in the encoding UTF-8",
            Self::TooLong => "longer than 65536 bytes; put each value on a line of its own",
            Self::NotJson => r#"not a JSON object; write one a line, such as {"kind":"inn","value":"7707083893"}"#,
            Self::Twice => "a name stands twice in the object; keep one of them",
            Self::Missing("kind") => r#"missing; name the kind of the value, such as "inn""#,
            Self::Missing(_) => r#"missing; add the text to check, such as "7707083893""#,
            Self::NotText(_) => "not a text; put it in quotes, a bare number loses its leading zeros",
            Self::UnknownKind => r#"no such kind; names are as in "inn", "snils", "passport", "account""#,
            Self::BadDay => r#"no day of the calendar; write it as "2026-11-25""#,
            Self::NoCell => "the row ends before the column; add the missing separators",
        }
    }

    /// The same for the table.
    pub fn in_russian(self) -> &'static str {
        match self {
            Self::NotUtf8 => "Строка не в UTF-8. Сохраните файл в кодировке UTF-8.",
            Self::TooLong => "Строка длиннее 65536 байт. Поставьте каждое значение на свою строку.",
            Self::NoCell => "В строке нет этого столбца. Добавьте недостающие разделители.",
            _ => "Строку не удалось прочитать. Проверьте её запись.",
        }
    }
}

/// A trouble with the number of its line, counted from 1: `{"error": {"line", "field", "message"}}`.
#[derive(Serialize)]
pub struct Complaint {
    error: At,
}

struct At(u64, Trouble);

impl Complaint {
    pub fn new(line: u64, trouble: Trouble) -> Self {
        Self { error: At(line, trouble) }
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("error", 3)?;
        out.serialize_field("line", &self.0)?;
        out.serialize_field("field", self.1.field())?;
        out.serialize_field("message", self.1.message())?;
        out.end()
    }
}
