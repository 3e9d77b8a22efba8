//! Who is on the other end: the address that limits count by.

use std::net::IpAddr;

use axum::http::HeaderMap;

/// Address of the connection, put into every request by the accept loop.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The citizen's address: the connection's own, or, when that is a proxy of ours, the last address in
/// `X-Forwarded-For` that is not one. Anything else a client writes into headers changes nothing.
pub fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    if !proxies.contains(&peer) {
        return peer;
    }
    let lists: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    let mut client = peer;
    for text in lists.iter().rev().flat_map(|list| list.rsplit(',')) {
        match text.trim().parse() {
            Ok(address) if proxies.contains(&address) => continue,
            Ok(address) => client = address,
            Err(_) => {}
        }
        break;
    }
    client
}

/// What addresses of one network have in common.
pub type Network = [u8; 8];

/// The network that a request came from, put into it by the limits.
#[derive(Clone, Copy, Debug)]
pub struct Caller(pub Network);

/// The network the address belongs to: IPv4 /24, IPv6 /64. An IPv4 address written as IPv6 counts as IPv4.
pub fn prefix(address: IpAddr) -> Network {
    let mut prefix = [0; 8];
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            // 0000::/8 holds no hosts, so a v4 prefix never equals a v6 one.
            prefix = [0, 0, 0, 0, 4, a, b, c];
        }
        IpAddr::V6(address) => prefix.copy_from_slice(address.octets().split_at(8).0),
    }
    prefix
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(peer: &str, forwarded: &[&str], expected: &str) {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        headers.insert("cf-connecting-ip", "192.0.2.77".parse().unwrap());
        headers.insert("forwarded", "for=192.0.2.77".parse().unwrap());
        assert_eq!(client(ip(peer), &headers, &[ip("10.0.0.1"), ip("10.0.0.2")]), ip(expected));
    }

    #[test]
    fn only_our_proxies_are_believed() {
        check("203.0.113.9", &["192.0.2.1"], "203.0.113.9");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["192.0.2.1"], "192.0.2.1");
        check("10.0.0.1", &["192.0.2.66, 198.51.100.7, 10.0.0.2"], "198.51.100.7");
        check("10.0.0.1", &["192.0.2.66", "198.51.100.7"], "198.51.100.7");
        check("10.0.0.1", &["192.0.2.66, <b>x</b>"], "10.0.0.1");
        check("10.0.0.1", &["192.0.2.66, <b>, 10.0.0.2"], "10.0.0.1");
    }

    #[test]
    fn neighbours_share_a_prefix() {
        assert_eq!(prefix(ip("192.0.2.1")), prefix(ip("192.0.2.200")));
        assert_eq!(prefix(ip("192.0.2.1")), prefix(ip("::ffff:192.0.2.9")));
        assert_ne!(prefix(ip("192.0.2.1")), prefix(ip("192.0.3.1")));
        assert_eq!(prefix(ip("2001:db8::1")), prefix(ip("2001:db8::ffff:1")));
        assert_ne!(prefix(ip("2001:db8::1")), prefix(ip("2001:db8:0:1::1")));
    }
}
