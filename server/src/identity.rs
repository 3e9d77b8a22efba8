//! Who the portal says the citizen is: a short-lived JWT that the portal signed with its site's key.
//!
//! Only HS256 is read, whatever a token's header asks for. The subject is stored as a mark (HMAC under a key of the
//! service), so the database alone does not tell whose tickets they are.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha256;

/// Least bytes of a site's key: as many as the signature has.
pub const MIN_KEY: usize = 32;
/// Longest time a token may have left: a stolen one is of little use.
const MAX_LIFE: i64 = 24 * 3_600;
/// Longest token: a name of 200 characters fits ten times.
const MAX_TOKEN: usize = 8_192;
/// Longest subject.
const MAX_SUBJECT: usize = 200;

#[derive(Deserialize)]
struct Header {
    alg: String,
}

/// What the portal says.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Claims {
    /// The portal's own name for the person: stable, and no number of a document.
    pub sub: String,
    /// Seconds since 1970.
    pub exp: i64,
    #[serde(default)]
    nbf: i64,
    /// The site's public key, where the portal names it.
    aud: Option<String>,
}

impl Claims {
    /// Whether the token is in its time.
    pub fn valid_at(&self, now: i64) -> bool {
        self.nbf <= now && now < self.exp && self.exp <= now + MAX_LIFE
    }
}

/// The claims of a token whose signature is the site's own. Its time is another question: [`Claims::valid_at`].
pub fn read(token: &str, site: &str, key: &[u8]) -> Option<Claims> {
    if token.len() > MAX_TOKEN {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let header: Header = serde_json::from_slice(&decode(header)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(signed.as_bytes());
    mac.verify_slice(&decode(signature)?).ok()?;
    let claims: Claims = serde_json::from_slice(&decode(claims)?).ok()?;
    let lawful = header.alg == "HS256"
        && (1..=MAX_SUBJECT).contains(&claims.sub.len())
        && claims.aud.as_deref().is_none_or(|aud| aud == site);
    lawful.then_some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

    fn token(header: &str, claims: &str, key: &[u8]) -> String {
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    #[test]
    fn a_known_token_opens() {
        // RFC 7515, appendix A.1: the signature is theirs, so the reading is not only our own mirror.
        let key = URL_SAFE_NO_PAD
            .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
            .unwrap();
        let theirs = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let (signed, signature) = theirs.rsplit_once('.').unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(signed.as_bytes());
        assert!(mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).is_ok());
        assert!(read(theirs, "pk", &key).is_none(), "it names no subject");

        let good = token(r#"{"alg":"HS256","typ":"JWT"}"#, r#"{"sub":"u-17","exp":1000,"name":"Анна"}"#, KEY);
        let claims = read(&good, "pk", KEY).unwrap();
        assert_eq!((claims.sub.as_str(), claims.exp), ("u-17", 1000));
        assert!(claims.valid_at(999) && !claims.valid_at(1000) && !claims.valid_at(1000 - MAX_LIFE - 1));
    }

    #[test]
    fn everything_else_stays_outside() {
        let hs = r#"{"alg":"HS256"}"#;
        let claims = r#"{"sub":"u-17","exp":1000}"#;
        let good = token(hs, claims, KEY);
        let check = |token: &str| assert!(read(token, "pk_a", KEY).is_none(), "{token}");
        check(&token(hs, claims, b"another key of thirty-two bytes!"));
        check(&token(r#"{"alg":"none"}"#, claims, KEY));
        check(&token(r#"{"alg":"RS256"}"#, claims, KEY));
        check(&format!("{}.", good.rsplit_once('.').unwrap().0));
        check(&token(hs, r#"{"sub":"","exp":1000}"#, KEY));
        check(&token(hs, r#"{"sub":"u-17"}"#, KEY));
        check(&token(hs, r#"{"sub":"u-17","exp":1000,"aud":"pk_b"}"#, KEY));
        check(&token(hs, &format!(r#"{{"sub":"{}","exp":1000}}"#, "x".repeat(201)), KEY));
        check(&"x".repeat(MAX_TOKEN + 1));
        for text in ["", ".", "..", "a.b.c", "e30.e30.e30"] {
            check(text);
        }
        assert!(read(&token(hs, r#"{"sub":"u-17","exp":1000,"aud":"pk_a"}"#, KEY), "pk_a", KEY).is_some());
        let early = read(&token(hs, r#"{"sub":"u-17","exp":1000,"nbf":900}"#, KEY), "pk_a", KEY).unwrap();
        assert!(!early.valid_at(899) && early.valid_at(900));
    }
}
