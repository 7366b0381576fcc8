"""Writes the fuzzer's first inputs: small pages of each form, and the words that markup and texts are made of."""

from __future__ import annotations

import sys
from pathlib import Path

PARAGRAPHS = (
    "Đồng chí Nguyễn Văn An, Ủy viên Ban Thường vụ Tỉnh ủy, Bí thư Huyện ủy Định Hóa, phát biểu tại hội nghị.",
    "Ngày 31/12/2024, các xã: Phú Đình, Bình Yên (huyện Định Hóa cũ) có 1.759 mô hình, 16/22 xã đạt chuẩn, 2,5 tỷ đồng.",
    "Theo Nghị quyết số 25-NQ/TW ngày 3/6/2013, ông K'Brể, nguyên Phó Chủ tịch Thường trực HĐND kiêm Trưởng ban, cho biết.",
    "Tại thôn Bản Cái, TP. Thái Nguyên, bà con hiến 3.500 m2 đất; hai mươi mốt hộ nghèo; tăng 38,6% so với năm trước.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TITLE = "Dân vận khéo ở huyện Định Hóa"
PAGES = {
    "form": f"<title>{TITLE}</title><h1>{TITLE}</h1><div>Thứ hai, 4/3/2024 | 2:26:47 PM</div>{BODY}<p>Hải Hằng</p>",
    "mediasoft": f"<div id=site_id>a</div><h1 class=title>{TITLE}</h1><span class=date>Lan 11:43, 10/07/2024</span>"
    f"<div class='content-detail cate_A'>{BODY}<table class=image><tr><td><img><tr><td class=desc>Ảnh</table></div>",
    "aspnet": f"<div class=singlepage><div class=grid-header><ul><span>4/3/2024</span></ul></div><h1>{TITLE}</h1>"
    f"<div id=divContent>{BODY}<p>Các tin khác</p><ul><li><a href=x>a</a></ul></div></div>",
    "jsonld": '<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + TITLE
    + '","datePublished":"2024-07-10T11:43:00Z","author":[{"name":"Lan"}]}</script>' + BODY,
    "meta": f'<meta property="og:title" content="{TITLE}"><meta property="article:published_time" '
    f'content="2024-07-10T11:43:00+07:00"><h2>{TITLE}</h2>{BODY}',
    "tcvn3": "<font face='.VnTime'>" + "D©n vËn khÐo ë x·, cña c¸c ®ång chÝ ®­îc " * 20 + "</font>",
    "list": "<a href='/a-1.html'>Dân vận</a>" * 20,
}  # fmt: skip
WORDS = (
    "<p>", "</p>", "<div>", "</div>", "<br>", "<table>", "<tr>", "<td>", "<a href=x>", "<img>", "<h1>", "<script>",
    "<style>", "<!--", "-->", "&nbsp;", "&#272;", "class=related", "style='display:none'", "itemprop=author",
    "đồng chí ", "Bí thư ", "Chủ tịch ", "Phó ", "UBND ", "Tỉnh ủy ", "huyện ", "xã ", "(", ")", " cũ)", "các xã: ",
    "31/02/2024", "12:61", "năm 2568", "hôm qua", "ngày 30 tháng 2", "tỷ đồng", "%", "/", "1.759", "16/22", " kiêm ",
    "nguyên ", "Nghị quyết số ", "-NQ/TW", "Tác giả: ", "Bài, ảnh: ", "Cập nhật: ", " | ", "“", "”", "\u0301", "\u200b",
)  # fmt: skip


def main(folder: Path) -> None:
    """Write the pages, each behind the byte that chooses an address, and the dictionary."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, page) in enumerate(PAGES.items()):
        (folder / name).write_bytes(bytes([number % 3]) + page.encode("latin-1" if name == "tcvn3" else "utf-8"))
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    folder.with_suffix(".dict").write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
