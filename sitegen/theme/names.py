"""The names of organisations, so that no line breaks inside a word of two syllables."""

_SPACE = "\u00a0"
# Words of two syllables in the names of portals and of those who run them, folded.
_WORDS = frozenset(
    " ".join(word.split())
    for word in """
    an ninh, ban quản lý, báo chí, bảo hiểm, bệnh viện, bình đẳng, bưu điện, cán bộ, chi bộ, chi
    cục, chính phủ, chính quyền, chính sách, chính trị, chỉ huy, công an, công chức, công đoàn,
    công nghệ, công nghiệp, công thương, công ty, cơ quan, cơ sở, cựu chiến binh, dân quân, dân
    tộc, dân vận, di sản, doanh nghiệp, du lịch, đại biểu, đại đoàn kết, đại học, đảng bộ, đảng
    ủy, đảng viên, đầu tư, điện lực, điện tử, đoàn thể, đô thị, đồng bào, đơn vị, đường sắt,
    giám sát, gia đình, giao thông, giáo dục, hành chính, hải quan, học sinh, học viện, hội cựu,
    hội đồng, hội nông dân, hợp tác xã, huyện đoàn, huyện ủy, kế hoạch, khoa học, khu vực, kiểm
    lâm, kiểm sát, kiểm tra, kinh tế, kỹ thuật, lao động, liên đoàn, liên hiệp, liên minh, lịch
    sử, mặt trận, môi trường, mùa xuân, mỹ thuật, ngân hàng, ngân sách, ngoại giao, ngoại vụ,
    người mù, nhà báo, nhà nước, nhà văn, nhân dân, nhi đồng, nội chính, nội vụ, nông dân, nông
    nghiệp, nông thôn, phát triển, phát thanh, phòng chống, phụ nữ, quân đội, quân khu, quân sự,
    quận đoàn, quận ủy, quốc gia, quốc hội, quốc phòng, sinh viên, sự nghiệp, tài chính, tài
    nguyên, thanh niên, thanh tra, thành đoàn, thành phố, thành ủy, thể thao, thị trấn, thị ủy,
    thị xã, thiếu niên, thông tin, thông tấn, thống kê, thủy lợi, thủy sản, thương mại, thường
    trực, thường vụ, tỉnh đoàn, tỉnh ủy, tin học, toà án, tòa án, tổ chức, tổ quốc, trang tin,
    trung học, trung tâm, trung ương, truyền hình, truyền thanh, truyền thông, trường học, tuyên
    giáo, tuyên truyền, tư pháp, ủy ban, văn hóa, văn hoá, văn nghệ, văn phòng, viễn thông, xã
    hội, xây dựng, xuất bản, y học, y tế
    """.split(",")
)
_LONGEST = 3


def bind_name(name: str) -> str:
    """Return ``name`` with spaces at which no line breaks within its words and names of places.

    A name of a place is a row of syllables that begin with capitals, unless nearly all do.
    """
    syllables = name.split()
    capitals = sum(1 for each in syllables if each[0].isupper())
    has_places = capitals * 4 <= len(syllables) * 3
    bound = ""
    end = 0
    for at, syllable in enumerate(syllables):
        end = max(end, at, _find_end(syllables, at))
        follows = syllables[at + 1] if at + 1 < len(syllables) else ""
        is_place = has_places and syllable[0].isupper() and follows[:1].isupper()
        bound += syllable + ((_SPACE if end > at or is_place else " ") if follows else "")
    return bound


def _find_end(syllables: list[str], at: int) -> int:
    """Return where the word that begins at a syllable ends."""
    for length in range(_LONGEST, 1, -1):
        if " ".join(syllables[at : at + length]).lower() in _WORDS:
            return min(at + length, len(syllables)) - 1
    return at
