"""Addresses: where a request may go, judged by the address that is connected to.

In: a host and a port. Out: a connected socket, or Refused. It must not know what is asked for.

A name is resolved once, each address it has is judged, and the socket is connected to the judged address itself: a
name that answers differently the next time (DNS rebinding) gains nothing. Proxies of the environment are not used,
for behind one nobody here could tell which address is asked.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRIED = 4  # addresses of one host
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # NAT64: the last 32 bits are an IPv4 address


class Refused(Exception):
    """The request is not made or not finished, for a reason that can be told: one sentence."""


class NowhereToGo(Refused):
    """There is no address to connect to, whatever would be asked."""


def public(address: Address) -> bool:
    """Whether an address belongs to the public internet: not private, loopback, link-local, reserved or multicast,
    nor the wrapping of one that is."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        wrapped = [one for one in inner if one is not None]
        if wrapped:
            return all(public(one) for one in wrapped)
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    )


def connect(host: str, port: int, seconds: float) -> socket.socket:
    """A socket connected to one of the host's public addresses. Raises Refused, or OSError when none answers."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NowhereToGo(f"the name {host} cannot be resolved") from error
    fit = [one for one in found if public(ipaddress.ip_address(str(one[4][0]).partition("%")[0]))]
    if not fit:
        which = ", ".join(sorted({str(one[4][0]) for one in found} - {host}))
        raise NowhereToGo(f"{host} is no address of the public internet{f' ({which})' if which else ''}")
    failure: OSError | None = None
    for family, kind, protocol, _, where in fit[:_TRIED]:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(seconds)
            sock.connect(where)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure or OSError("no address answers")
