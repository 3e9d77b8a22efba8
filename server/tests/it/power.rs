//! A power cut, on a disk that loses whatever was not synced.
//!
//! The program runs with `power.c`, which writes down what it does to the files of its folder. A cut is then any place
//! of that record: what was synced before it is there; of the rest each sector of 512 bytes is there, is not, or is
//! noise, and names of files are entered up to some point. One run is cut in many places.
//!
//! A file that was synced has its name, as on ext4 and XFS; any other change of a folder is sure once the folder was
//! synced. Folders themselves are taken to be there.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use podskazka_server::limits::Limits;
use podskazka_server::store::{DATABASE, Options, Verdict};
use podskazka_server::{Config, Store};
use serde_json::{Value, json};

use crate::Rows;
use crate::app::{Answer, Instance, Process, agent, config, created, key, program, sample, send};

/// Letters after the log of the database has been worked off for the first time.
const MORE: usize = 150;
/// A disk writes no less.
const SECTOR: usize = 512;
const FILE: &[u8] = "приложено к письму".as_bytes();

/// One line of the record.
struct Step {
    kind: u8,
    inode: u64,
    place: usize,
    data: Vec<u8>,
    /// Where the record goes on.
    end: u64,
}

impl Step {
    fn paths(&self) -> (&Path, &Path) {
        let text = std::str::from_utf8(&self.data).unwrap();
        let (from, to) = text.split_once('\0').unwrap_or((text, ""));
        (Path::new(from), Path::new(to))
    }
}

fn read(record: &Path) -> Vec<Step> {
    let bytes = fs::read(record).unwrap();
    let (mut rest, mut steps) = (bytes.as_slice(), Vec::new());
    // The last line breaks off where the process was killed.
    while let Some((head, body)) = rest.split_first_chunk::<25>() {
        let number = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().unwrap());
        let Some((data, next)) = body.split_at_checked(usize::try_from(number(17)).unwrap()) else { break };
        rest = next;
        let end = (bytes.len() - rest.len()).try_into().unwrap();
        let place = usize::try_from(number(9)).unwrap();
        steps.push(Step { kind: head[0], inode: number(1), place, data: data.to_vec(), end });
    }
    steps
}

/// Bytes of a file: those that are sure, and what was done since.
#[derive(Default)]
struct Content<'a> {
    sure: Vec<u8>,
    loose: Vec<&'a Step>,
}

/// What a cut leaves of a change that was not synced.
#[derive(Clone, Copy)]
enum Rest {
    Nothing,
    All,
    Some(u64),
}

impl Rest {
    fn draw(&mut self, below: u64) -> u64 {
        let Rest::Some(state) = self else { return 0 };
        // SplitMix64.
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) % below
    }
}

fn write(bytes: &mut Vec<u8>, place: usize, data: &[u8]) {
    bytes.resize(bytes.len().max(place + data.len()), 0);
    bytes[place..place + data.len()].copy_from_slice(data);
}

impl Content<'_> {
    fn sync(&mut self) {
        for step in std::mem::take(&mut self.loose) {
            match step.kind {
                b'W' => write(&mut self.sure, step.place, &step.data),
                _ => self.sure.resize(step.place, 0),
            }
        }
    }

    fn after(mut self, rest: &mut Rest) -> Vec<u8> {
        match rest {
            Rest::Nothing => {}
            Rest::All => self.sync(),
            Rest::Some(_) => {
                for step in std::mem::take(&mut self.loose) {
                    if step.kind != b'W' {
                        if rest.draw(2) == 0 {
                            self.sure.resize(step.place, 0);
                        }
                        continue;
                    }
                    let (mut at, mut left) = (step.place, step.data.as_slice());
                    while !left.is_empty() {
                        let (sector, next) = left.split_at(left.len().min(SECTOR - at % SECTOR));
                        match rest.draw(5) {
                            0 | 1 => write(&mut self.sure, at, sector),
                            2 => write(&mut self.sure, at, &vec![0xa5; sector.len()]),
                            _ => {}
                        }
                        (at, left) = (at + sector.len(), next);
                    }
                }
            }
        }
        self.sure
    }
}

/// The folder as a disk has it.
#[derive(Default)]
struct Disk<'a> {
    files: Vec<Content<'a>>,
    inodes: HashMap<u64, usize>,
    names: BTreeMap<PathBuf, usize>,
    /// Changes of folders that are not sure yet; with a new name goes its file.
    loose: Vec<(&'a Step, usize)>,
}

impl<'a> Disk<'a> {
    /// After these steps. `liar` is the end of names whose syncs do nothing.
    fn after(steps: &'a [Step], liar: Option<&str>) -> Disk<'a> {
        let mut disk = Disk::default();
        for step in steps {
            let file = disk.inodes.get(&step.inode).copied();
            match step.kind {
                b'C' => {
                    disk.inodes.insert(step.inode, disk.files.len());
                    disk.loose.push((step, disk.files.len()));
                    disk.files.push(Content::default());
                }
                b'W' | b'T' => disk.files[file.unwrap()].loose.push(step),
                b'S' => {
                    let file = file.unwrap();
                    disk.enter(|step, of| step.kind == b'C' && of == file);
                    let lies = |(path, of): (&PathBuf, &usize)| {
                        *of == file && liar.is_some_and(|end| path.to_str().unwrap().ends_with(end))
                    };
                    if !disk.names.iter().any(lies) {
                        disk.files[file].sync();
                    }
                }
                b'D' => {
                    let folder = step.paths().0;
                    disk.enter(|step, _| {
                        let (from, to) = step.paths();
                        [from, to].iter().any(|path| path.parent() == Some(folder))
                    });
                }
                kind => {
                    assert!(b"RLU".contains(&kind), "{kind}");
                    disk.loose.push((step, 0));
                }
            }
        }
        disk
    }

    fn enter(&mut self, sure: impl Fn(&Step, usize) -> bool) {
        for (step, file) in std::mem::take(&mut self.loose) {
            if sure(step, file) { self.change(step, file) } else { self.loose.push((step, file)) }
        }
    }

    fn change(&mut self, step: &Step, file: usize) {
        let (from, to) = step.paths();
        let old = if step.kind == b'L' { self.names.get(from).copied() } else { self.names.remove(from) };
        match step.kind {
            b'C' => drop(self.names.insert(from.to_owned(), file)),
            b'R' | b'L' => drop(old.map(|old| self.names.insert(to.to_owned(), old))),
            _ => {}
        }
    }

    /// What is found when the power is back: the files of `from`.
    fn found(mut self, from: &Path, mut rest: Rest) -> BTreeMap<PathBuf, Vec<u8>> {
        let most = self.loose.len();
        let kept = match rest {
            Rest::Nothing => 0,
            Rest::All => most,
            Rest::Some(_) => usize::try_from(rest.draw(most as u64 + 1)).unwrap(),
        };
        for (step, file) in std::mem::take(&mut self.loose).into_iter().take(kept) {
            self.change(step, file);
        }
        let files: Vec<_> = self.files.into_iter().map(|file| file.after(&mut rest)).collect();
        let names = self.names.iter().map(|(path, file)| {
            let inside = path.strip_prefix(from).unwrap().to_owned();
            (inside, files[*file].clone())
        });
        // The index of the log is no file for keeps: whoever opens the database first makes it anew.
        names.filter(|(path, _)| !path.to_str().unwrap().ends_with("-shm")).collect()
    }
}

fn lay(files: &BTreeMap<PathBuf, Vec<u8>>, folder: &Path) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A letter whose answer came, and where the record was then.
struct Letter {
    key: String,
    body: String,
    answer: Value,
    mark: u64,
}

/// Sends letters, some with a file, and kills the process; every answer is a 201.
fn run(folder: &Path, record: &Path) -> Vec<Letter> {
    let library = record.with_extension("so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/power.c");
    let made = Command::new("cc").args(["-O1", "-shared", "-fPIC", "-o"]).args([&library, &source]).status().unwrap();
    assert!(made.success());
    let mut command = program(folder);
    let settings = record.with_extension("toml");
    let none = "{ burst = 0, per_minute = 0 }";
    fs::write(&settings, format!("[limits.ticket]\naddress = {none}\nsite = {none}\ntoken = {none}\n")).unwrap();
    command.arg("--config").arg(settings).args(["--listen", "127.0.0.1:0"]);
    command.env("LD_PRELOAD", library).env("POWER_FOLDER", folder).env("POWER_LOG", record);
    let mut process = Process::of(command);
    let (sent, last) = (AtomicUsize::new(0), OnceLock::new());
    let worked_off = || fs::metadata(folder.join(DATABASE)).is_ok_and(|it| it.len() > 1 << 20);
    let post = |path: &str, key: &str, body: &[u8]| {
        send(&agent(), &format!("{}{path}", process.base), "POST", &[("idempotency-key", key)], body)
    };
    let citizen = || {
        let mut letters = Vec::new();
        loop {
            let turn = sent.fetch_add(1, Ordering::Relaxed);
            if worked_off() && turn >= *last.get_or_init(|| turn + MORE) {
                return letters;
            }
            let mut letter = sample();
            letter["text"] = json!("Поле не принимает номер. ".repeat(150));
            if turn.is_multiple_of(40) {
                letter["uploads"] = json!([post("/v1/uploads", &key(), FILE).ok(201)["token"]]);
            }
            let (key, body) = (key(), letter.to_string());
            let answer = post("/v1/tickets", &key, body.as_bytes()).ok(201);
            letters.push(Letter { key, body, answer, mark: fs::metadata(record).unwrap().len() });
        }
    };
    let letters = std::thread::scope(|scope| {
        let citizens: Vec<_> = (0..8).map(|_| scope.spawn(citizen)).collect();
        citizens.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    process.kill();
    letters
}

/// How many of these letters are in no row.
fn lost(folder: &Path, letters: &[&Letter]) -> usize {
    let rows = Rows::open(folder);
    let numbers = rows.text("SELECT coalesce(group_concat(number), '') FROM tickets");
    let numbers: std::collections::HashSet<&str> = numbers.split(',').collect();
    letters.iter().filter(|letter| !numbers.contains(letter.answer["number"].as_str().unwrap())).count()
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged_and_leaves_nothing_half() {
    let number = |name: &str, otherwise: u64| std::env::var(name).map_or(otherwise, |it| it.parse().unwrap());
    let (cuts, seed) = (number("CUTS", 8), number("SEED", 1));
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().canonicalize().unwrap().join("data");
    fs::create_dir(&folder).unwrap();
    let record = dir.path().join("record");
    let letters = run(&folder, &record);
    let steps = read(&record);

    // The record has missed nothing.
    for (path, bytes) in Disk::after(&steps, None).found(&folder, Rest::All) {
        assert!(fs::read(folder.join(&path)).unwrap() == bytes, "{}", path.display());
    }
    // On a disk whose log of the database keeps nothing, letters are lost: these tests would see it.
    let all: Vec<&Letter> = letters.iter().collect();
    let liar = dir.path().join("liar");
    lay(&Disk::after(&steps, Some("-wal")).found(&folder, Rest::Nothing), &liar);
    assert!(lost(&liar, &all) > 0);

    let first = steps.iter().position(|step| step.end >= letters[0].mark).unwrap();
    let inode = fs::metadata(folder.join(DATABASE)).unwrap();
    let inode = std::os::unix::fs::MetadataExt::ino(&inode);
    // Where the log is worked off, and everywhere.
    let pages: Vec<usize> = (first..steps.len()).filter(|at| steps[*at].inode == inode).collect();
    assert!(!pages.is_empty(), "the log was never worked off");
    let mut draw = Rest::Some(seed);
    let mut below = |most: usize| usize::try_from(draw.draw(most as u64)).unwrap();
    for cut in 0..cuts {
        let at = if cut % 2 == 0 { pages[below(pages.len())] } else { first + below(steps.len() - first) };
        let rest = if cut % 4 == 3 { Rest::Nothing } else { Rest::Some(seed.wrapping_add(cut)) };
        let image = dir.path().join("image");
        lay(&Disk::after(&steps[..at], None).found(&folder, rest), &image);
        check(
            &image,
            &letters,
            at.checked_sub(1).map_or(0, |last| steps[last].end),
            &format!("SEED={seed}, cut {cut}"),
        );
        fs::remove_dir_all(&image).unwrap();
    }
    println!("{cuts} power cuts in {} steps, {} letters", steps.len(), letters.len());
}

/// The folder as it was found, for a server that starts over it.
fn check(image: &Path, letters: &[Letter], cut: u64, place: &str) {
    let (mut sure, open): (Vec<_>, Vec<_>) = letters.iter().partition(|letter| letter.mark <= cut);
    sure.sort_by_key(|letter| letter.mark);
    let server = Instance::with(Config { limits: Limits::none(), ..config(image) });
    assert_eq!(lost(image, &sure), 0, "{place}");
    let again = |letter: &Letter| {
        let answer = server.ticket(&letter.key, &serde_json::from_str(&letter.body).unwrap());
        let replayed = answer.header("idempotency-replayed") == "true";
        (replayed, answer)
    };
    for letter in sure.iter().rev().take(16) {
        let (replayed, answer) = again(letter);
        assert!(replayed, "{place}");
        assert_eq!(answer.json(), letter.answer, "{place}");
    }
    // Whoever had no answer sends once more and has one ticket, unless the file was lost before it.
    for letter in open.iter().filter(|letter| !letter.body.contains("uploads")).take(16) {
        assert_eq!(again(letter).1.status, 201, "{place}");
    }
    for letter in sure.iter().filter(|letter| letter.body.contains("uploads")) {
        whole(&server, &again(letter).1, place);
    }
    drop(server);
    let rows = Rows::open(image);
    assert_eq!(rows.text("PRAGMA integrity_check"), "ok", "{place}");
    for other in ["SELECT ticket_id FROM events WHERE seq = 1", "SELECT ticket_id FROM idempotency"] {
        let half = format!("SELECT CAST(count(*) AS TEXT) FROM tickets WHERE id NOT IN ({other})");
        assert_eq!(rows.text(&half), "0", "{place}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = Store::open(image, &Options::default()).unwrap();
    assert!(matches!(runtime.block_on(store.verify_audit()).unwrap(), Verdict::Whole(_)), "{place}");
}

/// The file of a ticket comes out of quarantine as it was sent.
fn whole(server: &Instance, receipt: &Answer, place: &str) {
    let (number, token) = created(receipt);
    let page = format!("/v1/tickets/{number}");
    let file = server.checked(&page, &token);
    assert_eq!(file["state"], "clean", "{place}");
    let file = server.get(&format!("{page}/attachments/{}", file["id"]), Some(&token));
    assert_eq!((file.status, file.bytes.as_slice()), (200, FILE), "{place}");
}
