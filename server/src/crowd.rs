//! How many one network holds at once: a few machines must not take the places of a whole country.
//!
//! Rates alone do not see it: whoever sends little and slowly holds places for long. The machine itself and proxies of ours
//! stand for many and are not counted.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::peer::{self, Network};

/// Places of each network.
#[derive(Clone)]
pub struct Crowd {
    most: usize,
    held: Arc<Mutex<HashMap<Network, usize>>>,
}

/// A place, free again when it is dropped; not counted where there is nobody to count.
pub struct Place(Option<(Network, Crowd)>);

impl Drop for Place {
    fn drop(&mut self) {
        let Some((network, crowd)) = &self.0 else { return };
        let mut held = crowd.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(network) {
            *count -= 1;
            if *count == 0 {
                held.remove(network);
            }
        }
    }
}

impl Crowd {
    /// At most so many for each network; 0 is no limit.
    pub fn new(most: usize) -> Crowd {
        Crowd { most, held: Arc::default() }
    }

    /// A place for the address; `None` where its network holds all that it may.
    pub fn enter(&self, address: IpAddr, proxies: &[IpAddr]) -> Option<Place> {
        if self.most == 0 || address.to_canonical().is_loopback() || proxies.contains(&address) {
            return Some(Place(None));
        }
        let network = peer::prefix(address);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(network).or_insert(0);
        if *count >= self.most {
            return None;
        }
        *count += 1;
        drop(held);
        Some(Place(Some((network, self.clone()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_its_places_and_others_have_theirs() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let crowd = Crowd::new(2);
        let enter = |text: &str| crowd.enter(ip(text), &[ip("10.0.0.1")]);
        let (one, two) = (enter("192.0.2.1"), enter("192.0.2.200"));
        assert!(one.is_some() && two.is_some());
        assert!(enter("192.0.2.7").is_none(), "a third of the same network");
        assert!(enter("192.0.3.7").is_some(), "another network");
        assert!(enter("::ffff:192.0.2.7").is_none(), "the same in another spelling");
        for many in ["127.0.0.1", "::1", "10.0.0.1"] {
            let all: Vec<_> = (0..5).map(|_| enter(many)).collect();
            assert!(all.iter().all(Option::is_some), "{many} stands for many");
        }
        drop(one);
        assert!(enter("192.0.2.7").is_some());
        drop(two);
        assert!(crowd.held.lock().unwrap().is_empty(), "nothing is kept of who has left");
        assert!(Crowd::new(0).enter(ip("192.0.2.1"), &[]).is_some());
    }
}
