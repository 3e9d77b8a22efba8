//! Proof of work by ALTCHA's first protocol: one hash shows that a machine has worked.
//!
//! A challenge names nobody: it is bound to site, network and action by a mark, and to its moment by its salt. Nothing
//! is stored until it is used; then its hash is, until it would have run out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use podskazka::wire::challenge::{Challenge, ProofAction, Solution};

use crate::secret::{self, Hash};
use crate::store::{Store, StoreError};

/// The one algorithm.
const ALGORITHM: &str = "SHA-256";
/// Seconds that a challenge lives: a slow phone works on it for a minute, and the citizen may still look at the form.
const LIFE: i64 = 300;
/// Times the usual work for requests without an origin, which no browser sends.
const NO_BROWSER: u32 = 4;
/// Longest header that is read.
const MAX_HEADER: usize = 2_048;

/// What a challenge is for.
pub struct Binding<'a> {
    pub site: &'a str,
    pub network: [u8; 8],
    pub action: ProofAction,
    /// The request names an origin.
    pub browser: bool,
}

/// A work that was shown.
#[derive(Debug)]
pub struct Shown {
    pub id: Hash,
    pub expires: i64,
}

impl Binding<'_> {
    fn mark(&self, store: &Store) -> Result<String, StoreError> {
        let network = secret::hex(&self.network);
        let text = format!("{}\n{network}\n{:?}\n{}", self.site, self.action, self.browser);
        Ok(short(&store.blind("altcha-for", &text)?))
    }
}

/// A new challenge of so much work.
pub fn make(store: &Store, binding: &Binding, work: u32, now: i64) -> Result<Challenge, StoreError> {
    let maxnumber = if binding.browser { work } else { work.saturating_mul(NO_BROWSER) };
    let salt = format!("{:016x}?expires={}&for={}", secret::random_u64()?, now + LIFE, binding.mark(store)?);
    let number = secret::random_u64()? % (u64::from(maxnumber) + 1);
    let challenge = digest(&salt, number);
    let signature = sign(store, &challenge)?;
    Ok(Challenge { algorithm: ALGORITHM.to_owned(), challenge, maxnumber, salt, signature })
}

/// The work of a header; `None` when it shows none, or none for this request at this moment.
pub fn read(store: &Store, binding: &Binding, header: &str, now: i64) -> Result<Option<Shown>, StoreError> {
    let Some(solution) = parse(header) else { return Ok(None) };
    let Some((expires, bound)) = read_salt(&solution.salt) else { return Ok(None) };
    let right = solution.algorithm == ALGORITHM
        && (now..=now + LIFE).contains(&expires)
        && solution.challenge == digest(&solution.salt, u64::from(solution.number))
        && same(bound, &binding.mark(store)?)
        && same(&solution.signature, &sign(store, &solution.challenge)?);
    Ok(right.then(|| Shown { id: secret::sha256(&[solution.challenge.as_bytes()]), expires }))
}

/// A header of base64 and JSON.
pub fn parse(header: &str) -> Option<Solution> {
    if header.len() > MAX_HEADER {
        return None;
    }
    serde_json::from_slice(&STANDARD.decode(header).ok()?).ok()
}

/// `…?expires=SECONDS&for=MARK`.
fn read_salt(salt: &str) -> Option<(i64, &str)> {
    let (expires, bound) = salt.split_once("?expires=")?.1.split_once("&for=")?;
    Some((expires.parse().ok()?, bound))
}

fn digest(salt: &str, number: u64) -> String {
    secret::hex(&secret::sha256(&[salt.as_bytes(), number.to_string().as_bytes()]))
}

fn sign(store: &Store, challenge: &str) -> Result<String, StoreError> {
    Ok(secret::hex(&store.blind("altcha", challenge)?))
}

fn short(mark: &Hash) -> String {
    secret::hex(mark).get(..32).unwrap_or_default().to_owned()
}

/// Compares hashes of both, so that the time tells nothing about the texts.
fn same(one: &str, two: &str) -> bool {
    secret::sha256(&[one.as_bytes()]) == secret::sha256(&[two.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Options;

    fn solve(challenge: &Challenge) -> Solution {
        let number = (0..=challenge.maxnumber)
            .find(|number| digest(&challenge.salt, u64::from(*number)) == challenge.challenge)
            .unwrap();
        let Challenge { algorithm, challenge, salt, signature, .. } = challenge.clone();
        Solution { algorithm, challenge, number, salt, signature }
    }

    fn header(solution: &Solution) -> String {
        STANDARD.encode(serde_json::to_vec(solution).unwrap())
    }

    fn binding(site: &'static str, network: u8, action: ProofAction) -> Binding<'static> {
        Binding { site, network: [network; 8], action, browser: true }
    }

    #[test]
    fn work_counts_for_its_own_request_in_its_own_time() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), &Options::default()).unwrap();
        let own = binding("pk_zags_2026", 1, ProofAction::Ticket);
        let challenge = make(&store, &own, 200, 1_000).unwrap();
        let good = solve(&challenge);
        let shown = |binding: &Binding, solution: &Solution, now: i64| {
            read(&store, binding, &header(solution), now).unwrap().is_some()
        };
        assert!(shown(&own, &good, 1_001) && shown(&own, &good, 1_300));
        assert!(!shown(&own, &good, 1_301), "run out");
        assert!(!shown(&own, &good, 900), "from the future");
        assert!(!shown(&binding("pk_other_2026", 1, ProofAction::Ticket), &good, 1_001), "another site");
        assert!(!shown(&binding("pk_zags_2026", 2, ProofAction::Ticket), &good, 1_001), "another network");
        assert!(!shown(&binding("pk_zags_2026", 1, ProofAction::Upload), &good, 1_001), "another action");
        assert!(!shown(&Binding { browser: false, ..own }, &good, 1_001), "no browser");
        let own = binding("pk_zags_2026", 1, ProofAction::Ticket);
        let wrong = Solution { number: good.number + 1, ..good.clone() };
        assert!(!shown(&own, &wrong, 1_001));
        // An own salt with an easy number has no signature of ours.
        let salt = good.salt.replace("expires=1300", "expires=1299");
        let forged = Solution { challenge: digest(&salt, 0), number: 0, salt, ..good.clone() };
        assert!(!shown(&own, &forged, 1_001));
        for text in ["", "null", "e30=", "%%%", &"A".repeat(5_000)] {
            assert!(read(&store, &own, text, 1_001).unwrap().is_none());
        }
    }

    #[test]
    fn who_is_no_browser_works_more() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), &Options::default()).unwrap();
        let work = |browser: bool| {
            let binding = Binding { browser, ..binding("", 1, ProofAction::Upload) };
            make(&store, &binding, 1_000, 0).unwrap().maxnumber
        };
        assert_eq!((work(true), work(false)), (1_000, 4_000));
    }
}
