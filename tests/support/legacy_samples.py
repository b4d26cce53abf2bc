"""Texts in the encodings of before Unicode, and texts that only look strange (docs/word.md).

The first twenty were written with the tables of another program, not with ours.
"""

import unicodedata

# The encoding, the text as a machine without the font shows it, and what it says.
LEGACY = (
    (
        "tcvn3",
        "§¶ng bé Khèi c¸c c¬ quan tØnh Qu¶ng Nam tæ chøc héi nghÞ s¬ kÕt c«ng t¸c quý III.",
        "Đảng bộ Khối các cơ quan tỉnh Quảng Nam tổ chức hội nghị sơ kết công tác quý III.",
    ),
    ("tcvn3", "Lª Hång Phong", "Lê Hồng Phong"),
    ("tcvn3", "céng hßa x· héi chñ nghÜa viÖt nam", "cộng hòa xã hội chủ nghĩa việt nam"),
    (
        "tcvn3",
        "C¨n cø NghÞ ®Þnh sè 15/CP ngµy 02/3/1993 cña ChÝnh phñ vÒ nhiÖm vô, quyÒn h¹n",
        "Căn cứ Nghị định số 15/CP ngày 02/3/1993 của Chính phủ về nhiệm vụ, quyền hạn",
    ),
    ("tcvn3", "N¬i nhËn: nh\xad trªn; l\xadu v¨n phßng", "Nơi nhận: như trên; lưu văn phòng"),
    (
        "tcvn3",
        "“Häc tËp vµ lµm theo tÊm g\xad¬ng ®¹o ®øc Hå ChÝ Minh” – mét n¨m nh×n l¹i",
        "“Học tập và làm theo tấm gương đạo đức Hồ Chí Minh” – một năm nhìn lại",
    ),
    (
        "tcvn3",
        "KÕt n¹p 462 quÇn chóng \xadu tó, ®¹t 92,4% so víi 500 chØ tiªu ®\xadîc giao",
        "Kết nạp 462 quần chúng ưu tú, đạt 92,4% so với 500 chỉ tiêu được giao",
    ),
    ("tcvn3", "¶nh: H¶i YÕn", "ảnh: Hải Yến"),
    (
        "vni",
        "Ñaûng boä tænh Quaûng Nam trieån khai thöïc hieän nghò quyeát cuûa Trung öông.",
        "Đảng bộ tỉnh Quảng Nam triển khai thực hiện nghị quyết của Trung ương.",
    ),
    ("vni", "THÖÔØNG TRÖÏC TÆNH UÛY", "THƯỜNG TRỰC TỈNH ỦY"),
    ("vni", "Tröôøng Ñaïi hoïc Caàn Thô", "Trường Đại học Cần Thơ"),
    (
        "vni",
        "AÙnh saùng vaên hoùa heø ñöôïc toå chöùc ôû möôøi hai xaõ cuûa huyeän",
        "Ánh sáng văn hóa hè được tổ chức ở mười hai xã của huyện",
    ),
    (
        "vni",
        "Thaønh phoá Hoà Chí Minh, ngaøy 02 thaùng 9 naêm 1998",
        "Thành phố Hồ Chí Minh, ngày 02 tháng 9 năm 1998",
    ),
    (
        "vni",
        "ñoàng chí Nguyeãn Vaên Baûy, bí thö chi boä",
        "đồng chí Nguyễn Văn Bảy, bí thư chi bộ",
    ),
    (
        "vni",
        "Phaàn thöù hai: nhöõng nhieäm vuï chuû yeáu (tieáp theo)",
        "Phần thứ hai: những nhiệm vụ chủ yếu (tiếp theo)",
    ),
    (
        "vps",
        "C¶ng ÇÒng ngÜ©i ViŒt ª nÜ§c ngoài hÜ§ng vŠ quê hÜÖng ÇÃt nÜ§c",
        "Cộng đồng người Việt ở nước ngoài hướng về quê hương đất nước",
    ),
    ("vps", "h¶i nghÎ lÀn thÙ tÜ cûa ban chÃp hành", "hội nghị lần thứ tư của ban chấp hành"),
    (
        "vps",
        "T‰t nguyên Çán næm nay, bà con ÇÜ®c vŠ thæm quê",
        "Tết nguyên đán năm nay, bà con được về thăm quê",
    ),
    ("vps", "nh»ng ngÜ©i lính Çã ngã xuÓng", "những người lính đã ngã xuống"),
    ("vps", "tu°i trÈ và trách nhiŒm công dân", "tuổi trẻ và trách nhiệm công dân"),
)
# What each is, and the text.
OTHERS = (
    ("Unicode", "Đảng bộ Khối các cơ quan tỉnh Quảng Nam tổ chức hội nghị sơ kết quý III."),
    (
        "Unicode, NFD",
        unicodedata.normalize("NFD", "Nâng cao chất lượng phát triển đảng viên ở cơ sở"),
    ),
    ("Unicode, capitals", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM. ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
    ("Unicode with letters of Latin-1 alone", "Lê Hà là cô giáo ở xã Trà Lâm, có hai con trai"),
    ("Unicode, short", "Ảnh: N.ĐOAN"),
    ("Unicode, one word", "Lê"),
    ("Unicode with foreign names", "Ông François Müller đến thăm trường ở Málaga và São Paulo"),
    ("without marks", "Dang bo Khoi cac co quan tinh Quang Nam to chuc hoi nghi"),
    ("French", "Les élèves de l'école ont été reçus à la préfecture, où l'on fêtait Noël."),
    ("French, capitals", "LIBERTÉ, ÉGALITÉ, FRATERNITÉ À TOUS LES ÉTUDIANTS"),
    ("French, short", "déjà vu à côté"),
    ("German", "Die Größe der Übung wäre für Müller schön, süß und höflich."),
    ("Portuguese", "São João não é só uma festa: há canções, balões e corações."),
    ("Spanish", "El niño pequeño comió piña mañana en España. ¿Qué pasó?"),
    ("Swedish", "Ångström på svenska är både hårt och mjukt; får, öl, kött, räkor"),
    ("Danish", "Rødgrød med fløde på Sjælland, blåbær og æbler på øen"),
    ("Icelandic", "Það er gott að sjá þig, sagði maðurinn við höfnina í Ísafirði"),
    ("signs", "Giá 5 µm ± 0,5°, § 12 © 2026 Intel® «A» ¾ – 20 £, ½ ¼, 3·4, ¶"),
    ("addresses", "vanthu@quangnam.gov.vn, https://example.vn/á/b?c=%C3%A9, 0235 3852 485"),
    ("letters of formulas", "α + β = γ, Δx ≤ 5 ÷ 2 × 3, ∑ √ ∞ Ω"),
)
