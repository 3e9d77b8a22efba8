//! Personal data at rest: every ticket has a key of its own, sealed under the service's key.
//!
//! What a citizen and an operator wrote, name, contact, the state of the form and the browser's facts are stored under
//! the ticket's key (XChaCha20-Poly1305, a random nonce each, bound to their place by a label). The ticket's key is
//! stored under the service's key, which lives in a file of its own. Forgetting a ticket's key erases the ticket
//! wherever its bytes still lie. A file has a key of its own in the same way.
//!
//! The key file has one key a line: a name, a space, 64 hexadecimal digits. `audit` is the key of the journal; the last
//! other line seals, the ones before it only open. The file may be exchanged under a server that runs: a key whose name is
//! not known is looked for in it, and what was opened once goes on being opened.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use chacha20poly1305::aead::{Aead as _, AeadInOut as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::secret;

const NONCE: usize = 24;
/// Bytes that a seal adds: its nonce and its tag.
pub const OVERHEAD: usize = NONCE + 16;
const AUDIT: &str = "audit";

/// What went wrong with a key; never the key itself.
#[derive(Debug)]
pub enum VaultError {
    /// The key file cannot be read or written.
    Io(io::Error),
    /// This line of the key file is not a key.
    Line(usize),
    /// The key file has no key, or none for the journal.
    NoKey,
    /// The key file is not there, but the database was written with one.
    Absent(String),
    /// No key of this name: the database belongs to another key file.
    Unknown(String),
    /// The bytes do not open under the key: they were changed, or belong elsewhere.
    Sealed,
    /// The system gave no random bytes.
    Random(getrandom::Error),
}

impl std::fmt::Display for VaultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            VaultError::Io(error) => write!(f, "key file: {error}"),
            VaultError::Line(line) => {
                write!(f, "key file, line {line}: write a name, a space and 64 hexadecimal digits")
            }
            VaultError::NoKey => f.write_str("key file: it needs a line `audit …` and one more key"),
            VaultError::Absent(path) => write!(
                f,
                "the key file {path} is not there, and without it the tickets do not open; bring it back, or name it: key_file"
            ),
            VaultError::Unknown(name) => {
                write!(
                    f,
                    "the key file has no key `{name}`; name the file that this database was written with: key_file"
                )
            }
            VaultError::Sealed => {
                f.write_str("sealed data does not open: it was changed, or the key file is another one")
            }
            VaultError::Random(error) => write!(f, "random source: {error}"),
        }
    }
}

impl std::error::Error for VaultError {}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        VaultError::Io(error)
    }
}

impl From<getrandom::Error> for VaultError {
    fn from(error: getrandom::Error) -> Self {
        VaultError::Random(error)
    }
}

/// A key. Has no `Debug`, so it stays out of logs.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

/// A ticket's key as it is stored.
pub struct Wrapped {
    /// Name of the service's key.
    pub key: String,
    pub bytes: Vec<u8>,
}

/// The keys of the service. Has no `Debug`.
pub struct Vault {
    path: PathBuf,
    keys: RwLock<Keys>,
    audit: SecretKey,
    /// Has taken in the key of the journal, which is half the work of a mark.
    marks: Hmac<Sha256>,
}

/// Keys by their names; the last one seals.
type Keys = Vec<(String, SecretKey)>;

impl SecretKey {
    /// A fresh key from the system's random source.
    pub fn random() -> Result<SecretKey, VaultError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(SecretKey(bytes))
    }

    /// Seals the bytes; the label must be given again to open them.
    pub fn seal(&self, label: &str, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let mut sealed = Vec::with_capacity(OVERHEAD + bytes.len());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(bytes);
        let (_, text) = sealed.split_at_mut(NONCE);
        let tag = self
            .cipher()
            .encrypt_inout_detached(&XNonce::from(nonce), label.as_bytes(), text.into())
            .map_err(|_| VaultError::Sealed)?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// Opens what [`SecretKey::seal`] made.
    pub fn open(&self, label: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(VaultError::Sealed)?;
        let payload = Payload { msg: sealed, aad: label.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| VaultError::Sealed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.0))
    }
}

impl Vault {
    /// Reads the key file, or makes one that only the server's user may read.
    pub fn open(path: &Path) -> Result<Vault, VaultError> {
        match fs::read_to_string(path) {
            Ok(text) => Vault::read(path, &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let vault = Vault::of(path, vec![("k1".to_owned(), SecretKey::random()?)], SecretKey::random()?)?;
                match vault.put(|from, to| fs::hard_link(from, to)) {
                    Ok(()) => Ok(vault),
                    // Another instance was first; its keys are the ones.
                    Err(VaultError::Io(error)) if error.kind() == io::ErrorKind::AlreadyExists => {
                        Vault::read(path, &fs::read_to_string(path)?)
                    }
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    fn of(path: &Path, keys: Keys, audit: SecretKey) -> Result<Vault, VaultError> {
        let marks = Hmac::new_from_slice(&audit.0).map_err(|_| VaultError::NoKey)?;
        Ok(Vault { path: path.to_path_buf(), keys: RwLock::new(keys), audit, marks })
    }

    fn read(path: &Path, text: &str) -> Result<Vault, VaultError> {
        let mut keys = Vec::new();
        let mut audit = None;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let bad = VaultError::Line(index + 1);
            let Some((name, hex)) = line.trim().split_once(' ') else { return Err(bad) };
            let Some(key) = secret::unhex(hex.trim()).map(SecretKey) else { return Err(bad) };
            if name == AUDIT {
                audit = Some(key);
            } else {
                keys.push((name.to_owned(), key));
            }
        }
        match audit {
            Some(audit) if !keys.is_empty() => Vault::of(path, keys, audit),
            _ => Err(VaultError::NoKey),
        }
    }

    /// Writes the file whole or not at all; an earlier one goes.
    fn write(&self) -> Result<(), VaultError> {
        self.put(|from, to| fs::rename(from, to))
    }

    fn put(&self, place: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<(), VaultError> {
        let temporary = self.path.with_extension(format!("{:016x}.part", secret::random_u64()?));
        let result = self.put_through(&temporary, place);
        let _ = fs::remove_file(&temporary);
        result
    }

    fn put_through(&self, temporary: &Path, place: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<(), VaultError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(temporary)?;
        writeln!(file, "{AUDIT} {}", secret::hex(&self.audit.0))?;
        for (name, key) in self.keys().iter() {
            writeln!(file, "{name} {}", secret::hex(&key.0))?;
        }
        file.sync_all()?;
        place(temporary, &self.path)?;
        let folder = self.path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::File::open(folder)?.sync_all()?;
        Ok(())
    }

    fn keys(&self) -> RwLockReadGuard<'_, Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, name: &str) -> Option<SecretKey> {
        self.keys().iter().find(|(known, _)| known == name).map(|(_, key)| key.clone())
    }

    /// The key of this name, which the file may have got since it was read: its last key seals from then on.
    fn look_up(&self, name: &str) -> Result<SecretKey, VaultError> {
        if let Some(key) = self.find(name) {
            return Ok(key);
        }
        let unknown = || VaultError::Unknown(name.to_owned());
        let file = Vault::read(&self.path, &fs::read_to_string(&self.path)?)?;
        let found = file.find(name).filter(|_| file.audit.0 == self.audit.0).ok_or_else(unknown)?;
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let fresh = file.keys();
        keys.retain(|(name, _)| fresh.iter().all(|(other, _)| other != name));
        keys.extend(fresh.iter().cloned());
        Ok(found)
    }

    /// Learns the key of this name, if it is another one.
    pub fn learn(&self, name: &str) -> Result<(), VaultError> {
        self.look_up(name).map(drop)
    }

    /// Name of the key that seals.
    pub fn present(&self) -> Result<String, VaultError> {
        self.keys().last().map(|(name, _)| name.clone()).ok_or(VaultError::NoKey)
    }

    /// The same keys and a new one that seals from now on, in the file too.
    pub fn with_new_key(&self) -> Result<Vault, VaultError> {
        let name = format!("k{:08x}", secret::random_u64()? >> 32);
        let mut keys = self.keys().clone();
        keys.push((name, SecretKey::random()?));
        let vault = Vault::of(&self.path, keys, self.audit.clone())?;
        vault.write()?;
        Ok(vault)
    }

    /// Only the sealing key stays, in the file too.
    pub fn without_old_keys(&self) -> Result<(), VaultError> {
        let keys = self.keys().last().cloned().into_iter().collect();
        Vault::of(&self.path, keys, self.audit.clone())?.write()
    }

    /// A ticket's new key and how to store it.
    pub fn ticket_key(&self) -> Result<(SecretKey, Wrapped), VaultError> {
        let key = SecretKey::random()?;
        let wrapped = self.wrap(&key)?;
        Ok((key, wrapped))
    }

    /// A ticket's key under the service's present key.
    pub fn wrap(&self, key: &SecretKey) -> Result<Wrapped, VaultError> {
        let (name, outer) = self.keys().last().cloned().ok_or(VaultError::NoKey)?;
        Ok(Wrapped { bytes: outer.seal(&name, &key.0)?, key: name })
    }

    /// A stored key under the service's present key: it may have been exchanged since.
    pub fn renew(&self, wrapped: Wrapped) -> Result<Wrapped, VaultError> {
        if self.keys().last().is_some_and(|(name, _)| *name == wrapped.key) {
            return Ok(wrapped);
        }
        self.wrap(&self.unwrap(&wrapped)?)
    }

    /// A ticket's stored key.
    pub fn unwrap(&self, wrapped: &Wrapped) -> Result<SecretKey, VaultError> {
        let bytes = self.look_up(&wrapped.key)?.open(&wrapped.key, &wrapped.bytes)?;
        Ok(SecretKey(bytes.try_into().map_err(|_| VaultError::Sealed)?))
    }

    /// A mark by which the same text is found again and from which it cannot be read.
    pub fn blind(&self, label: &str, text: &str) -> Result<[u8; 32], VaultError> {
        self.mark(&[b"blind", label.as_bytes(), text.as_bytes()])
    }

    /// The mark of a row of the journal: HMAC-SHA-256 over the parts, each with its length.
    pub fn mark(&self, parts: &[&[u8]]) -> Result<[u8; 32], VaultError> {
        let mut mac = self.marks.clone();
        for part in parts {
            mac.update(&part.len().to_le_bytes());
            mac.update(part);
        }
        Ok(mac.finalize().into_bytes().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.key");
        let (key, wrapped) = Vault::open(&path).unwrap().ticket_key().unwrap();
        let sealed = key.seal("text", "привет".as_bytes()).unwrap();
        let again = Vault::open(&path).unwrap().unwrap(&wrapped).unwrap();
        assert_eq!(again.open("text", &sealed).unwrap(), "привет".as_bytes());
        assert!(again.open("name", &sealed).is_err(), "bound to its place");
        assert!(SecretKey::random().unwrap().open("text", &sealed).is_err());
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert!(again.open("text", &changed).is_err());
        }
        assert!(again.open("text", &[1; 5]).is_err());
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(&path).unwrap()) & 0o777, 0o600);
    }

    #[test]
    fn after_a_rotation_old_tickets_open_until_the_old_key_goes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.key");
        let (key, old) = Vault::open(&path).unwrap().ticket_key().unwrap();
        let running = Vault::open(&path).unwrap();
        let vault = Vault::open(&path).unwrap().with_new_key().unwrap();
        let new = vault.renew(vault.wrap(&vault.unwrap(&old).unwrap()).unwrap()).unwrap();
        assert_ne!(new.key, old.key);
        vault.without_old_keys().unwrap();
        // Who has the file open since before finds the new key there, seals with it, and opens what it did before.
        assert_eq!(running.present().unwrap(), old.key);
        let sealed = key.seal("a", b"b").unwrap();
        assert_eq!(running.unwrap(&new).unwrap().open("a", &sealed).unwrap(), b"b");
        assert_eq!(running.present().unwrap(), new.key);
        let again = running.renew(running.wrap(&running.unwrap(&old).unwrap()).unwrap()).unwrap();
        assert_eq!(again.key, new.key);
        let vault = Vault::open(&path).unwrap();
        assert!(matches!(vault.unwrap(&old), Err(VaultError::Unknown(_))));
        assert_eq!(vault.unwrap(&new).unwrap().open("a", &sealed).unwrap(), b"b");
    }

    #[test]
    fn a_broken_key_file_is_named_by_its_line() {
        let good = "0".repeat(64);
        let check = |text: String, said: &str| {
            let error = Vault::read(Path::new("a.key"), &text).err().unwrap().to_string();
            assert!(error.contains(said) && !error.contains(&good), "{error}");
        };
        check(String::new(), "audit");
        check(format!("k1 {good}"), "audit");
        check(format!("audit {good}"), "one more key");
        check(format!("audit {good}\nk1 {}", &good[1..]), "line 2");
        check(format!("audit {good}\n\nk1 {}", "я".repeat(32)), "line 3");
        check(format!("audit {good}\nk1"), "line 2");
    }
}
