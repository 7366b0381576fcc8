"""Words of the coverage page."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
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
    "gap_between": (
        "không lần thu thập nào thành công từ {begins} đến {ends}",
        "no successful crawl from {begins} to {ends}",
    ),
    "gap_since": ("không lần thu thập nào thành công từ {begins}", "no successful crawl since {begins}"),
    "gap_failed": ("{failed} lần hỏng", "{failed} failed"),
    "gap_untried": ("không thử lần nào", "none was tried"),
    "nothing_yet": ("Chưa có gì trong những tháng này.", "Nothing in these months yet."),
    "from_month": ("Từ tháng", "From month"),
    "to_month": ("Đến tháng", "To month"),
    "all_portals": ("mọi trang báo", "all portals"),
}
