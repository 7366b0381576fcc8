"""axe-core in a real browser: no page has a serious fault of accessibility, in either language, wide or narrow.

axe-core (MPL-2.0) is fetched by npm into .conformance/ and never committed; make test has a check of its own.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end import browser, library
from tests.end_to_end.conftest import crawled  # noqa: F401 (a fixture)
from tests.end_to_end.running import Danvan

pytestmark = [pytest.mark.conformance, pytest.mark.browser]
CONFORMANCE = Path(__file__).parents[2] / ".conformance"
PATHS = (
    "/", "/?q=d%C3%A2n", "/?q=khongco", "/?q=zz:a", "/officials",
    "/officials/3", "/localities", "/localities?q=tan+son", "/localities/d167", "/localities/n19", "/portals",
    "/portals/demo-thainguyen", "/coverage", "/coverage?portal=demo-thainguyen", "/contexts?q=d%C3%A2n",
    "/trends?q=d%C3%A2n&with=hi%E1%BA%BFn", "/figures", "/help", "/api/docs",
)  # fmt: skip


@pytest.fixture(scope="module")
def axe() -> str:
    """The script, unpacked from npm's package."""
    CONFORMANCE.mkdir(exist_ok=True)
    npm = shutil.which("npm")
    assert npm, "npm is missing: apt-get install npm"
    packed = subprocess.run([npm, "pack", "axe-core@4", "--silent"], cwd=CONFORMANCE, capture_output=True, text=True,
                            check=True, timeout=120)  # fmt: skip
    with tarfile.open(CONFORMANCE / packed.stdout.strip().splitlines()[-1]) as archive:
        found = archive.extractfile("package/axe.min.js")
        assert found
        return found.read().decode()


@pytest.fixture(scope="module")
def address(
    crawled: Danvan,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    with library.opened(crawled.home, tmp_path_factory.mktemp("axe")) as found:
        yield found


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_has_a_serious_fault(axe: str, address: str, tmp_path: Path, language: str, width: int) -> None:
    found: dict[str, Any] = {}
    with browser.page(tmp_path) as page:
        page.set_viewport_size({"width": width, "height": 900})
        changed = library.changed_path(page, address)
        for path in (*PATHS, f"{changed}?q=x%C3%B3m", f"{changed}/versions"):
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            page.evaluate(axe)
            faults = page.evaluate("axe.run().then((result) => result.violations)")
            serious = [(one["id"], one["nodes"][0]["html"][:160]) for one in faults
                       if one["impact"] in ("serious", "critical", "moderate")]  # fmt: skip
            if serious:
                found[path] = serious
    assert found == {}
