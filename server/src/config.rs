//! Settings: command line, then environment, then the TOML file, then the defaults.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use podskazka::ticket::Line;
use podskazka::ticket::alarm::Patience;
use podskazka::wire::page::Official;
use serde::{Deserialize, Serialize};

use crate::commands::Command;
use crate::consent;
use crate::files::depot::Bucket;
use crate::hooks::Hook;
use crate::identity::MIN_KEY;
use crate::limits::Limits;
use crate::mail::{Mail, Post};
use crate::pace::Pace;
use crate::routing::Rule;
use crate::secret::Hidden;
use crate::store::Options;
use crate::terms::{Department, Hours, Terms};

const MB: u64 = 1024 * 1024;

/// Some hundred erasures, with the log that they write: each touches a few pages.
const RESERVE_MB: u64 = 8;

/// A closed ticket can be reopened for a while; its erasure comes later.
const MIN_RETENTION_DAYS: u32 = podskazka::ticket::REOPEN_DAYS + 1;

/// A site whose pages may ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Public key: `data-site` on the page, header `X-Site-Key`.
    pub key: String,
    /// What citizens call the site.
    pub name: String,
    /// Origins of its pages, such as `https://zags.example.ru`.
    pub origins: Vec<String>,
    /// Key with which the portal signs who its citizen is (HS256); at least 32 bytes.
    #[serde(default, skip_serializing)]
    pub identity_key: Option<Hidden>,
    /// What a citizen agrees to before a ticket is taken, the present text last; without it nothing is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consent: Vec<consent::Text>,
    /// Lines of a ticket that are left to the citizen: `topic`, `name`, `contact`, `text`; the others are mandatory.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub optional: Vec<Line>,
    /// Said together with an optional contact: without one nobody can be told of an answer, only whoever has number and token
    /// reads it.
    #[serde(default)]
    pub answer_by_number: bool,
}

/// Which build of the page helper the site serves; decides the Content-Security-Policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Csp {
    /// Allows WebAssembly to compile.
    #[default]
    Wasm,
    /// JavaScript only.
    Js,
}

/// Support server of the form helper: takes tickets and files, serves operators and the site.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "podskazka-server", version)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Settings file (TOML); options given here or in the environment win over it
    #[arg(long, global = true, env = "PODSKAZKA_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where the database and the uploaded pictures live; created if absent [default: data]
    #[arg(long, global = true, env = "PODSKAZKA_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// PostgreSQL that holds the rows, for several instances; SQLite in the data folder without it. Name it in the
    /// environment or the settings file: what stands on a command line is seen by others
    #[arg(long, global = true, env = "PODSKAZKA_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<Hidden>,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, env = "PODSKAZKA_LISTEN", value_name = "ADDRESS:PORT", value_parser = address)]
    pub listen: Option<SocketAddr>,
    /// Folder of static files; without it only the API answers
    #[arg(long, global = true, env = "PODSKAZKA_WWW", value_name = "DIR")]
    pub www: Option<PathBuf>,
    /// Folder of form schemas and articles; without it none are served
    #[arg(long, global = true, env = "PODSKAZKA_CONTENT", value_name = "DIR")]
    pub content: Option<PathBuf>,
    /// Content-Security-Policy of the pages [default: wasm]
    #[arg(long, global = true, env = "PODSKAZKA_CSP", value_enum)]
    pub csp: Option<Csp>,
    /// Address and port of /livez, /readyz, /metrics, /version; off without it
    #[arg(long, global = true, env = "PODSKAZKA_OPS_LISTEN", value_name = "ADDRESS:PORT", value_parser = address)]
    pub ops_listen: Option<SocketAddr>,
    /// Keys that seal personal data; made if absent [default: podskazka.key in the data folder]
    #[arg(long, global = true, env = "PODSKAZKA_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Secret key of the bucket of files; not on a command line, where others see it
    #[arg(long, global = true, env = "PODSKAZKA_FILES_SECRET_KEY", hide = true, hide_env_values = true)]
    pub files_secret_key: Option<Hidden>,
    /// Least level of log lines: error, warn, info, debug [default: info]
    #[arg(long, global = true, env = "PODSKAZKA_LOG", value_name = "LEVEL")]
    pub log: Option<tracing::Level>,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an address with a port, for example 127.0.0.1:8080".to_owned())
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data_dir: Option<PathBuf>,
    database: Option<Hidden>,
    listen: Option<SocketAddr>,
    www: Option<PathBuf>,
    content: Option<PathBuf>,
    csp: Option<Csp>,
    log: Option<String>,
    ops_listen: Option<SocketAddr>,
    trusted_proxies: Option<Vec<IpAddr>>,
    max_database_mb: Option<u64>,
    reserve_mb: Option<u64>,
    key_file: Option<PathBuf>,
    mail: Option<Mail>,
    files: Option<Bucket>,
    retention_days: Option<u32>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    sites: Vec<Site>,
    #[serde(default)]
    routing: Vec<Rule>,
    #[serde(default)]
    sla: Patience,
    #[serde(default)]
    calendars: Vec<Hours>,
    #[serde(default)]
    departments: Vec<Department>,
    official: Option<Official>,
    #[serde(default)]
    hooks: Vec<Hook>,
}

/// Settings after all sources are joined.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of the database and the pictures.
    pub data_dir: PathBuf,
    /// PostgreSQL that holds the rows; SQLite in the data folder without it.
    pub database: Option<Hidden>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Folder of static files.
    pub www: Option<PathBuf>,
    /// Folder of form schemas and articles.
    pub content: Option<PathBuf>,
    /// Policy of the pages.
    pub csp: Csp,
    /// Least level of log lines.
    pub log: tracing::Level,
    /// Where to answer about the service's own state.
    pub ops_listen: Option<SocketAddr>,
    /// Addresses of our own proxies.
    pub trusted_proxies: Vec<IpAddr>,
    /// The database grows no further than this.
    pub max_database_bytes: Option<u64>,
    /// Bytes of the data folder that are kept for erasures on a full disk.
    pub reserve_bytes: u64,
    /// Keys that seal personal data; `podskazka.key` in the data folder without it.
    pub key_file: Option<PathBuf>,
    /// How letters leave; none are sent without it.
    pub mail: Option<Mail>,
    /// Bucket that holds the files; the data folder without it.
    pub files: Option<Bucket>,
    /// Days after which a closed ticket is erased; never without it.
    pub retention_days: Option<u32>,
    /// Limits of requests.
    pub limits: Limits,
    /// Sites that may ask; empty means the same origin alone.
    pub sites: Vec<Site>,
    /// Where new tickets go; the first rule that fits counts.
    pub routing: Vec<Rule>,
    /// How departments serve, and how long is waited for whom.
    pub terms: Arc<Terms>,
    /// Where appeals under the law 59-FZ are taken.
    pub official: Option<Official>,
    /// Other systems that hear of tickets.
    pub hooks: Vec<Hook>,
    /// How long a client is waited for.
    pub pace: Pace,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            data_dir: PathBuf::from("data"),
            database: None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            www: None,
            content: None,
            csp: Csp::Wasm,
            log: tracing::Level::INFO,
            ops_listen: None,
            trusted_proxies: Vec::new(),
            max_database_bytes: None,
            reserve_bytes: RESERVE_MB * MB,
            key_file: None,
            mail: None,
            files: None,
            retention_days: None,
            limits: Limits::default(),
            sites: Vec::new(),
            routing: Vec::new(),
            terms: Arc::default(),
            official: None,
            hooks: Vec::new(),
            pace: Pace::default(),
        }
    }
}

/// A setting that cannot be used; the text says what to change.
#[derive(Debug)]
pub struct ConfigError(String);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Joins the arguments with the file they name. Relative paths in the file start at the file's folder.
    pub fn load(args: Args) -> Result<Config, ConfigError> {
        let file = match &args.config {
            Some(path) => read(path)?,
            None => File::default(),
        };
        let base = args.config.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_path_buf();
        let log = match file.log {
            Some(text) => Some(text.parse().map_err(|_| {
                ConfigError(format!("log = \"{text}\" is not a level; write error, warn, info or debug"))
            })?),
            None => None,
        };
        let mut files = file.files;
        if let (Some(files), Some(key)) = (&mut files, args.files_secret_key) {
            files.secret_key = key;
        }
        let default = Config::default();
        let config = Config {
            data_dir: args.data_dir.or(file.data_dir.map(|dir| base.join(dir))).unwrap_or(default.data_dir),
            database: args.database.or(file.database),
            listen: args.listen.or(file.listen).unwrap_or(default.listen),
            www: args.www.or(file.www.map(|dir| base.join(dir))),
            content: args.content.or(file.content.map(|dir| base.join(dir))),
            csp: args.csp.or(file.csp).unwrap_or(default.csp),
            log: args.log.or(log).unwrap_or(default.log),
            ops_listen: args.ops_listen.or(file.ops_listen),
            trusted_proxies: file.trusted_proxies.unwrap_or_default(),
            max_database_bytes: file.max_database_mb.map(|mb| mb.saturating_mul(MB)),
            reserve_bytes: file.reserve_mb.map_or(default.reserve_bytes, |mb| mb.saturating_mul(MB)),
            key_file: args.key_file.or(file.key_file.map(|path| base.join(path))),
            mail: file.mail,
            files,
            retention_days: file.retention_days,
            limits: file.limits,
            sites: file.sites,
            routing: file.routing,
            terms: Arc::new(Terms::new(file.sla, &file.calendars, &file.departments).map_err(ConfigError)?),
            official: file.official,
            hooks: file.hooks,
            pace: default.pace,
        };
        config.check()?;
        Ok(config)
    }

    /// How the data folder is opened.
    pub fn store(&self) -> Options {
        let database = self.database.clone();
        Options {
            database,
            bucket: self.files.clone(),
            letters: self.mail.is_some(),
            ticket_limit: self.limits.ticket.address,
            max_bytes: self.max_database_bytes,
            reserve: self.reserve_bytes,
            key_file: self.key_file.clone(),
            terms: Arc::clone(&self.terms),
        }
    }

    /// Refuses a site folder that is absent, or that would publish the data, and sites that cannot work.
    fn check(&self) -> Result<(), ConfigError> {
        for site in &self.sites {
            check_site(site)?;
        }
        if self.official.as_ref().is_some_and(|it| it.title.is_empty() || !it.url.starts_with("https://")) {
            return Err(ConfigError("official needs a title and an address with https://".to_owned()));
        }
        if let Some(said) = self.limits.fault() {
            return Err(ConfigError(said));
        }
        if let Some(said) = self.routing.iter().enumerate().find_map(|(i, rule)| rule.fault(i + 1)) {
            return Err(ConfigError(said));
        }
        if let Some(said) = self.hooks.iter().find_map(Hook::fault) {
            return Err(ConfigError(said));
        }
        let names: HashSet<_> = self.hooks.iter().map(|hook| &hook.name).collect();
        if names.len() < self.hooks.len() {
            return Err(ConfigError("two hooks have one name; give each its own".to_owned()));
        }
        if let Some(mail) = &self.mail {
            Post::new(mail).map_err(ConfigError)?;
        }
        if let Some(bucket) = &self.files {
            bucket.check().map_err(ConfigError)?;
        }
        if self.retention_days.is_some_and(|days| days < MIN_RETENTION_DAYS) {
            return Err(ConfigError(format!(
                "retention_days must be {MIN_RETENTION_DAYS} or more: a citizen may reopen a closed ticket until then"
            )));
        }
        if self.ops_listen == Some(self.listen) {
            return Err(ConfigError(format!("ops_listen and listen are both {}; give them two ports", self.listen)));
        }
        let Some(www) = &self.www else { return Ok(()) };
        let site = www.canonicalize().ok().filter(|path| path.is_dir()).ok_or_else(|| {
            ConfigError(format!("the site folder {} does not exist; correct --www or leave it out", www.display()))
        })?;
        // What is not there yet is found by its folder.
        let whole = |path: &Path| {
            let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
            let above = |it: &Path| Some(it.parent()?.canonicalize().ok()?.join(it.file_name()?));
            whole.canonicalize().ok().or_else(|| above(&whole)).unwrap_or(whole)
        };
        let data = whole(&self.data_dir);
        if data.starts_with(&site) || site.starts_with(&data) {
            return Err(ConfigError(format!(
                "one of the data folder {} and the site folder {} lies inside the other, so everyone could read what is \
                 stored; move it with --data-dir",
                self.data_dir.display(),
                www.display()
            )));
        }
        if let Some(key) = &self.key_file
            && whole(key).starts_with(&site)
        {
            return Err(ConfigError(format!(
                "key_file {} lies inside the site folder {}, so everyone could read it; move it out of there",
                key.display(),
                www.display()
            )));
        }
        Ok(())
    }
}

/// Why a shared secret protects nothing: too short, or text that anybody can read in an example.
pub(crate) fn weak(secret: &str) -> Option<String> {
    let mut letters = secret.chars().collect::<Vec<_>>();
    letters.sort_unstable();
    letters.dedup();
    let make = "make one with `openssl rand -base64 32`";
    if secret.len() < MIN_KEY {
        Some(format!("must have at least {MIN_KEY} characters; {make}"))
    } else if secret.contains(' ') || letters.len() < 10 {
        Some(format!("is a sentence or one letter again and again; {make}"))
    } else {
        None
    }
}

/// Refuses a site that cannot work.
pub(crate) fn check_site(site: &Site) -> Result<(), ConfigError> {
    let key = site.key.as_str();
    let lawful = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if !lawful || !(8..=64).contains(&key.len()) {
        return Err(ConfigError(format!(
            "sites: key = \"{key}\" must have 8 to 64 of A-Z a-z 0-9 - _, for example pk_zags_2026"
        )));
    }
    if let Some(said) = site.identity_key.as_ref().and_then(|it| weak(&it.0)) {
        return Err(ConfigError(format!("sites: identity_key of {key} {said}")));
    }
    consent::check(&site.consent).map_err(|said| ConfigError(format!("sites: {said} ({key})")))?;
    if site.optional.contains(&Line::Contact) && !site.answer_by_number {
        return Err(ConfigError(format!(
            "sites: optional of {key} has \"contact\"; without one a citizen hears of an answer only on the page, by number and \
             token. Write answer_by_number = true if that is meant, or take \"contact\" out"
        )));
    }
    for origin in &site.origins {
        let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or("");
        let lower = !origin.bytes().any(|byte| byte.is_ascii_uppercase());
        if rest.is_empty() || rest.contains(['/', '*', ' ', '?', '#', '@']) || !lower {
            return Err(ConfigError(format!(
                "sites: origin \"{origin}\" of {key} must be scheme and host in lower case without a path, for example \
                 https://zags.example.ru"
            )));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<File, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigError(format!("cannot read the settings file {}: {error}", path.display())))?;
    toml::from_str(&text).map_err(|error| {
        // The line itself may hold a password: its place, its name and what is wrong are told, not its text.
        let before = error.span().and_then(|it| text.get(..it.start)).unwrap_or_default();
        let line = before.matches('\n').count();
        let name = text.lines().nth(line).and_then(|it| it.split_once('=')).map_or("", |it| it.0.trim());
        let place = format!("line {} {name}", line + 1);
        ConfigError(format!(
            "cannot understand the settings file {}, {}: {}",
            path.display(),
            place.trim(),
            error.message()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn example_file_holds_the_defaults() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("podskazka-server.example.toml");
        let file = read(&path).unwrap();
        let default = Config::default();
        assert_eq!(file.data_dir.unwrap(), default.data_dir);
        assert_eq!(file.listen.unwrap(), default.listen);
        assert_eq!(file.csp.unwrap(), default.csp);
        assert_eq!(file.log.unwrap().parse::<tracing::Level>().unwrap(), default.log);
        assert_eq!(file.limits, default.limits);
        assert_eq!(file.sites, default.sites);
        assert_eq!(file.sla, Patience::default());
    }

    #[test]
    fn an_address_without_a_port_is_told_with_an_example() {
        for text in ["8080", "127.0.0.1", "help.example.ru:80"] {
            let error = Args::try_parse_from(["podskazka-server", "--listen", text]).unwrap_err().to_string();
            assert!(error.contains("for example 127.0.0.1:8080"), "{error}");
        }
    }

    #[test]
    fn a_site_that_cannot_work_is_named() {
        let site = |key: &str, origin: &str| Site { key: key.into(), origins: vec![origin.into()], ..Site::default() };
        assert!(check_site(&site("pk_zags_2026", "https://zags.example.ru:8443")).is_ok());
        for (key, origin) in [
            ("short", "https://a.ru"),
            ("pk zags 2026", "https://a.ru"),
            ("pk_zags_2026", "a.ru"),
            ("pk_zags_2026", "https://a.ru/"),
            ("pk_zags_2026", "https://*.a.ru"),
            ("pk_zags_2026", "https://A.ru"),
            ("pk_zags_2026", "null"),
        ] {
            assert!(check_site(&site(key, origin)).is_err(), "{key} {origin}");
        }
        let text = |version: &str| consent::Text { version: version.into(), text: "a".into() };
        for (texts, word) in [(vec![text(" ")], "needs"), (vec![text("1"), text("1")], "two texts")] {
            let said = check_site(&Site { consent: texts, ..site("pk_zags_2026", "https://a.ru") }).unwrap_err();
            assert!(said.to_string().contains(word), "{said}");
        }
    }

    #[test]
    fn a_contact_is_left_to_the_citizen_knowingly_alone() {
        let site = |optional: &str| {
            let text = format!("key = \"pk_zags_2026\"\nname = \"ЗАГС\"\norigins = []\n{optional}");
            toml::from_str::<Site>(&text).map_err(|error| error.to_string())
        };
        let check = |optional: &str| check_site(&site(optional).unwrap()).map_err(|error| error.to_string());
        assert_eq!(check(""), Ok(()));
        assert_eq!(check("optional = [\"topic\", \"name\", \"text\"]"), Ok(()));
        assert_eq!(check("optional = [\"contact\"]\nanswer_by_number = true"), Ok(()));
        assert!(check("optional = [\"contact\"]").unwrap_err().contains("answer_by_number = true"));
        let said = site("optional = [\"phone\"]").unwrap_err();
        assert!(said.contains("`phone`") && said.contains("`topic`, `name`, `contact`, `text`"), "{said}");
    }

    #[test]
    fn data_inside_the_site_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let args = Args {
            www: Some(dir.path().to_path_buf()),
            data_dir: Some(dir.path().canonicalize().unwrap().join("data")),
            ..Args::default()
        };
        assert!(Config::load(args).is_err());
    }
}
