"""What the desk says of fields where a form needs other words than a file."""

import re

# By the name of the field: the label, and what stands below the input.
_LABELS = {"tags": "Thẻ"}
_HELP = {
    "aliases": "Mỗi địa chỉ một mục, bắt đầu bằng “/”. Nhờ đó liên kết cũ vẫn tới được trang này.",
    "audio": "Tệp MP3 hoặc M4A. Nút nghe ở dưới sapo.",
    "author": "Mỗi người một dòng. Không có tác giả thì phải có nguồn.",
    "category": "",
    "date": "Theo giờ của cổng. Giờ chưa tới thì bài được hẹn, đến giờ mới hiện.",
    "draft": "Bật là chưa đăng.",
    "expires": "Phải sau ngày giờ đăng.",
    "featured": "Bật là bài ở đầu trang chủ trong số ngày mà cổng quy định.",
    "menu": "Bật là đưa trang vào thanh menu.",
    "photo": "Ảnh từ điện thoại cũng được: ảnh được thu nhỏ và bỏ thông tin nơi chụp khi tải lên.",
    "photo_focus": "trái, phải, trên, dưới, giữa, ghép được (trên trái), hoặc hai tỷ lệ tính từ mép"
    " trái và mép trên: 30% 20%.",
    "source": "Ví dụ “Theo Báo Quảng Nam”. Có thể ghi cả tác giả và nguồn.",
    "tags": "Mỗi thẻ một dòng. Bài cũ hơn có cùng thẻ hiện ở mục “Tin liên quan”.",
    "translations": "",
    "updated": "Không được trước ngày giờ đăng.",
    "language": "Ví dụ en, lo, zh.",
    "url": "Bắt đầu bằng https://.",
}

# Below the text. The photo's own inputs are named by the program.
_PHOTOS = (
    "Nút ảnh chèn ảnh: “Văn bản thay thế” là mô tả cho người khiếm thị, “Tiêu đề” là chú thích, "
    "viết “Chú thích. Ảnh: TÊN”. "
)
BODY = (
    _PHOTOS + "Video: dán địa chỉ YouTube hoặc Vimeo riêng một dòng. Văn bản: tải tệp lên "
    "mục Tài nguyên, rồi liên kết tới /media/… của nó. Bảng, chú thích cuối bài: nút ở góc phải "
    "chuyển sang Markdown."
)
GALLERY_BODY = _PHOTOS + "Các ảnh liền nhau thành một dải; giữa các dải viết lời như bài thường."
PAGE_BODY = "Viết như trong bài. Bảng: nút ở góc phải chuyển sang Markdown."


def label_field(name: str, label: str) -> str:
    """Return the label of a field in a form."""
    return _LABELS.get(name, label)


def describe_field(name: str, help_text: str) -> str:
    """Return what a form says of a field, whose row in the guide says ``help_text``."""
    return _HELP[name] if name in _HELP else show_plain(help_text)


def show_plain(text: str) -> str:
    """Return a text of the guide without its marks."""
    return re.sub(r"`([^`]*)`", r"“\1”", re.sub(r"\[([^]]+)]\(#[^)]+\)", r"“\1”", text))
