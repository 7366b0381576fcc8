"""The pages' words in Vietnamese and English; the key is what it is for."""

from __future__ import annotations

from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")

MESSAGES: dict[str, tuple[str, str]] = {
    "site": ("Kho lưu trữ tin dân vận", "Dân vận news archive"),
    "search": ("Tìm", "Search"),
    "search_label": ("Từ khóa", "Words"),
    "search_hint": (
        "Ví dụ: \"dân vận khéo\" nơi:\"Định Hóa\" ngày:2023..2024. Gõ không dấu để tìm mọi dấu.",
        "Example: \"dân vận khéo\" locality:\"Định Hóa\" date:2023..2024. Type without tones to match all tones.",
    ),
    "locality": ("Địa phương", "Locality"),
    "official": ("Cán bộ", "Official"),
    "portal": ("Trang báo", "Portal"),
    "from": ("Từ ngày", "From"),
    "to": ("Đến ngày", "To"),
    "sort": ("Sắp xếp", "Sort"),
    "sort_relevance": ("phù hợp nhất", "most relevant"),
    "sort_newest": ("mới nhất", "newest"),
    "sort_oldest": ("cũ nhất", "oldest"),
    "sort_locality": ("theo địa phương", "by locality"),
    "tones": ("Dấu", "Tones"),
    "tones_auto": ("theo cách gõ", "as typed"),
    "tones_exact": ("đúng dấu", "exact"),
    "tones_folded": ("bỏ dấu", "ignored"),
    "hits": ("kết quả", "hits"),
    "no_hits": (
        "Không có bài nào phù hợp. Thử bớt từ, bỏ dấu, hoặc bỏ bộ lọc.",
        "No article fits. Try fewer words, no tones, or fewer filters.",
    ),
    "empty_archive": ("Kho chưa có bài nào. Hãy chạy danvan crawl.", "The archive is empty. Run danvan crawl."),
    "behind": ("thay đổi chưa được lập chỉ mục", "changes are not indexed yet"),
    "filters": ("Bộ lọc", "Filters"),
    "remove_filter": ("Bỏ lọc", "Remove filter"),
    "facet_portal": ("Trang báo", "Portal"),
    "facet_year": ("Năm", "Year"),
    "facet_province": ("Tỉnh, thành phố", "Province"),
    "facet_former_province": ("Tỉnh trước 7/2025", "Province before July 2025"),
    "facet_district": ("Huyện (đến 6/2025)", "District (until June 2025)"),
    "facet_commune": ("Xã, phường", "Commune"),
    "facet_tag": ("Thẻ", "Tag"),
    "facet_official": ("Cán bộ", "Official"),
    "previous": ("Trang trước", "Previous"),
    "next": ("Trang sau", "Next"),
    "page": ("Trang", "Page"),
    "no_date": ("không ghi ngày", "no date"),
    "removed": ("đã gỡ khỏi trang", "removed from the portal"),
    "back": ("Về kết quả", "Back to results"),
    "authors": ("Tác giả", "Byline"),
    "published": ("Ngày đăng", "Published"),
    "modified": ("Sửa ngày", "Modified"),
    "printed_as": ("in là", "printed as"),
    "rule": ("quy tắc", "rule"),
    "original": ("Địa chỉ gốc", "Original address"),
    "attachments": ("Tệp đính kèm", "Attachments"),
    "in_attachment": ("trong tệp đính kèm", "in the attachment"),
    "pages_of_file": ("trang", "pages"),
    "captions": ("Chú thích ảnh", "Captions"),
    "localities": ("Địa phương được nhắc", "Localities named"),
    "primary": ("chính", "primary"),
    "today": ("nay", "today"),
    "former": ("cũ", "former"),
    "officials": ("Cán bộ được nhắc", "Officials named"),
    "figures": ("Số liệu", "Figures"),
    "documents": ("Văn bản được dẫn", "Documents cited"),
    "provenance": ("Nguồn gốc", "Provenance"),
    "versions": ("Các bản đã lưu", "Captured versions"),
    "version": ("Bản", "Version"),
    "seen": ("thấy từ", "seen from"),
    "until": ("đến", "until"),
    "captured": ("Chụp lúc", "Captured"),
    "file": ("Tệp WARC", "WARC file"),
    "offset": ("Vị trí", "Offset"),
    "digest": ("Mã băm", "Digest"),
    "revisit": ("trùng nội dung", "revisit"),
    "text_digest": ("Mã băm văn bản", "Text digest"),
    "rules_used": ("Trường lấy theo quy tắc", "Rule that gave each field"),
    "relevance": ("Về dân vận", "About dân vận"),
    "yes": ("có", "yes"),
    "no": ("không", "no"),
    "score": ("điểm", "score"),
    "not_found": ("Không có trang này", "No such page"),
    "api": ("API", "API"),
    "language_other": ("English", "Tiếng Việt"),
    "error": ("Không hiểu câu hỏi", "The query is not understood"),
    "evidence": ("câu dẫn", "cited as"),
    "articles_in_archive": ("bài trong kho", "articles in the archive"),
    "coverage": ("Độ phủ", "Coverage"),
    "coverage_about": (
        "Trang báo đã đăng gì, kho giữ được gì, còn thiếu gì và vì sao, theo tháng.",
        "What portals showed, what of it the archive holds, what it lacks and why, by month.",
    ),
    "coverage_rule": (
        "thấy = đã lưu + ngoài chủ đề + không phải bài + lỗi + bỏ qua + đang chờ; thiếu = lỗi + đang chờ. "
        "Tháng theo ngày của bài, không có thì theo ngày ghi trong danh mục, không có nữa thì theo lần thấy đầu tiên.",
        "seen = archived + off topic + no article + failed + passed over + waiting; missing = failed + waiting. "
        "Months go by the article's day, else the day its list printed, else the first sight.",
    ),
    "month": ("Tháng", "Month"),
    "cov_seen": ("thấy", "seen"),
    "cov_captured": ("đã chụp", "captured"),
    "cov_archived": ("đã lưu", "archived"),
    "cov_off_topic": ("ngoài chủ đề", "off topic"),
    "cov_rejected": ("không phải bài", "no article"),
    "cov_failed": ("lỗi", "failed"),
    "cov_skipped": ("bỏ qua", "passed over"),
    "cov_waiting": ("đang chờ", "waiting"),
    "cov_missing": ("thiếu", "missing"),
    "cov_undated": ("không rõ ngày", "undated"),
    "cov_unlisted": ("ngoài danh mục", "in no list"),
    "cov_crawls": ("lần thu thập", "crawls"),
    "cov_failed_crawls": ("lần hỏng", "failed crawls"),
    "reasons": ("Lý do", "Reasons"),
    "gaps": ("Khoảng trống", "Gaps"),
    "first_crawl": ("Lần đầu", "First crawl"),
    "last_crawl": ("Lần cuối", "Last crawl"),
    "condition": ("Tình trạng", "State"),
    "condition_alive": ("hoạt động", "alive"),
    "condition_slow": ("chậm", "slow"),
    "condition_moved": ("đã chuyển sang", "moved to"),
    "condition_blocked": ("chặn thu thập", "blocks us"),
    "condition_failing": ("đang lỗi", "failing"),
    "condition_dead": ("ngừng hoạt động", "dead"),
    "never": ("chưa lần nào", "never"),
    "gap_between": (
        "không lần thu thập nào thành công từ {begins} đến {ends}",
        "no successful crawl from {begins} to {ends}",
    ),
    "gap_since": ("không lần thu thập nào thành công từ {begins}", "no successful crawl since {begins}"),
    "gap_failed": ("{failed} lần hỏng", "{failed} failed"),
    "gap_untried": ("không thử lần nào", "none was tried"),
    "nothing_yet": ("Chưa có gì trong những tháng này.", "Nothing in these months yet."),
    "show": ("Xem", "Show"),
    "from_month": ("Từ tháng", "From month"),
    "to_month": ("Đến tháng", "To month"),
    "all_portals": ("mọi trang báo", "all portals"),
}  # fmt: skip


def choose(asked: str | None, accepted: str | None) -> Language:
    """The language asked for in the address, else the browser's first of ours, else Vietnamese.

    >>> choose(None, "en-GB,en;q=0.9,vi;q=0.8"), choose("vi", "en"), choose("fr", None)
    ('en', 'vi', 'vi')
    """
    for wanted in (asked or "", *(part.split(";")[0].strip()[:2] for part in (accepted or "").split(","))):
        if wanted in LANGUAGES:
            return wanted
    return "vi"


def translate(key: str, language: Language) -> str:
    """A message; an unknown key is a mistake of ours and raises KeyError."""
    return MESSAGES[key][LANGUAGES.index(language)]
