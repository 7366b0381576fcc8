"""Makes the PDF files of tests/data/attachments, of text of our own.

python -m tests.crawler.attachments.make_files   needs Debian's chromium, fonts-dejavu, pypdf and fpdf2 (not ours)
"""

from __future__ import annotations

import subprocess
import tempfile
import unicodedata
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "data" / "attachments"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
_HEAD = '<html lang="vi"><meta charset="utf-8"><style>body{font:12pt "DejaVu Serif"} .c{columns:2} td{border:1px solid}</style>'
SENTENCE = (
    "Thực hiện Nghị quyết số 25-NQ/TW ngày 3/6/2013 của Ban Chấp hành Trung ương, Ủy ban nhân dân huyện Định Hóa xây "
    "dựng kế hoạch tổ chức phong trào thi đua trên địa bàn toàn huyện, gắn với xây dựng nông thôn mới và giữ gìn đoàn "
    "kết ở khu dân cư."
)
PAGES = {
    "plan": _HEAD + f"""<h1>KẾ HOẠCH thực hiện phong trào thi đua “Dân vận khéo” năm 2024</h1><p>{SENTENCE}</p>
<p>Các xã, thị trấn đăng ký ít nhất hai mô hình, trong đó có mô hình trồng chè hữu cơ ở xóm Đồng Ghềnh; kinh phí hỗ trợ từ
quỹ khuyến nông.</p><table><tr><td>Xã</td><td>Số mô hình</td></tr><tr><td>Phú Đình</td><td>1.759</td></tr></table>
<div class=c><p>Cột thứ nhất nói về nước sạch và đường bê tông liên xóm, do nhân dân hiến đất mở rộng.</p><p>Cột thứ hai
nói về nhà văn hóa, thư viện và câu lạc bộ đàn tính của người Tày.</p></div></html>""",
    "plan-changed": _HEAD + f"""<h1>KẾ HOẠCH (điều chỉnh)</h1><p>{SENTENCE}</p><p>Bổ sung mô hình nuôi ong lấy mật ở xóm Khuôn
Nhà.</p></html>""",
    "scan": '<html><svg width=600 height=400><rect width=600 height=400 fill="#ddd"/><circle cx=200 cy=200 r=90 /></svg></html>',
}  # fmt: skip


def main() -> None:
    """Write every file anew."""
    with tempfile.TemporaryDirectory() as folder:
        for name, page in PAGES.items():
            source = Path(folder) / f"{name}.html"
            source.write_text(page, encoding="utf-8")
            _print(source, FOLDER / f"{name}.pdf")
    _lock("plan.pdf", "locked.pdf", "mật khẩu")
    _lock("plan.pdf", "owner.pdf", "")
    _decomposed(FOLDER / "nfd.pdf")


def _print(source: Path, target: Path) -> None:
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    subprocess.run(["chromium", *options, str(source)], check=True, capture_output=True, timeout=60)


def _lock(source: str, target: str, password: str) -> None:
    """With an empty password everybody reads it; printing and the like are locked."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=FOLDER / source)
    writer.encrypt(password, "chủ nhân")
    writer.write(FOLDER / target)


def _decomposed(target: Path) -> None:
    """Justified lines whose letters and marks are apart."""
    import fpdf

    file = fpdf.FPDF()
    file.add_page()
    file.add_font("dejavu", fname=FONT)
    file.set_font("dejavu", size=12)
    file.multi_cell(0, text=unicodedata.normalize("NFD", SENTENCE), align="J")
    file.output(target)


if __name__ == "__main__":
    main()
