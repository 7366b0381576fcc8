"""Words of the pages that read and count: contexts, trends, figures."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "contexts_title": ("Từ trong ngữ cảnh", "Words in context"),
    "contexts_about": (
        "Mỗi dòng là một chỗ có từ đang tìm, với chữ bên trái và bên phải.",
        "Each line is a place where the words stand, with what is left and right of them.",
    ),
    "contexts_read": (
        "{lines} dòng trong {read} bài đầu (có {articles} bài). Tải tất cả: “Ngữ cảnh (CSV)”.",
        "{lines} lines in the first {read} of {articles} articles. To have all: “Contexts (CSV)”.",
    ),
    "contexts_none": ("Không có dòng nào.", "No line."),
    "ask_words": ("Hãy gõ từ cần đọc.", "Type the words to read."),
    "order": ("Xếp theo", "Order by"),
    "order_position": ("thứ tự của bài", "the articles’ order"),
    "order_left": ("chữ bên trái", "the word on the left"),
    "order_right": ("chữ bên phải", "the word on the right"),
    "order_date": ("ngày, mới trước", "day, newest first"),
    "left": ("Bên trái", "Left"),
    "word": ("Từ", "Word"),
    "right": ("Bên phải", "Right"),
    "trends_title": ("Từ theo thời gian", "Words over time"),
    "trends_about": (
        "So sánh tối đa sáu câu hỏi trên một biểu đồ; mỗi con số dẫn đến các bài của nó.",
        "Compare up to six queries in one chart; every number leads to its articles.",
    ),
    "trend_of": ("Theo thời gian", "Over time"),
    "query_n": ("Câu hỏi {n}", "Query {n}"),
    "grain": ("Chia theo", "By"),
    "grain_day": ("ngày", "day"),
    "grain_month": ("tháng", "month"),
    "grain_quarter": ("quý", "quarter"),
    "grain_year": ("năm", "year"),
    "per": ("Tính bằng", "Counted as"),
    "per_count": ("số bài", "articles"),
    "per_articles": ("phần trăm số bài", "per cent of all articles"),
    "per_words": ("số lần trong một triệu chữ", "occurrences per million words"),
    "period": ("Thời gian", "Period"),
    "trend_undated": (
        "“{query}”: {n} bài không ghi ngày, không có trong biểu đồ.",
        "“{query}”: {n} articles without a date are not in the chart.",
    ),
    "trend_cut": ("Bảng chỉ có 400 dòng đầu; API có tất cả.", "The table has the first 400 rows; the API has all."),
    "figures_title": ("Số liệu theo thời gian", "Figures over time"),
    "figures_about": (
        "Con số mà bài báo đưa ra, theo nơi và thứ được đếm. Đó là điều báo viết, chưa hẳn là sự thật.",
        "Numbers that articles give, by place and thing counted. They are what was written, not what is true.",
    ),
    "figures_what": ("Đếm cái gì (ví dụ: mô hình)", "What is counted (such as mô hình)"),
    "figures_found": (
        "{figures} con số, tìm trong {articles} bài",
        "{figures} figures, looked for in {articles} articles",
    ),
    "figures_drawn": ("Biểu đồ chỉ vẽ {n} con số mới nhất.", "The chart draws the latest {n} figures only."),
    "no_place": ("không rõ nơi", "place not known"),
}
