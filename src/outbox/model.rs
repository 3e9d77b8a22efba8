//! Whole lives of letters over a network that loses a third of everything: tabs are killed and opened in the middle of whatever
//! they do, the server forgets what it may forget, clocks jump. In the end every letter is one ticket, and every file is whole.

use std::collections::{BTreeMap, VecDeque};

use super::*;

const LETTERS: u32 = 6;
const TABS: usize = 2;
const SEEDS: u64 = 2_000;
/// Days on the wall: everything must be over long before a letter is given up.
const SPAN: f64 = LIFE / 3.0;

/// xorshift: the same row of numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn chance(&mut self) -> f64 {
        self.roll(1_000) as f64 / 1_000.0
    }
}

#[derive(Clone, Debug)]
struct Slot {
    key: u64,
    size: f64,
    token: Option<u64>,
    picture: bool,
}

/// A letter as it lies in the storage.
#[derive(Clone, Debug)]
struct Parcel {
    at: f64,
    slots: Vec<Slot>,
}

#[derive(Default)]
struct Server {
    /// By letter: tokens and sizes of the files it came with.
    tickets: BTreeMap<Id, (Vec<Option<u64>>, Vec<f64>)>,
    /// By key of the file: bytes that are there.
    begun: BTreeMap<u64, f64>,
    /// By key: token of a file that is whole, and its size.
    whole: BTreeMap<u64, (u64, f64)>,
    tokens: u64,
    /// Bytes of files that came.
    bytes: f64,
}

impl Server {
    /// Takes a part of a file; what of it is there.
    fn take(&mut self, key: u64, size: f64, from: f64, bytes: f64) -> Reply<'static> {
        if let Some((token, _)) = self.whole.get(&key) {
            return answered(*token);
        }
        let Some(begun) = self.begun.get_mut(&key) else { return Reply { status: 404, ..Reply::default() } };
        if *begun != from {
            return Reply { status: 409, offset: Some(*begun), ..Reply::default() };
        }
        self.bytes += bytes;
        *begun += bytes;
        if *begun < size {
            return Reply { status: 204, offset: Some(*begun), ..Reply::default() };
        }
        self.begun.remove(&key);
        self.finish(key, size)
    }

    fn finish(&mut self, key: u64, size: f64) -> Reply<'static> {
        self.tokens += 1;
        let (token, _) = *self.whole.entry(key).or_insert((self.tokens, size));
        answered(token)
    }

    fn ticket(&mut self, id: Id, tokens: &[Option<u64>]) -> Reply<'static> {
        if let Some((first, _)) = self.tickets.get(&id) {
            // Another body under the same key is refused.
            return Reply { status: if first == tokens { 201 } else { 422 }, ..Reply::default() };
        }
        let (mut sizes, mut unknown) = (Vec::new(), 0);
        for (place, token) in tokens.iter().enumerate() {
            match self.whole.values().find(|it| Some(it.0) == *token) {
                Some((_, size)) => sizes.push(*size),
                None => unknown |= 1 << place,
            }
        }
        if unknown != 0 {
            return Reply { status: 422, unknown, ..Reply::default() };
        }
        self.tickets.insert(id, (tokens.to_vec(), sizes));
        Reply { status: 201, ..Reply::default() }
    }
}

/// The token stands in `wait`, which a success does not use.
fn answered(token: u64) -> Reply<'static> {
    Reply { status: 201, token: true, wait: token as f64, ..Reply::default() }
}

/// A page with the panel open.
struct Tab {
    outbox: Outbox,
    /// Letters in memory.
    parcels: BTreeMap<Id, Parcel>,
    todo: VecDeque<Action>,
    last: Reply<'static>,
    timer: Option<f64>,
    wants: bool,
}

struct World {
    dice: Dice,
    server: Server,
    storage: BTreeMap<Id, Parcel>,
    turn: Option<usize>,
    tabs: Vec<Tab>,
    wall: f64,
    clock: f64,
    jump: f64,
    keys: u64,
    /// Bytes of files that left a page, lost ones too; breaks after which some may go again.
    sent: f64,
    breaks: f64,
    /// Sizes of all files of a letter, and of those that were to stay behind.
    written: BTreeMap<Id, Vec<f64>>,
    left: Vec<(Id, f64)>,
    bad: bool,
}

impl World {
    fn now(&mut self) -> Now {
        Now { wall: self.wall + self.jump, clock: self.clock, chance: self.dice.chance() }
    }

    fn tell(&mut self, tab: usize, event: Event) {
        let now = self.now();
        if let Some(tab) = self.tabs.get_mut(tab) {
            let out = tab.outbox.handle(event, now);
            tab.todo.extend(out);
        }
    }

    fn open(&mut self, tab: usize) {
        self.breaks += 1.0;
        let fresh = Tab {
            outbox: Outbox::default(),
            parcels: BTreeMap::new(),
            todo: VecDeque::new(),
            last: Reply::default(),
            timer: None,
            wants: false,
        };
        if self.turn == Some(tab) {
            self.turn = None;
        }
        if tab < self.tabs.len() {
            self.tabs[tab] = fresh;
        } else {
            self.tabs.push(fresh);
        }
        self.tell(tab, Event::Wake);
    }

    /// What lies in the storage is told.
    fn look(&mut self, tab: usize) {
        let gone: Vec<Id> =
            self.tabs[tab].parcels.keys().copied().filter(|id| !self.storage.contains_key(id)).collect();
        for id in gone {
            self.tabs[tab].parcels.remove(&id);
            self.tell(tab, Event::Gone { id });
        }
        for (id, parcel) in self.storage.clone() {
            self.tabs[tab].parcels.insert(id, parcel.clone());
            self.add(tab, id, &parcel);
        }
    }

    fn add(&mut self, tab: usize, id: Id, parcel: &Parcel) {
        self.tell(tab, Event::Letter { id, at: parcel.at, refused: false });
        for slot in &parcel.slots {
            self.tell(tab, Event::File { id, size: slot.size, there: slot.token.is_some(), picture: slot.picture });
        }
    }

    fn write(&mut self, tab: usize, id: Id) {
        let slots = (0..self.dice.roll(4)).map(|at| {
            self.keys += 1;
            Slot { key: self.keys, size: self.dice.roll(4 * SLICE as u64) as f64 + 1.0, token: None, picture: at == 0 }
        });
        let parcel = Parcel { at: self.wall + self.jump, slots: slots.collect() };
        self.written.insert(id, parcel.slots.iter().map(|it| it.size).collect());
        self.storage.insert(id, parcel.clone());
        self.tabs[tab].parcels.insert(id, parcel.clone());
        self.add(tab, id, &parcel);
        self.tell(tab, Event::Press { id });
    }

    /// A request goes: it, or its answer, may be lost; of a slice, a part may come.
    fn send(&mut self, tab: usize, id: Id, slot: Option<usize>, part: Option<(f64, f64)>) {
        let Some(parcel) = self.tabs[tab].parcels.get(&id).cloned() else { return };
        let fate = if self.bad { self.dice.roll(10) } else { 9 };
        self.breaks += f64::from(u8::from(matches!(fate, 0 | 1 | 2 | 4)));
        let reply = match slot.and_then(|it| parcel.slots.get(it)) {
            _ if fate == 0 => Reply::default(),
            // The service is busy.
            _ if fate == 4 => Reply { status: 503, wait: 3.0, ..Reply::default() },
            None => {
                let tokens: Vec<_> = parcel.slots.iter().map(|it| it.token).collect();
                self.server.ticket(id, &tokens)
            }
            Some(slot) => match part {
                Some((from, to)) => {
                    assert!(to - from <= SLICE);
                    self.sent += to - from;
                    let cut = if fate == 1 { self.dice.roll((to - from) as u64 + 1) as f64 } else { to - from };
                    let reply = self.server.take(slot.key, slot.size, from, cut);
                    if fate == 1 { Reply::default() } else { reply }
                }
                None if slot.size > SLICE => {
                    if let Some((token, _)) = self.server.whole.get(&slot.key) {
                        answered(*token)
                    } else {
                        let offset = *self.server.begun.entry(slot.key).or_insert(0.0);
                        Reply { status: 201, offset: Some(offset), ..Reply::default() }
                    }
                }
                None => {
                    self.sent += slot.size;
                    if !self.server.whole.contains_key(&slot.key) {
                        self.server.bytes += slot.size;
                    }
                    self.server.finish(slot.key, slot.size)
                }
            },
        };
        let reply = if fate == 2 { Reply::default() } else { reply };
        self.tabs[tab].last = reply;
        self.tell(tab, Event::Reply(reply));
    }

    /// Does the next thing that a tab has to do.
    fn step(&mut self, tab: usize) -> bool {
        if self.tabs[tab].wants && self.turn.is_none() {
            self.tabs[tab].wants = false;
            self.turn = Some(tab);
            self.look(tab);
            self.tell(tab, Event::Turn);
            return true;
        }
        let Some(action) = self.tabs[tab].todo.pop_front() else { return false };
        let last = self.tabs[tab].last;
        match action {
            Action::Take => self.tabs[tab].wants = true,
            Action::Leave => {
                assert_eq!(self.turn, Some(tab), "only who has the turn gives it back");
                self.turn = None;
            }
            Action::Whole { id, slot } | Action::Begin { id, slot } => self.send(tab, id, Some(slot), None),
            Action::Slice { id, slot, from, to } => self.send(tab, id, Some(slot), Some((from, to))),
            Action::Words(id) => self.send(tab, id, None, None),
            Action::There { id, slot } => self.change(tab, id, |it| it.slots[slot].token = Some(last.wait as u64)),
            Action::Lose { id, slot } => {
                self.left.push((id, self.tabs[tab].parcels.get(&id).map_or(0.0, |it| it.slots[slot].size)));
                self.change(tab, id, |it| {
                    it.slots.remove(slot);
                });
            }
            Action::Anew { id, slot } => self.change(tab, id, |it| it.slots[slot].token = None),
            Action::Save(id) => {
                if let Some(parcel) = self.tabs[tab].parcels.get(&id) {
                    self.storage.insert(id, parcel.clone());
                }
            }
            Action::Sent(id) => {
                self.tabs[tab].parcels.remove(&id);
                self.storage.remove(&id);
            }
            Action::Returned(id) | Action::Kept(id) | Action::Refused { id, .. } => panic!("letter {id} came back"),
            Action::Timer(ms) => self.tabs[tab].timer = Some(self.clock + ms),
            Action::Still => self.tabs[tab].timer = None,
            Action::Waits(_) | Action::Count(_) => {}
        }
        true
    }

    fn change(&mut self, tab: usize, id: Id, change: impl FnOnce(&mut Parcel)) {
        if let Some(parcel) = self.tabs[tab].parcels.get_mut(&id) {
            change(parcel);
        }
    }

    /// The time goes to the next timer.
    fn rest(&mut self) -> bool {
        let due = self.tabs.iter().enumerate().filter_map(|(tab, it)| Some((it.timer?, tab)));
        let Some((at, tab)) = due.min_by(|a, b| a.0.total_cmp(&b.0)) else { return false };
        self.wall += (at - self.clock).max(0.0);
        self.clock = self.clock.max(at);
        self.tabs[tab].timer = None;
        self.tell(tab, Event::Wake);
        true
    }
}

fn live(seed: u64) -> World {
    let mut world = World {
        dice: Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
        server: Server::default(),
        storage: BTreeMap::new(),
        turn: None,
        tabs: Vec::new(),
        wall: 1e12,
        clock: 0.0,
        jump: 0.0,
        keys: 0,
        sent: 0.0,
        breaks: 0.0,
        written: BTreeMap::new(),
        left: Vec::new(),
        bad: true,
    };
    (0..TABS).for_each(|tab| world.open(tab));
    let (mut written, mut sweeps) = (0, 0);
    for _ in 0..2_000 {
        let tab = world.dice.roll(TABS as u64) as usize;
        match world.dice.roll(60) {
            0 => world.open(tab),
            1 if written < LETTERS => {
                written += 1;
                world.write(tab, written);
            }
            2 => world.tell(tab, Event::Wake),
            // A clock is set.
            3 => world.jump = (world.dice.chance() - 0.5) * SPAN,
            // Files that nobody has sent are swept away, and so is what was begun.
            4 if sweeps < 2 && world.dice.roll(10) == 0 => {
                sweeps += 1;
                world.server.whole.clear();
                world.server.begun.clear();
            }
            5 => {
                world.rest();
            }
            6 if written > 0 => {
                let id = world.dice.roll(u64::from(written)) as Id + 1;
                world.tell(tab, Event::Bare { id });
            }
            _ => {
                world.step(tab);
            }
        }
    }
    for id in written + 1..=LETTERS {
        world.write(0, id);
    }
    // The network is good again: it ends by itself.
    world.bad = false;
    for _ in 0..100_000 {
        let busy = (0..TABS).filter(|tab| world.step(*tab)).count() > 0;
        if !busy && !world.rest() {
            break;
        }
    }
    world
}

#[test]
fn every_letter_is_one_ticket_and_every_file_is_whole() {
    for seed in 1..=SEEDS {
        let mut world = live(seed);
        assert!(world.storage.is_empty(), "seed {seed}: {:?} still waits", world.storage);
        for tab in &world.tabs {
            assert!(tab.parcels.is_empty(), "seed {seed}: a tab holds on to {:?}", tab.parcels);
        }
        assert_eq!(world.server.tickets.len(), LETTERS as usize, "seed {seed}");
        for (id, (_, sizes)) in &world.server.tickets {
            let mut expected = world.written.remove(id).unwrap_or_default();
            // What was asked to stay behind may have gone all the same: another tab was quicker.
            expected.retain(|size| sizes.contains(size) || !world.left.contains(&(*id, *size)));
            assert_eq!(*sizes, expected, "seed {seed}, letter {id}");
        }
        // A break costs a slice and no more.
        let again = world.sent - world.server.bytes;
        assert!(again <= world.breaks * SLICE, "seed {seed}: {again} bytes went again over {} breaks", world.breaks);
    }
}
