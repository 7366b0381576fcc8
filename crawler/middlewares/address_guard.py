"""No request reaches a private address, whatever a portal's DNS or redirects say.

The check runs on the address that is connected to, so that a name cannot point elsewhere between look-up and
connection. Scrapy takes the resolver from the project's settings only; a spider's own setting is ignored.
"""

from __future__ import annotations

import ipaddress
from typing import Any, ClassVar

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet.

    >>> [is_public(a) for a in ("1.1.1.1", "127.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "10.0.0.1")]
    [True, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_global


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing every address that is not public unless the settings allow it."""

    allows_private = False
    refused: ClassVar[dict[str, str]] = {}  # name → why; Twisted reports no more than "no results for hostname lookup"

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> GuardedResolver:
        resolver: GuardedResolver = super().from_crawler(crawler, reactor)
        resolver.allows_private = crawler.settings.getbool("DANVAN_ALLOW_PRIVATE_ADDRESSES")
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        found: Deferred[str] = super().getHostByName(name, timeout)
        found.addCallback(self._checked, name)
        return found

    def _checked(self, address: str, name: str) -> str:
        if self.allows_private or is_public(address):
            return address
        self.refused[name] = f"{name} points to the private address {address}; refused"
        raise DNSLookupError(self.refused[name])
