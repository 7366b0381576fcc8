"""Kills crawls, imports and replays at random moments, and compares what is archived in the end with unbroken runs.

make soak                    at least 100 kills, on SQLite and on PostgreSQL
KILLS=20 SEED=7 make soak    fewer, at the moments of another seed

An episode begins with an empty archive (a replay: with a crawled one), is killed until a run ends by itself, and is
then compared. Exit code 1 if any archive differs or anything is left over.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, text

from archive.settings import current_home
from crawler.demo.server import DemoServer
from tests import postgres
from tests.end_to_end.running import Danvan
from tests.soak.contents import contents, differences, faults

KILLS = int(os.environ.get("KILLS") or 102)
SEED = int(os.environ.get("SEED") or 2025)
# A topic with other weights: replayed by it every article's score is written anew.
_TOPIC = Path(__file__).parents[2] / "archive" / "authorities" / "dan-van.toml"


class Soak:
    """One engine's episodes."""

    def __init__(self, engine: str, server: DemoServer, folder: Path, new_database: Callable[[], str | None]) -> None:
        self.engine, self.server, self.folder, self._new_database = engine, server, folder, new_database
        self.pick = random.Random(f"{SEED} {engine}")
        self.kills = Counter[str]()
        self.problems: list[str] = []
        self._serial = 0

    def archive(self) -> Danvan:
        """A new, empty archive."""
        self._serial += 1
        home = self.folder / f"{self.engine}-{self._serial}"
        home.mkdir()
        danvan = Danvan(home, self.server)
        if url := self._new_database():
            danvan.environment["DANVAN_DATABASE_URL"] = url
        danvan.run("init")
        return danvan

    def run(self, activity: str, wanted: int) -> None:
        """Episodes of one activity until so many kills have hit."""
        prepare = {"crawl": self._crawl, "import": self._import, "replay": self._replay}[activity]
        whole, command = prepare()
        start = time.monotonic()
        whole.run(*command)
        seconds = time.monotonic() - start
        expected = contents(_url(whole))
        while self.kills[activity] < wanted:
            danvan, command = prepare()
            kills = 0
            while self._killed(danvan, command, seconds):
                kills += 1
            self.kills[activity] += kills
            told = [*differences(expected, contents(_url(danvan))), *faults(_url(danvan), danvan.home / "warc")]
            self.problems += [f"{self.engine}, {activity}: {line}" for line in told]
            verified = danvan.run("verify", code=None)
            if verified.returncode:
                self.problems.append(f"{self.engine}, {activity}: verify: {verified.stdout[-300:]}")
            print(
                f"  {self.engine:<10} {activity:<7} {kills:3} kills, then whole: {'no' if told else 'yes'}", flush=True
            )
            shutil.rmtree(danvan.home)

    def _killed(self, danvan: Danvan, command: list[str], seconds: float) -> bool:
        """Start it and kill it at a random moment; False if it ended before."""
        process = danvan.start(*command)
        try:
            process.wait(timeout=self.pick.uniform(0.2, seconds))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return True
        _, err = process.communicate()
        if process.returncode not in (0, 1):
            self.problems.append(f"{self.engine}, {command[0]}: exit code {process.returncode}: {err[-300:]}")
        return False

    def _crawl(self) -> tuple[Danvan, list[str]]:
        return self.archive(), ["crawl", *self.server.base_urls]

    def _import(self) -> tuple[Danvan, list[str]]:
        files = self.folder / f"{self.engine}-files"
        if not files.exists():
            source, command = self._crawl()
            source.run(*command)
            shutil.copytree(source.home / "warc", files)
        return self.archive(), ["import", *map(str, sorted(files.iterdir()))]

    def _replay(self) -> tuple[Danvan, list[str]]:
        danvan, command = self._crawl()
        danvan.run(*command)
        topic = danvan.home / "topic.toml"
        topic.write_text(_TOPIC.read_text(encoding="utf-8").replace("threshold = ", "threshold = 0.2 #"), "utf-8")
        danvan.environment["DANVAN_TOPIC"] = str(topic)
        return danvan, ["replay", "--keep", "all"]


def _url(danvan: Danvan) -> str:
    url = danvan.environment.get("DANVAN_DATABASE_URL")
    return url.replace("postgresql://", "postgresql+psycopg://") if url else current_home(danvan.home).database_url


def main() -> int:
    start, each = time.monotonic(), -(-KILLS // 6)
    print(f"at least {each * 6} kills, seed {SEED}")
    problems, kills = list[str](), Counter[str]()
    now = datetime.now(UTC)
    with (
        tempfile.TemporaryDirectory() as folder,
        DemoServer(seconds_an_answer=0.01, clock=lambda: now) as server,
        postgres.server() as url,
    ):
        made = Counter[str]()

        def new_database() -> str:
            made["databases"] += 1
            name = f"soak{made['databases']}"
            engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            engine.dispose()
            return url.rsplit("/", 1)[0] + f"/{name}"

        for engine, database in (("sqlite", lambda: None), ("postgresql", new_database)):
            soak = Soak(engine, server, Path(folder), database)
            for activity in ("crawl", "import", "replay"):
                soak.run(activity, each)
            problems += soak.problems
            kills.update({f"{engine} {name}": count for name, count in soak.kills.items()})
    print(f"{kills.total()} kills ({', '.join(f'{name} {count}' for name, count in kills.items())})")
    print(f"{time.monotonic() - start:.0f} s; every archive whole" if not problems else "\n".join(problems))
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
