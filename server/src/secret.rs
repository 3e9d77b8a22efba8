//! Random tokens, their hashes, and the seal that lets a repeated request get its token again.
//!
//! The database never holds a token: it holds the SHA-256 of it, and the token XORed with
//! `SHA-256(key || "seal")`, where `key` is the `Idempotency-Key` of the sender. The key itself is stored only as
//! `SHA-256("key" || key)`. A pad is used for one token only, because a key names one ticket. A reader of the database
//! has to guess the key, so the seal is as strong as the key is random: clients send 128 random bits.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A SHA-256 value.
pub type Hash = [u8; 32];

/// A setting that nobody reads in a log, such as an address with a password.
#[derive(Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct Hidden(pub String);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Hidden {
        Hidden(text)
    }
}

/// 32 random bytes given to a sender as text. Has no `Debug`, so it stays out of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A fresh token from the system's random source.
    pub fn random() -> Result<Token, getrandom::Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Token(bytes))
    }

    /// Reads base64url text of exactly 32 bytes.
    pub fn parse(text: &str) -> Option<Token> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Token(bytes.try_into().ok()?))
    }

    /// The text the sender keeps: base64url without padding, 43 characters.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the database keeps in place of the token.
    pub fn hash(&self) -> Hash {
        sha256(&[&self.0])
    }

    /// The token under the pad of an idempotency key.
    pub fn seal(&self, key: &str) -> Hash {
        xor(self.0, pad(key))
    }

    /// The token back from its sealed form.
    pub fn unseal(sealed: Hash, key: &str) -> Token {
        Token(xor(sealed, pad(key)))
    }
}

/// What the database keeps in place of an idempotency key.
pub fn key_hash(key: &str) -> Hash {
    sha256(&[b"key", key.as_bytes()])
}

/// SHA-256 of the parts one after another.
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The 32 bytes of 64 hexadecimal digits.
pub fn unhex(text: &str) -> Option<Hash> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// A random 64-bit number.
pub fn random_u64() -> Result<u64, getrandom::Error> {
    let mut bytes = [0u8; 8];
    getrandom::fill(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

fn pad(key: &str) -> Hash {
    sha256(&[key.as_bytes(), b"seal"])
}

fn xor(mut left: Hash, right: Hash) -> Hash {
    for (a, b) in left.iter_mut().zip(right) {
        *a ^= b;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seal_opens_with_its_key_only() {
        let token = Token::random().unwrap();
        let sealed = token.seal("0123456789abcdef");
        assert_ne!(sealed, token.0);
        assert!(Token::unseal(sealed, "0123456789abcdef") == token);
        assert!(Token::unseal(sealed, "0123456789abcdeg") != token);
    }

    #[test]
    fn text_and_back() {
        let token = Token::random().unwrap();
        assert_eq!(token.text().len(), 43);
        assert!(Token::parse(&token.text()) == Some(token));
        assert!(Token::parse("short").is_none());
    }
}
