"""The name of a portal, which never breaks inside a word."""

import pytest

from sitegen.theme.names import bind_name


@pytest.mark.parametrize(
    "name",
    [
        "Đảng_bộ Khối các cơ_quan tỉnh Quảng_Nam",
        "Đảng_bộ Khối các cơ_quan và doanh_nghiệp tỉnh Bà_Rịa – Vũng_Tàu",
        "Ủy_ban Mặt_trận Tổ_quốc Việt_Nam thành_phố Hồ_Chí_Minh",
        "Hội_đồng nhân_dân huyện Bắc_Trà_My",
        "Sở_Y_tế tỉnh Lâm_Đồng",
        "CỔNG THÔNG_TIN ĐIỆN_TỬ",
        "Cổng Thông_Tin Đảng_Bộ Khối Các Cơ_Quan",
        "Hội_Cựu_chiến_binh",
        "",
        "Đảng",
    ],
)
def test_words_and_places_are_bound(name: str) -> None:
    assert bind_name(name.replace("_", " ")) == name.replace("_", "\u00a0")


def test_spaces_are_one() -> None:
    assert bind_name("  Tỉnh   ủy  ") == "Tỉnh\u00a0ủy"
