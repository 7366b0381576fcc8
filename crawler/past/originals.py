"""The capture that holds a revisit's payload: by digest, else by the address and date it names."""

from __future__ import annotations

from archive.errors import StorageError
from archive.past.captures import read_capture
from archive.past.stored import StoredResponse, UnusableRecordError
from archive.records import Capture
from archive.repository import Archive
from crawler.past.located import locate
from spiders.registry import Registry

MISSING = "the capture it refers to is missing"


def original_of(response: StoredResponse, archive: Archive, registry: Registry) -> StoredResponse:
    """The response itself, or the one its revisit record stands for; UnusableRecordError where it is missing."""
    if response.refers_to is None:
        return response
    capture = _find(response, archive, registry)
    if capture is None:
        raise UnusableRecordError(MISSING, response.url)
    try:
        return read_capture(archive.home.warc, capture)
    except StorageError as error:
        raise UnusableRecordError(f"{MISSING}: {error}", response.url) from error


def _find(response: StoredResponse, archive: Archive, registry: Registry) -> Capture | None:
    refers_to = response.refers_to
    assert refers_to is not None
    if refers_to.digest and (found := archive.past.original(refers_to.digest)):
        return found
    if refers_to.url and refers_to.at and (at := locate(refers_to.url, registry)):
        return archive.past.capture_at(at.url_key if at.is_article else refers_to.url, refers_to.at)
    return None
