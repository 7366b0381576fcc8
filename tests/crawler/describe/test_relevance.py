"""What makes an article one about the topic: named work, or several fields of it together."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.authorities import Authorities
from crawler.describe.relevance import judge_relevance
from tests.crawler.describe.articles import AUTHORITIES, article, described, passage


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Dân vận khéo ở vùng cao", "Xã có 12 mô hình.", True),
        ("Làm đường mới", "Cán bộ đến từng nhà thuyết phục; các hộ hiến 2.640 m2 đất, góp 300 ngày công.", True),
        ("Nghe dân", "Lãnh đạo xã đối thoại với nhân dân; bà con đồng thuận, tự nguyện dời hàng rào.", True),
        ("Giải chạy", "Gần 200 vận động viên thi đấu, trao huy chương.", False),
        ("Giá chè", "Thương lái mua chè búp tăng 10.000 đồng mỗi cân.", False),
        ("Lễ hội", "Bà con, già làng, người có uy tín dự lễ hội.", False),
        ("Sơ kết", "Huyện sơ kết thực hiện quy chế dân chủ ở cơ sở sáu tháng đầu năm.", True),
        ("Tiếp dân", "Bí thư xã nghe bà con phản ánh, trả lời ngay; 120 ý kiến của dân đã giải quyết; dân tin.", True),
        ("Nhà đại đoàn kết", "Nhà đại đoàn kết trị giá 80 triệu đồng được bàn giao cho hộ nghèo.", False),
        ("Dịch tả lợn", "Huyện vận động các hộ chăn nuôi tiêm phòng, tự nguyện khai báo.", False),
        ("Phòng chống bão", "Huyện kiểm tra hồ đập, di dời 12 hộ.", False),
    ],
)
def test_verdict(title: str, body: str, expected: bool) -> None:
    assert described(body, title=title).relevance.verdict is expected


def test_gap_of_a_phrase_is_bounded() -> None:
    near = described("Các hộ hiến 2.640 m2 đất.").relevance.evidence
    far = described("Các hộ hiến kế hay cho xã về việc chăm lo trẻ em, rồi bàn chuyện đất.").relevance.evidence
    assert (len(near), len(far)) == (1, 0)


def test_one_field_alone_is_not_enough() -> None:
    found = described("Hiến đất, góp đất, nhường đất, góp công, ngày công, chung sức, sức dân.").relevance
    assert not found.verdict


def test_tags_count_a_little() -> None:
    text = article("Hội nghị sơ kết.")
    plain = judge_relevance(text, [passage(text.body)], AUTHORITIES.topic)
    assert plain.score == 0.0


def test_topic_of_the_users_own(tmp_path: Path) -> None:
    file = tmp_path / "rung.toml"
    file.write_text(
        'topic = "rung"\nthreshold = 0.5\n[forest]\ncap = 1.0\n[forest.phrases]\n"trồng rừng" = 1.0\n'
        "[negative]\ncontexts = []\n[negative.weights]\n",
        encoding="utf-8",
    )
    topic = Authorities.load(topic=file).topic
    found = judge_relevance(article("x"), [passage("Dân trồng rừng.")], topic)
    assert (found.topic, found.verdict) == ("rung", True)
