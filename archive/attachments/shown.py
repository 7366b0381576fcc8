"""An attachment as one line of the screen."""

from __future__ import annotations

from archive.attachments.records import Attachment


def attachment_line(file: Attachment) -> str:
    """Label, address, what it is, by which capture, and what is wrong with it if anything is.

    >>> attachment_line(Attachment(id=1, url="https://mau.test/a.pdf", role="document", label="Kế hoạch", position=0,
    ...                            version=1, gone_at=None, failure="HTTP 404"))
    '[tệp] Kế hoạch · https://mau.test/a.pdf · not captured: HTTP 404'
    """
    said = [file.label, file.url, file.media_type, _pages(file.pages)]
    if file.captured_at is None:
        said.append(f"not captured: {file.failure}" if file.failure else "not captured yet")
    else:
        said.append(f"capture {file.capture_id} of {file.captured_at.isoformat()}")
        said.append(f"the last time not got: {file.failure}" if file.failure else None)
    said += [file.text_problem, f"not on the page since {file.gone_at.isoformat()}" if file.gone_at else None]
    return f"[{'ảnh' if file.role == 'image' else 'tệp'}] " + " · ".join(filter(None, said))


def _pages(count: int | None) -> str | None:
    return None if count is None else f"{count:,} page{'s' if count != 1 else ''}"
