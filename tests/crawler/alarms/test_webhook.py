"""Sending alarms to a real server."""

from __future__ import annotations

import socket

import pytest

from archive.errors import UsageError
from crawler.alarms.webhook import send, shown_address
from tests.crawler.alarms.listener import Listener

MESSAGE = {"text": "Báo Mẫu: hỏng"}


def test_message_arrives_as_json() -> None:
    with Listener() as listener:
        assert send(f"http://{listener.host}/hook?key=secret", MESSAGE) is None
    assert listener.messages == [MESSAGE]
    assert listener.asked == ["POST /hook?key=secret"]
    assert listener.headers["Content-Type"] == "application/json; charset=utf-8"


def test_name_and_password_of_an_address_are_sent_as_a_header() -> None:
    with Listener() as listener:
        assert send(f"http://nam:m%40t@{listener.host}/", MESSAGE) is None
    assert listener.headers["Authorization"] == "Basic bmFtOm1AdA=="


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_refusal_is_a_line_without_the_secret(status: int) -> None:
    with Listener(status) as listener:
        problem = send(f"http://user:secret@{listener.host}/secret?key=secret#secret", MESSAGE)
    assert problem is not None
    assert f"the webhook http://{listener.host}/… answered HTTP {status}" in problem
    assert "secret" not in problem
    assert "\n" not in problem


def test_redirect_is_not_followed() -> None:
    with Listener() as other, Listener(302, {"Location": f"http://{other.host}/"}) as listener:
        problem = send(f"http://{listener.host}/", MESSAGE)
    assert "answered HTTP 302" in str(problem)
    assert other.asked == []


def test_silent_server_is_given_up() -> None:
    with Listener(hangs=True) as listener:
        assert "no answer in time" in str(send(f"http://{listener.host}/secret", MESSAGE, timeout=0.3))


def test_nobody_there_is_a_line() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        problem = send(f"http://127.0.0.1:{unused.getsockname()[1]}/secret", MESSAGE)
    assert "was not reached" in str(problem)
    assert "secret" not in str(problem)


def test_address_that_cannot_be_asked_is_a_line_without_it() -> None:
    problem = send("http://127.0.0.1:9/se cret\x7f", MESSAGE)
    assert "was not reached (InvalidURL)" in str(problem)
    assert "cret" not in str(problem)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://hooks.test/services/T1/B2/secret", "https://hooks.test/…"),
        ("https://user:secret@hooks.test:8443/?key=secret", "https://hooks.test:8443/…"),
        ("http://[::1]:8080/secret", "http://[::1]:8080/…"),
    ],
)
def test_secrets_of_an_address_are_not_shown(address: str, shown: str) -> None:
    assert shown_address(address) == shown


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://hooks.test/", "hooks.test/x", "http://", "http://x:port/", "//[", "data:,x"],
)
def test_other_addresses_are_refused_without_being_shown(address: str) -> None:
    with pytest.raises(UsageError, match=r"^DANVAN_WEBHOOK: is no http or https address"):
        send(address, MESSAGE)
