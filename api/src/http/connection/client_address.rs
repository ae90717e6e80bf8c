//! The address of the client that a request comes from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName};

/// The client of a request without a connection, as in tests.
const NOBODY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The address of the client: that of the connection, or the last one in `header`, which a trusted proxy sets.
pub(crate) fn client_address(request: &Request, header: Option<&HeaderName>) -> IpAddr {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let told = header.and_then(|header| told(request.headers(), header));
    network(told.or(connection).unwrap_or(NOBODY))
}

fn told(headers: &HeaderMap, header: &HeaderName) -> Option<IpAddr> {
    let last = headers.get_all(header).iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// One client has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        IpAddr::V4(address) => IpAddr::V4(address),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn of(told: &[&str], header: Option<&str>) -> String {
        let mut request = Request::builder();
        for line in told {
            request = request.header("x-forwarded-for", *line);
        }
        let mut request = request.body(Body::empty()).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 4000))));
        client_address(&request, header.map(|name| name.parse().expect("a name")).as_ref()).to_string()
    }

    #[test]
    fn the_last_address_of_a_trusted_header_counts() {
        assert_eq!(of(&["198.51.100.7"], None), "192.0.2.1", "nobody is trusted");
        let trusted = Some("X-Forwarded-For");
        assert_eq!(of(&["203.0.113.9, 198.51.100.7"], trusted), "198.51.100.7");
        assert_eq!(of(&["203.0.113.9", "198.51.100.7:4711"], trusted), "198.51.100.7");
        assert_eq!(of(&["::ffff:198.51.100.7"], trusted), "198.51.100.7");
        assert_eq!(of(&["2001:db8:1:2:3:4:5:6"], trusted), "2001:db8:1:2::");
        assert_eq!(of(&["nobody"], trusted), "192.0.2.1");
        assert_eq!(of(&[], trusted), "192.0.2.1");
    }
}
