"""Words of the help page and of the API's documentation."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "help_title": ("Cách tìm", "How to search"),
    "help_about": (
        "Bấm vào ví dụ để chạy thử.",
        "Each example can be tried: it is a link.",
    ),
    "help_write": ("Viết", "Write"),
    "help_means": ("Nghĩa là", "It means"),
    "help_mistakes": ("Không đọc được", "What cannot be read"),
    "help_mistakes_about": (
        "Câu hỏi viết sai không bao giờ im lặng: trang chỉ ra chỗ sai và cách viết đúng. Ví dụ:",
        "A question that cannot be read is never answered with nothing: the page names the place and what to write "
        "instead. Such are:",
    ),
    "help_keys": ("Bàn phím", "Keyboard"),
    "help_keys_about": (
        "Phím / đưa con trỏ vào ô tìm. Tab đi từng liên kết; liên kết đầu tiên bỏ qua phần đầu trang.",
        "The key / goes to the search box. Tab walks the links; the first one skips the head of the page.",
    ),
    "help_cite": ("Trích dẫn kết quả", "Citing what you found"),
    "help_cite_about": (
        "Mỗi trang có địa chỉ cố định: chép địa chỉ là chép câu hỏi. Trang của bài có sẵn mẫu trích dẫn với mã PWID.",
        "Every view has a permanent address: copy it and you copy the question. An article’s page has a citation "
        "with its PWID.",
    ),
    "api_title": ("API", "API"),
    "api_about": (
        "Mọi trang đều có dạng JSON. Danh sách đi theo con trỏ: đưa lại giá trị next; danh sách đứng yên khi kho thêm "
        "bài. Câu hỏi sai trả lời 400 kèm cách viết đúng, không có là 404, kho chưa sẵn sàng là 503.",
        "Every page also comes as JSON. Lists go by cursor: pass next back; pages stay as they are when articles are "
        "added. A wrong question is 400 with what to write instead, nothing there is 404, an archive that is not ready "
        "is 503.",
    ),
    "api_machine": ("Bản mô tả cho máy (OpenAPI)", "The description for machines (OpenAPI)"),
    "api_try": ("Thử", "Try"),
    "api_parameter": ("Tham số", "Parameter"),
    "api_type": ("Kiểu", "Type"),
    "api_meaning": ("Ý nghĩa", "Meaning"),
    "api_answers": ("Trả lời", "Answers"),
    "api_required": ("bắt buộc", "required"),
}
