"""Sending a message to a web address: one POST of JSON, and no more than a line where it fails."""

from __future__ import annotations

import json
import urllib.request
from base64 import b64encode
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urlsplit

from archive.errors import UsageError

# Chat services answer within a second; a crawl's end must not hang on one that does not.
TIMEOUT_SECONDS = 10.0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """urllib would turn a redirected POST into a GET without its body."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


def send(address: str, message: dict[str, Any], timeout: float = TIMEOUT_SECONDS) -> str | None:
    """Post a message; None, or what went wrong in one line, without the address's secrets."""
    shown = shown_address(address)
    parts = urlsplit(address)
    plain = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "danvan"} | _credentials(parts)
    data = json.dumps(message, ensure_ascii=False).encode()
    request = urllib.request.Request(plain, data=data, headers=headers, method="POST")
    try:
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=timeout):
            return None
    except HTTPError as error:
        error.close()
        return f"the webhook {shown} answered HTTP {error.code}; `danvan schedule alarm-test` tries it again"
    except URLError as error:
        why = str(error.reason)
    except (OSError, HTTPException, ValueError) as error:  # their words may hold the address
        why = "no answer in time" if isinstance(error, TimeoutError) else type(error).__name__
    return f"the webhook {shown} was not reached ({why}); `danvan schedule alarm-test` tries it again"


def shown_address(address: str) -> str:
    """Scheme and host: paths and queries of webhooks are their secrets. UsageError for what is no web address."""
    parts = _parts(address)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("DANVAN_WEBHOOK: is no http or https address; set it to one, or take it away")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}/…"


def _credentials(parts: SplitResult) -> dict[str, str]:
    """Name and password of an address, which urllib does not understand, as a header (RFC 7617)."""
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts
