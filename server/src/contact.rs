//! How a person is reached: a mail address or a phone, in the one spelling by which it is found again.

use crate::secret::Hash;
use crate::vault::{Vault, VaultError};

/// A contact as its marks are made of it. Has no `Debug`.
pub enum Contact {
    /// As it was written: some mail servers tell large letters from small ones.
    Mail(String),
    /// Such as `+79001234567`.
    Phone(String),
}

impl Contact {
    /// What the text is: a phone, unless it has the sign of a mail address.
    pub fn read(text: &str) -> Contact {
        let text = text.trim();
        if text.contains('@') { Contact::Mail(text.to_owned()) } else { Contact::Phone(phone(text)) }
    }

    /// The mark of either.
    pub fn mark(&self, vault: &Vault) -> Result<Hash, VaultError> {
        match self {
            Contact::Mail(mail) => vault.blind("contact", &mail.to_lowercase()),
            Contact::Phone(phone) => vault.blind("phone", phone),
        }
    }

    /// The mark of a mail address.
    pub fn mail_mark(&self, vault: &Vault) -> Result<Option<Hash>, VaultError> {
        match self {
            Contact::Mail(_) => self.mark(vault).map(Some),
            Contact::Phone(_) => Ok(None),
        }
    }

    /// The mark of a phone.
    pub fn phone_mark(&self, vault: &Vault) -> Result<Option<Hash>, VaultError> {
        match self {
            // Tickets without a contact must not be found as those of one person.
            Contact::Phone(phone) if phone == "+" => Ok(None),
            Contact::Phone(_) => self.mark(vault).map(Some),
            Contact::Mail(_) => Ok(None),
        }
    }
}

/// `+79001234567` of any spelling.
pub fn phone(contact: &str) -> String {
    let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(rest) if digits.len() == 11 && !contact.trim_start().starts_with('+') => format!("+7{rest}"),
        _ => format!("+{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_has_one_spelling() {
        for text in ["8 (900) 123-45-67", "+7 900 123 45 67", "7-900-123-45-67"] {
            assert_eq!(phone(text), "+79001234567");
        }
        assert_eq!(phone("+375 29 123-45-67"), "+375291234567");
    }

    #[test]
    fn each_contact_has_one_mark_however_it_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(&dir.path().join("a.key")).unwrap();
        let marks = |text: &str| {
            let contact = Contact::read(text);
            (contact.mail_mark(&vault).unwrap(), contact.phone_mark(&vault).unwrap())
        };
        assert_eq!(marks(" Anna@Example.org "), marks("anna@example.org"));
        assert_eq!(marks("8 (900) 123-45-67"), marks("+7 900 123 45 67"));
        assert_ne!(marks("+7 900 123 45 67"), marks("+7 900 123 45 68"));
        assert!(marks("anna@example.org").1.is_none() && marks("+7 900 123 45 67").0.is_none());
        assert_eq!(marks(" "), (None, None));
    }
}
