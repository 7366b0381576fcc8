"""Keys by which web archives index addresses (SURT): the host turned round, then path and sorted query.

>>> surt("https://www.BaoThaiNguyen.vn/Chinh-tri/?b=2&a=1#top")
'vn,baothainguyen)/chinh-tri?a=1&b=2'
>>> surt("http://mau.test:8080/tin/../a.html?sid=0123456789abcdef0123456789abcdef&id=7")
'test,mau:8080)/a.html?id=7'
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

_PARTS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<host>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?")
_PORTS = {"http": "80", "https": "443"}
_IPV4 = re.compile(r"(?:0[0-7]*|[1-9]\d{0,2})(?:\.(?:0[0-7]*|[1-9]\d{0,2})){3}")
_WWW = re.compile(r"^www\d*\.")
# Session numbers that name a visitor, not a page; the forms that archives have agreed on.
_IN_PATH = (
    re.compile(r"^(.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^?]+\.aspx.*)$"),
    re.compile(r"^(.*/)(?:\([0-9a-z]{24}\)/)([^?]+\.aspx.*)$"),
)
_IN_QUERY = (
    re.compile(r"^(.*)(?:jsessionid=[0-9a-z]{32})(?:&(.*))?$"),
    re.compile(r"^(.*)(?:phpsessid=[0-9a-z]{32})(?:&(.*))?$"),
    re.compile(r"^(.*)(?:sid=[0-9a-z]{32})(?:&(.*))?$"),
    re.compile(r"^(.*)(?:aspsessionid[a-z]{8}=[a-z]{24})(?:&(.*))?$"),
    re.compile(r"^(.*)(?:cfid=[^&]+&cftoken=[^&]+)(?:&(.*))?$"),
)


def surt(url: str) -> str:
    """The key of an address; an address that is none of the web's is its own key."""
    found = _PARTS.match(re.sub(r"[\t\r\n]", "", url.strip()))
    if not found:
        return url
    key = f"{_host(found['host'], found['scheme'].lower())}){_path(found['path'])}"
    query = _query(found["query"] or "")
    return f"{key}?{query}" if query else key


def _host(netloc: str, scheme: str) -> str:
    host, _, port = netloc.rpartition("@")[2].lower().rpartition(":")
    if not host or "]" in port:
        host, port = (host + ":" if host else "") + port, ""
    parts = [host.strip("[]")] if host.startswith("[") else _WWW.sub("", _plain_host(host)).split(".")
    name = ",".join(reversed(parts))
    return name if port in ("", _PORTS.get(scheme)) else f"{name}:{port}"


def _plain_host(host: str) -> str:
    """A host in its one written form: IDNA, and an IPv4 number in four decimal parts."""
    plain = host.strip(".")
    if plain.isascii() and plain.isdigit() and int(plain) < 1 << 32:
        return ".".join(str(int(plain) >> shift & 255) for shift in (24, 16, 8, 0))
    if _IPV4.fullmatch(plain):
        return ".".join(str(int(part, 8 if part.startswith("0") else 10)) for part in plain.split("."))
    try:
        return plain if plain.isascii() else plain.encode("idna").decode()
    except UnicodeError:
        return plain


def _path(path: str) -> str:
    steps: list[str] = []
    for step in _escaped(path).split("/")[1:]:
        if step == ".." and steps:
            steps.pop()
        elif step != ".":
            steps.append(step)  # a step up at the top stays, as it does in other archives' keys
    plain = "/" + "/".join(filter(None, steps)) + ("/" if path.endswith("/") else "")
    for pattern in _IN_PATH:
        plain = pattern.sub(lambda found: found[1] + found[2], plain.lower())
    return plain.lower().rstrip("/") or "/"


def _query(query: str) -> str:
    plain = _escaped(query).lower()
    for pattern in _IN_QUERY:
        plain = pattern.sub(lambda found: found[1] + (found[2] or ""), plain)
    return "&".join(sorted(plain.split("&"), key=lambda pair: pair.partition("="))) if plain else ""


def _escaped(text: str) -> str:
    """Escapes undone until none is left, then made once for what cannot stand in an address."""
    raw, before = text.encode("utf-8", "surrogateescape"), b""
    while raw != before:
        raw, before = unquote_to_bytes(raw), raw
    return "".join(chr(byte) if 0x20 < byte < 0x7F and byte not in b"#%" else f"%{byte:02X}" for byte in raw)
