//! What the program does besides serving: settings, operators, copies.

use std::error::Error;
use std::fmt;
use std::fs::{self, File};
use std::future::ready;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use podskazka::ticket::parse_number;

use crate::config::{Config, Site, check_site};
use crate::conformance::{self, Target};
use crate::content::Content;
use crate::files::place::{self, Lacks};
use crate::secret::{self, Hidden};
use crate::store::{
    Anchor, DATABASE, Operator, Options, Role, Store, StoreError, Verdict, migrate_folder, named_files,
};
use crate::vault::Vault;
use crate::{clock, copies, csv_cell, limits, lock};

/// Days of an operator's token without `--days`: renewed each quarter.
const TOKEN_DAYS: i64 = 90;

/// Work besides serving; without a command the program serves.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Read the settings, tell what is wrong, and end
    CheckConfig,
    /// Write a settings file for a first site, and make the first administrator's token
    Init {
        /// What citizens call the site
        #[arg(long, value_name = "TEXT")]
        name: String,
        /// Origin of its pages, such as https://zags.example.ru; may be given several times
        #[arg(long = "origin", value_name = "URL", required = true)]
        origins: Vec<String>,
        /// File to write; an existing one is not touched
        #[arg(long, value_name = "FILE", default_value = "podskazka-server.toml")]
        out: PathBuf,
    },
    /// Make or renew an operator's token; it is shown once. A renewed one keeps the role and the departments that are not named
    Operator {
        /// Name of the operator, as colleagues see it
        name: String,
        /// operator, chief, auditor or admin; a new one is an operator
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
        /// Department whose tickets are seen; may be given several times; a new one sees every department without it
        #[arg(long = "department", value_name = "CODE")]
        departments: Vec<String>,
        /// Every department, also where a renewed one had some
        #[arg(long, conflicts_with = "departments")]
        every_department: bool,
        /// Days the token lives
        #[arg(long, value_name = "DAYS", default_value_t = TOKEN_DAYS)]
        days: i64,
        /// End the operator's token instead
        #[arg(long)]
        revoke: bool,
    },
    /// Erase a ticket for good: its key and its files; prints the act
    Erase {
        /// Such as PS-28T5CY4T-Y
        number: String,
        /// Who decided it
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Why, for the act
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Print the acts of erasures as CSV: keep it apart from the copies of the data
    Acts {
        /// Only those from this day on, such as 2026-11-25
        #[arg(long, value_name = "DAY")]
        since: Option<String>,
    },
    /// Erase again what the acts name: after a copy from before has been brought back
    EraseAgain {
        /// File that `acts` printed
        acts: PathBuf,
    },
    /// Walk the journal and tell whether a row was changed, left out, put in or cut off
    Audit {
        /// May stand there; it is what `audit` does
        #[arg(value_parser = ["verify"])]
        verify: Option<String>,
        /// File that keeps where the journal ended: compared first, then brought up to date. Keep it where nobody who may
        /// write the data may write
        #[arg(long, value_name = "FILE")]
        anchor: Option<PathBuf>,
    },
    /// Make a new key, put every ticket under it, drop the old ones; servers that use the same key file may run meanwhile
    RotateKey,
    /// Ask a server of this API about every promise of the document; makes a few tickets with artificial words
    Conformance {
        /// Such as https://help.example.ru
        url: String,
        /// Key of the site in whose name it asks
        #[arg(long, value_name = "KEY")]
        site_key: Option<String>,
        /// Origin of that site's pages
        #[arg(long, value_name = "URL")]
        origin: Option<String>,
        /// Key with which that site signs who its citizen is: for the rules about the own tickets. In the environment
        /// others do not see it
        #[arg(long, env = "PODSKAZKA_IDENTITY_KEY", hide_env_values = true, value_name = "KEY")]
        identity_key: Option<Hidden>,
        /// Token of an operator, who solves one ticket of the run: for the rules about ratings
        #[arg(long, env = "PODSKAZKA_OPERATOR", hide_env_values = true, value_name = "TOKEN")]
        operator: Option<Hidden>,
    },
    /// Copy every row between SQLite in the data folder and PostgreSQL (`database`), or every file between the data folder
    /// and the bucket (`[files]`), compared by count and sum; every server must be stopped
    MigrateStore {
        /// What to fill: an empty database, or the other place of files; files that are there already are not copied again
        #[arg(long, value_name = "postgres|sqlite|bucket|folder")]
        to: String,
    },
    /// Copy database and files into a new folder while the server runs
    Backup {
        /// Folder to make
        to: PathBuf,
    },
    /// Bring a copy back into an empty data folder, after checking it whole
    Restore {
        /// Folder that `backup` made
        from: PathBuf,
    },
}

/// Runs a command; the text is for the person who called it.
pub fn run(command: Command, config: &Config) -> Result<String, Box<dyn Error>> {
    match command {
        Command::CheckConfig if !faults(config).is_empty() => Err(faults(config).join("\n").into()),
        Command::CheckConfig => match lacking(config)? {
            Some(lacks) => Err(lacks.to_string().into()),
            None => Ok(usable(config)),
        },
        Command::Init { name, origins, out } => init(name, origins, &out, config),
        Command::Operator { name, revoke: true, .. } => {
            let store = Store::open(&config.data_dir, &config.store())?;
            let known = runtime()?.block_on(store.revoke_operator(name.clone()))?;
            if known {
                Ok(format!("The token of {name} has ended."))
            } else {
                Err(format!("there is no operator {name}").into())
            }
        }
        Command::Operator { name, role, departments, every_department, days, .. } => {
            let departments = (every_department || !departments.is_empty()).then_some(departments);
            operator(config, name, role.as_deref(), departments, days)
        }
        Command::Erase { number, by, reason } => erase(config, &number, by, &reason),
        Command::Acts { since } => acts(config, since.as_deref()),
        Command::EraseAgain { acts } => erase_again(config, &acts),
        Command::Audit { verify: _, anchor } => audit(config, anchor.as_deref()),
        Command::RotateKey => rotate(config),
        Command::Conformance { url, site_key, origin, identity_key, operator } => {
            let report = conformance::check(Target { base: url, site_key, origin, identity_key, operator })?;
            let broken = report.broken();
            if broken.is_empty() {
                return Ok(report.text());
            }
            writeln!(std::io::stdout(), "{}", report.text())?;
            Err(format!("{} rule(s) are broken: {}", broken.len(), broken.join(", ")).into())
        }
        Command::MigrateStore { to } => match to.as_str() {
            "postgres" => migrate(config, true),
            "sqlite" => migrate(config, false),
            "bucket" => migrate_files(config, true),
            "folder" => migrate_files(config, false),
            _ => Err("--to must be postgres, sqlite, bucket or folder".into()),
        },
        Command::Backup { .. } | Command::Restore { .. } if config.database.is_some() => {
            Err("the rows are in PostgreSQL: copy them with pg_dump, and the folder `files` beside it".into())
        }
        Command::Backup { to } => copies::backup(&config.data_dir, &to, config.files.is_none()),
        Command::Restore { from } => copies::restore(&from, &config.data_dir, config.files.is_none()),
    }
}

fn usable(config: &Config) -> String {
    let said = config.terms.unsettled(&config.routing, clock::now());
    let notes: String = said.iter().map(|said| format!("\nNote: {said}.")).collect();
    format!(
        "The settings are usable: data in {}, listening on {}, {} site(s), limits {}.{notes}",
        config.data_dir.display(),
        config.listen,
        config.sites.len(),
        if config.limits == limits::Limits::default() { "as shipped" } else { "changed" }
    )
}

/// The settings read, but what they lead to gave no answer: whether they are right is not known.
#[derive(Debug)]
pub struct Untried(String);

impl fmt::Display for Untried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings read, but not all of them could be tried: {}; repeat this when it answers", self.0)
    }
}

impl Error for Untried {}

/// Files that would be missed. A database or a bucket that is away is no fault of the settings, and no proof of them.
fn lacking(config: &Config) -> Result<Option<Lacks>, Untried> {
    let (folder, options, bucket) = (&config.data_dir, config.store(), config.files.as_ref());
    let named =
        named_files(folder, &options).map_err(|cause| Untried(format!("the database is not read ({cause})")))?;
    if named.is_empty() && bucket.is_none() {
        return Ok(None);
    }
    let untried = |cause: StoreError| Untried(format!("{} gives no files ({cause})", place::name(bucket)));
    let depot = place::depot(folder, bucket).map_err(untried)?;
    let looked = async {
        if named.is_empty() {
            return place::reached(&depot).await.map(|()| None);
        }
        place::lacks(&depot, bucket, || ready(named_files(folder, &options))).await
    };
    runtime().map_err(StoreError::Io).map_err(untried)?.block_on(looked).map_err(untried)
}

/// What is wrong with schemas and articles. The server starts all the same: it serves those that read.
fn faults(config: &Config) -> Vec<String> {
    Content::new(config.content.clone()).faults()
}

fn init(name: String, origins: Vec<String>, out: &PathBuf, config: &Config) -> Result<String, Box<dyn Error>> {
    let key = format!("pk_{:016x}", secret::random_u64()?);
    let site = Site { key: key.clone(), name, origins, ..Site::default() };
    check_site(&site)?;
    let sites = toml::to_string(&toml::Table::from_iter([(
        "sites".to_owned(),
        toml::Value::Array(vec![toml::Value::try_from(site)?]),
    )]))?;
    let example = include_str!("../podskazka-server.example.toml");
    let settings = example.split("\n# Sites whose pages").next().unwrap_or(example);
    let mut settings =
        settings.replace("--config podskazka-server.example.toml", &format!("--config {}", out.display()));
    // What was given here is what this start made: the file must lead back to it.
    // Paths in it start at its folder.
    let beside = out.parent().is_none_or(|it| it.as_os_str().is_empty());
    let data_dir = if beside { config.data_dir.clone() } else { std::path::absolute(&config.data_dir)? };
    for (name, value) in [("data_dir", data_dir.display().to_string()), ("listen", config.listen.to_string())] {
        let line = toml::to_string(&toml::Table::from_iter([(name.to_owned(), toml::Value::String(value))]))?;
        let given = settings.lines().map(|it| if it.starts_with(&format!("{name} = ")) { line.trim_end() } else { it });
        settings = given.collect::<Vec<_>>().join("\n");
    }
    let mut file = fs::File::create_new(out)
        .map_err(|error| format!("cannot write {}: {error}; name another file with --out", out.display()))?;
    write!(file, "{settings}\n\n{sites}")?;
    let token = operator(config, "admin".to_owned(), Some("admin"), None, TOKEN_DAYS)?;
    Ok(format!(
        "Wrote {}.\nPut this on the pages, with the address under which they reach this server in data-endpoint:\n\
         <script async type=\"module\" src=\"/podskazka/podskazka.js\" data-site=\"{key}\" data-endpoint=\"https://…/\"></script>\n{token}",
        out.display()
    ))
}

fn operator(
    config: &Config,
    name: String,
    role: Option<&str>,
    departments: Option<Vec<String>>,
    days: i64,
) -> Result<String, Box<dyn Error>> {
    let role =
        role.map(|it| Role::parse(it).ok_or("the role must be operator, chief, auditor or admin")).transpose()?;
    if name.trim().is_empty() || name.chars().count() > 100 {
        return Err("the name must have 1 to 100 characters, for example olga".into());
    }
    if let Some(bad) = departments.iter().flatten().find(|it| it.trim().is_empty() || it.contains(',')) {
        return Err(format!("department \"{bad}\" must be a code without commas, for example passport").into());
    }
    if !(1..=366).contains(&days) {
        return Err("--days must be 1 to 366".into());
    }
    let store = Store::open(&config.data_dir, &config.store())?;
    let runtime = runtime()?;
    // To renew a token is no way to more rights.
    let known = runtime.block_on(store.operator_named(name.clone()))?;
    let (had, saw) = known.map_or((Role::Operator, Vec::new()), |it| (it.role, it.departments));
    let (role, departments) = (role.unwrap_or(had), departments.unwrap_or(saw));
    let seen = if departments.is_empty() { "every department".to_owned() } else { departments.join(", ") };
    let operator = Operator { name: name.clone(), role, departments };
    let token = runtime.block_on(store.add_operator(operator, days))?;
    Ok(format!("Token of {name} ({}; {seen}), valid for {days} days, shown once:\n{}", role.name(), token.text()))
}

fn audit(config: &Config, file: Option<&Path>) -> Result<String, Box<dyn Error>> {
    let known = match file.filter(|path| path.exists()) {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            Some(text.parse::<Anchor>().map_err(|said| {
                format!("{} holds no anchor: {said}; bring the file back from a copy", path.display())
            })?)
        }
        None => None,
    };
    let (verdict, end) = runtime()?.block_on(existing(config)?.verify_audit_since(known))?;
    match verdict {
        Verdict::Whole(rows) => {
            if let Some(path) = file {
                replace(path, &format!("{end}\n"))
                    .map_err(|error| format!("cannot write {}: {error}; name another file", path.display()))?;
            }
            Ok(format!("The journal is whole: {rows} row(s). Its end: {end}"))
        }
        Verdict::Broken(row) => Err(format!("the journal is broken at row {row}").into()),
        Verdict::Cut(row) => Err(format!(
            "the journal ends at row {row}, and the anchor names row {}: rows were cut off its end. Where an older copy was \
             brought back on purpose, put the anchor file away",
            known.map_or(0, |anchor| anchor.row)
        )
        .into()),
    }
}

/// Writes a file whole or not at all.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let beside = path.with_added_extension("new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}

/// The store of a folder that is there: a slip in `--data-dir` makes no new one.
fn existing(config: &Config) -> Result<Store, Box<dyn Error>> {
    opened(config, Store::open)
}

fn opened(config: &Config, open: fn(&Path, &Options) -> Result<Store, StoreError>) -> Result<Store, Box<dyn Error>> {
    if config.database.is_none() && !config.data_dir.join(DATABASE).is_file() {
        return Err(format!("there is no database in {}; correct --data-dir", config.data_dir.display()).into());
    }
    Ok(open(&config.data_dir, &config.store())?)
}

fn erase(config: &Config, number: &str, by: String, reason: &str) -> Result<String, Box<dyn Error>> {
    let number = parse_number(number).ok_or("this is no ticket number; it looks like PS-28T5CY4T-Y")?;
    let store = opened(config, Store::open_freeing)?;
    let erased = runtime()?.block_on(store.erase(number.clone(), by, reason.to_owned()))?;
    let erased = erased.ok_or_else(|| format!("there is no ticket {number}, or it is erased already"))?;
    Ok(format!(
        "Акт об уничтожении персональных данных\nОбращение: {}\nДата и время: {}\nУничтожено: текстов {}, файлов {}; \
         имя, контакт, состояние формы и сведения о браузере\nСпособ: уничтожение ключа шифрования, удаление файлов\n\
         Основание: {}\nРешение: {}\nКопии, сделанные раньше, хранят прежний ключ: повторите в них или удалите их.",
        erased.number, erased.at, erased.texts, erased.files, erased.reason, erased.by
    ))
}

fn acts(config: &Config, since: Option<&str>) -> Result<String, Box<dyn Error>> {
    let day = match since {
        Some(text) => clock::day(text).ok_or("--since must be a day, for example 2026-11-25")?,
        None => 0,
    };
    let acts = runtime()?.block_on(existing(config)?.acts(day * 86_400))?;
    let mut table = "number,at,texts,files,by,reason".to_owned();
    for act in acts {
        let words = [&act.by, &act.reason].map(|text| csv_cell(text));
        table.push_str(&format!("\n{},{},{},{},{}", act.number, act.at, act.texts, act.files, words.join(",")));
    }
    Ok(table)
}

fn erase_again(config: &Config, acts: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(acts).map_err(|error| format!("cannot read {}: {error}", acts.display()))?;
    let (store, runtime) = (opened(config, Store::open_freeing)?, runtime()?);
    let (mut erased, mut known) = (0, 0);
    for (index, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()) {
        let number = line.split(',').next().and_then(parse_number);
        let number = number.ok_or_else(|| format!("line {} begins with no ticket number", index + 1))?;
        let reason = "повтор по акту после возврата копии".to_owned();
        known += 1;
        erased += usize::from(runtime.block_on(store.erase(number, "acts".to_owned(), reason))?.is_some());
    }
    Ok(format!("{erased} ticket(s) of {known} in the acts were still there and are erased now."))
}

fn migrate_files(config: &Config, to_bucket: bool) -> Result<String, Box<dyn Error>> {
    let bucket = config
        .files
        .as_ref()
        .ok_or("name the bucket in the settings: [files]; it stays there until the files have moved")?;
    let store = existing(config)?;
    let _lock = lock(&config.data_dir, true)?;
    let (from, to) = if to_bucket { (None, Some(bucket)) } else { (Some(bucket), None) };
    let [source, target] = [place::depot(&config.data_dir, from)?, place::depot(&config.data_dir, to)?];
    let moved = runtime()?.block_on(async {
        let moved = place::copy_all(&source, &target, &store.named_files().await?).await?;
        // What is lost lies nowhere: the server starts without it, and the log tells of each.
        store.set_files_place(place::name(to)).await?;
        Ok::<_, StoreError>(moved)
    })?;
    let (from, to) = (place::name(from), place::name(to));
    if !moved.whole() {
        return Err(
            format!("{moved}\nBring these back into {from} from a copy and repeat; the others are in {to}.").into()
        );
    }
    let next = if to_bucket { "" } else { " Take [files] out of the settings." };
    Ok(format!(
        "{moved}\nBoth sides are equal. The files lie in {to};{next} those in {from} were left: delete them when you will."
    ))
}

fn migrate(config: &Config, to_postgres: bool) -> Result<String, Box<dyn Error>> {
    let database = config.database.as_ref().ok_or("name the PostgreSQL: PODSKAZKA_DATABASE")?;
    if to_postgres && !config.data_dir.join(DATABASE).is_file() {
        return Err(format!("there is no database in {}; correct --data-dir", config.data_dir.display()).into());
    }
    fs::create_dir_all(&config.data_dir)?;
    let (_lock, _alone) = (lock(&config.data_dir, true)?, exchanging(config)?);
    let copied = migrate_folder(&config.data_dir, &database.0, to_postgres)?;
    let lines: Vec<String> =
        copied.iter().map(|it| format!("{:<12} {:>9} row(s)  {}", it.table, it.rows, it.sum)).collect();
    Ok(format!("{}\nBoth sides are equal. The files and the key file stay where they are.", lines.join("\n")))
}

/// Held by whoever needs the keys to stay as they are, or exchanges them.
fn exchanging(config: &Config) -> Result<File, Box<dyn Error>> {
    let file = File::create(config.data_dir.join("exchange"))?;
    file.try_lock()
        .map_err(|_| "the key is being exchanged, or the database moved, by another command; wait for its end")?;
    Ok(file)
}

fn rotate(config: &Config) -> Result<String, Box<dyn Error>> {
    drop(existing(config)?);
    let _alone = exchanging(config)?;
    let path = config.store().key_path(&config.data_dir);
    // Both keys stand in the file until every ticket is under the new one: a break in between loses nothing.
    let vault = Vault::open(&path)?.with_new_key()?;
    let count = runtime()?.block_on(existing(config)?.rewrap())?;
    vault.without_old_keys()?;
    Ok(format!(
        "{count} ticket(s) are under a new key in {}. Copies made earlier need the earlier file.",
        path.display()
    ))
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
