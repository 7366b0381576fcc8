"""archive/README.md: its dictionary is the schema, and its script follows the archive and misses nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import archive
from archive.ledger import Verdict, add_capture
from archive.models import Base
from archive.repository import Archive
from archive.saving import save_article
from archive.settings import Home
from archive.views import VIEWS
from tests import postgres
from tests.archive import build

README = (Path(archive.__file__).parent / "README.md").read_text(encoding="utf-8")
SCRIPT = re.search(r"```python\n(.*?)```", README, re.DOTALL)


def test_dictionary_is_the_schema() -> None:
    sections = re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", README, re.MULTILINE | re.DOTALL)
    written = {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in sections}
    assert written == {table.name: [column.name for column in table.columns] for table in Base.metadata.sorted_tables}


@pytest.mark.parametrize("view", VIEWS)
def test_view_is_explained(view: str) -> None:
    assert f"| `{view}` |" in README


def follow(folder: Path, address: str) -> dict[str, object]:
    """Run the script once; the articles it now knows."""
    assert SCRIPT
    script = folder / "follow.py"
    script.write_text(SCRIPT[1], encoding="utf-8")
    state = folder / "state.json"
    done = subprocess.run(
        [sys.executable, str(script), address, str(state)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    if not state.exists():
        return {}
    found: dict[str, object] = json.loads(state.read_text())["articles"]
    return found


def living(opened: Archive) -> dict[str, int]:
    return {str(article.id): article.version for article in opened.all_articles() if article.removed_at is None}


def versions(followed: dict[str, object]) -> dict[str, int]:
    return {key: value["version"] for key, value in followed.items()}  # type: ignore[index]


def live(opened: Archive, address: str, folder: Path) -> None:
    """Articles come, change and go; after each step the follower knows what the archive knows."""
    assert follow(folder, address) == {}
    ids = []
    for number in range(5):
        url = f"https://mau.test/{number}.html"
        ids.append(opened.save(build.entry(url), build.text(url=url), build.description()).article_id)
    assert versions(follow(folder, address)) == living(opened)
    later = build.NOON + timedelta(days=1)
    url = "https://mau.test/3.html"
    opened.save(build.entry(url, later), build.text(url=url, body="Sửa."), build.description())
    opened.remove(ids[1], later)
    followed = follow(folder, address)
    assert versions(followed) == living(opened)
    assert len(followed) == 4
    assert follow(folder, address) == followed


def test_script_follows_sqlite(tmp_path: Path) -> None:
    with build.new_archive(tmp_path / "home") as opened:
        live(opened, str(opened.home.database_file), tmp_path)


@pytest.mark.postgres
def test_script_follows_postgresql_with_two_writers_out_of_order(tmp_path: Path) -> None:
    with postgres.server() as address:
        home = Home(folder=tmp_path / "home", database_url=address.replace("postgresql://", "postgresql+psycopg://"))
        opened, _ = Archive.create(home)
        with opened:
            opened.store_portals([build.PORTAL])
            live(opened, address, tmp_path)
            slow_url, fast_url = "https://mau.test/slow.html", "https://mau.test/fast.html"
            with opened._engine.begin() as slow:
                capture_id = add_capture(slow, build.entry(slow_url), Verdict(kind="article"))
                text, said = build.text(url=slow_url), build.description()
                save_article(slow, portal="mau", url_key=slow_url, text=text, description=said, province="Thái Nguyên",
                             capture_id=capture_id, seen_at=build.NOON)  # fmt: skip
                opened.save(build.entry(fast_url), build.text(url=fast_url), build.description())
                follow(tmp_path, address)
            assert versions(follow(tmp_path, address)) == living(opened)


def test_script_is_about_forty_lines() -> None:
    assert SCRIPT
    assert len([line for line in SCRIPT[1].splitlines() if line.strip()]) <= 45
