"""The words of the made-up news: a small grammar of Vietnamese sentences.

Everything here was written for these measurements. A sentence is a pattern whose names in braces
are replaced by a word of that list, which may hold names itself. People, units and figures that
come out of it do not exist.
"""

CATEGORIES = (
    "Tin tức sự kiện",
    "Hoạt động của cơ sở",
    "Công tác xây dựng Đảng",
    "Học tập và làm theo Bác",
    "Đoàn thể",
    "Chuyển đổi số",
    "Nghiên cứu trao đổi",
    "Người tốt việc tốt",
    "Văn bản chính sách",
    "Thông báo",
)

FAMILY = "Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Mai Đinh Đoàn".split()
MIDDLE = "Văn Thị Đình Minh Hữu Thanh Ngọc Quang Xuân Đức Hồng Kim Công Thu Bảo Khánh".split()
GIVEN = (
    "An Bình Cường Dũng Giang Hà Hải Hạnh Hiền Hòa Hùng Hương Khoa Lan Linh Long Mai Nam Nga Nhung"
    " Oanh Phong Phúc Quân Quyên Sơn Tâm Thảo Thắng Thủy Trang Trung Tuấn Tùng Uyên Vân Việt Vinh"
    " Xuân Yến"
).split()

TAG_SUBJECTS = (
    *("chi bộ", "đảng viên", "cán bộ", "công chức", "đoàn viên", "hội viên", "nông dân"),
    *("thanh niên", "phụ nữ", "người cao tuổi", "học sinh", "giáo viên", "bác sĩ", "công nhân"),
    *("miền núi", "ven biển", "đô thị", "làng nghề", "hợp tác xã", "vùng bãi"),
)
TAG_MATTERS = (
    *("chuyển đổi số", "an sinh", "thi đua", "đào tạo", "nêu gương", "tiết kiệm", "môi trường"),
    *(
        "khuyến học",
        "y tế",
        "văn hóa",
        "thể thao",
        "dân vận",
        "khởi nghiệp",
        "hiến máu",
        "đọc sách",
    ),
)

SLOTS = {
    "kind": ("Chi bộ", "Đảng bộ", "Công đoàn", "Đoàn cơ sở", "Hội Phụ nữ", "Ban Chấp hành"),
    "office": (
        *("Sở Ví dụ", "Văn phòng Khối", "Trường Trung cấp Sông Xanh", "Bệnh viện Đồi Thông"),
        *("Thư viện Bến Gạo", "Bảo tàng Làng Gốm", "Trung tâm Khuyến nông", "Kho bạc Cầu Mới"),
        *("Chi cục Thủy lợi", "Đài khí tượng Mũi Đá", "Ban quản lý Rừng Lim", "Bưu điện Chợ Sáng"),
        *("Công ty Cấp nước", "Trạm Thú y Đồng Sen", "Trung tâm Dịch vụ công", "Cảng cá Vịnh Nhỏ"),
        *("Nhà hát Sao Khuê", "Phòng Công chứng", "Quỹ Tín dụng Bãi Dâu", "Trạm Kiểm lâm Suối Bạc"),
    ),
    "unit": ("{kind} {office}",),
    "place": (
        *("xã Sông Xanh", "phường Bến Gạo", "xã Đồi Thông", "thôn Cầu Mới", "xã Đồng Sen"),
        *("phường Chợ Sáng", "thôn Bãi Dâu", "xã Suối Bạc", "khu phố Làng Gốm", "xã Mũi Đá"),
        *("làng Rừng Lim", "thôn Vịnh Nhỏ", "xã Đất Lành", "phường Hàng Cau", "thôn Gió Mát"),
    ),
    "person": ("{title_of} {family} {middle} {given}",),
    "title_of": ("đồng chí", "ông", "bà", "anh", "chị", "cô", "thầy", "bác"),
    "family": tuple(FAMILY),
    "middle": tuple(MIDDLE),
    "given": tuple(GIVEN),
    "role": (
        *("bí thư chi bộ", "phó bí thư thường trực", "chủ tịch công đoàn", "bí thư đoàn"),
        *("trưởng phòng", "tổ trưởng tổ dân phố", "trưởng thôn", "đảng viên trẻ nhất chi bộ"),
        *(
            "kế toán",
            "hiệu trưởng",
            "bác sĩ trực",
            "người giữ kho",
            "thủ thư",
            "chủ nhiệm hợp tác xã",
        ),
    ),
    "work": (
        *(
            "số hóa hồ sơ lưu trữ",
            "sửa lại đường vào thôn",
            "mở lớp học buổi tối",
            "trồng cây ven kênh",
        ),
        *("rút ngắn thời gian trả kết quả", "đưa sách về điểm trường", "dạy dùng chữ ký số"),
        *("khám bệnh lưu động cho người già", "thay bóng đèn tiết kiệm điện", "làm vườn ươm chung"),
        *("kiểm kê tài sản công", "hướng dẫn kê khai trực tuyến", "dọn rác trên bãi biển"),
        *("gom giấy một mặt dùng lại", "đo mực nước hằng ngày", "chấm điểm thi đua theo tuần"),
        *("thăm gia đình có công", "ghi lại chuyện kể của người cao tuổi", "tập huấn phòng cháy"),
        *(
            "đón người dân từ sáu giờ sáng",
            "bỏ một biểu mẫu trùng lặp",
            "họp ngắn vào sáng thứ hai",
        ),
    ),
    "thing": (
        *("cuốn sổ tay", "tờ trình", "bản đồ thửa đất", "bộ câu hỏi", "phòng đọc", "tủ thuốc"),
        *("vườn rau", "lớp học", "chiếc cầu nhỏ", "bảng tin", "kho lúa giống", "nhóm trực tuyến"),
        *("hộp thư góp ý", "danh sách hộ khó khăn", "quy chế chi tiêu", "đường ống dẫn nước"),
    ),
    "group": (
        *("đảng viên", "hộ dân", "đoàn viên", "học sinh", "cán bộ", "hội viên", "gia đình"),
        *(
            "người lao động",
            "tình nguyện viên",
            "bạn đọc",
            "thành viên hợp tác xã",
            "cựu chiến binh",
        ),
    ),
    "number": tuple(str(number) for number in (*range(3, 60), *range(60, 400, 7))),
    "big": ("1.200", "2.450", "3.018", "4.760", "5.300", "8.914", "12.500", "17.068", "31.240"),
    "percent": ("12,5", "18", "27,4", "36", "41,8", "53", "64,2", "78", "86,5", "92", "97,3"),
    "hour": (
        "sáu giờ sáng",
        "bảy giờ rưỡi",
        "gần trưa",
        "hai giờ chiều",
        "chập tối",
        "chín giờ đêm",
    ),
    "when": (
        *("Sáng thứ bảy", "Đầu tháng", "Cuối quý", "Giữa mùa mưa", "Sau tết", "Ngày cuối tuần"),
        *("Trong ba tháng qua", "Từ đầu năm", "Hai năm trở lại đây", "Ngay sau cuộc họp"),
        *("Trước mùa gặt", "Đúng ngày hội làng", "Vào dịp kỷ niệm", "Sau đợt bão"),
    ),
    "quality": (
        *("rõ người, rõ việc", "gọn và dễ nhớ", "đúng hẹn", "công khai ngay tại chỗ"),
        *("ít tốn kém", "hợp với sức của từng người", "có người theo đến cùng", "dễ kiểm tra lại"),
    ),
    "feeling": (
        *("ngạc nhiên", "yên tâm", "phấn khởi", "băn khoăn lúc đầu", "tin tưởng hơn", "bớt lo"),
        *("nhẹ nhõm", "tự tin hẳn lên"),
    ),
    "outcome": (
        *(
            "thời gian chờ giảm một nửa",
            "không còn hồ sơ quá hạn",
            "số người tham gia tăng gấp đôi",
        ),
        *("con đường khô ráo cả trong mùa mưa", "mỗi nhà có thêm một khoản thu nhỏ"),
        *("cuộc họp ngắn lại mà việc chạy hơn", "trẻ em có chỗ đọc sách buổi chiều"),
        *(
            "đơn thư vượt cấp không còn",
            "chi phí in ấn giảm {percent}%",
            "ai cũng biết việc của mình",
        ),
    ),
    "cause": (
        *(
            "người dân được hỏi trước khi làm",
            "mỗi việc chỉ giao một người",
            "cách làm không cầu kỳ",
        ),
        *("cả tập thể cùng góp tay", "số liệu được ghi hằng ngày", "người đứng đầu làm trước"),
        *("các tổ học lẫn nhau", "khó khăn được nói thẳng trong cuộc họp"),
    ),
    "document": (
        *("kế hoạch năm", "hướng dẫn số {number}", "nghị quyết chuyên đề", "quy chế làm việc"),
        *("chương trình hành động", "biên bản giám sát", "báo cáo sơ kết", "thư ngỏ"),
    ),
    "path": ("van-ban", "huong-dan", "tai-lieu", "bao-cao", "hoi-dap", "bieu-mau"),
    "saying": (
        *("Việc nhỏ mà làm đều thì thành việc lớn", "Cứ đến tận nơi thì mới biết thiếu gì"),
        *("Chúng tôi không hứa nhiều, chỉ hẹn ngày xong", "Nghe dân nói xong rồi hãy viết"),
        *("Có số liệu thì hết cãi nhau", "Ai cũng bận, nên họp phải ngắn"),
        *(
            "Đừng để người dân đi lại lần thứ hai",
            "Làm được rồi hãy kể",
            "Sai thì sửa ngay trong tuần",
        ),
        *("Người trẻ chỉ cần được giao việc thật", "Ghi ra giấy thì không ai quên"),
    ),
    "weather": (
        *("Trời mưa từ đêm", "Nắng sớm", "Gió mùa vừa về", "Nước sông lên cao", "Sương còn dày"),
        *("Đường còn lầy", "Hội trường đã kín chỗ", "Sân trường rợp bóng cây"),
    ),
}

# A word that begins a sentence with a small letter is given a capital one where it is put in.
SENTENCES = (
    "{when}, {unit} bắt tay vào {work} cùng bà con {place}.",
    "{person}, {role}, cho biết {outcome} vì {cause}.",
    "Theo {document} của {unit}, đến hết quý phải {work} ở {number} địa điểm.",
    "{weather}, nhưng từ {hour} đã có {number} {group} đến {place} để {work}.",
    "Kết quả khảo sát {number} {group} cho thấy {percent}% thấy {feeling} khi đơn vị {work}.",
    "Cách làm {quality}, nên chỉ sau {number} ngày {outcome}.",
    "Trước đây muốn {work} phải qua nhiều bước; nay {unit} chỉ giữ lại những bước {quality}.",
    "{person} nhớ lại buổi đầu: {number} {group}, một {thing}, và rất nhiều câu hỏi.",
    "Điều đáng nói là {outcome}, trong khi kinh phí chỉ bằng {percent}% dự toán.",
    "Ở {place}, {thing} do {unit} trao tặng đã được dùng hơn {big} lượt.",
    "Không phải việc nào cũng trôi chảy: có tháng {unit} mới {work} được một phần ba.",
    "Khi được hỏi vì sao, {person} trả lời ngắn gọn rằng {cause}.",
    "Hơn {big} {group} đã được nghe giới thiệu về việc {work}, nhiều người ở lại đến {hour}.",
    "{unit} phân công {person} theo dõi việc {work} và báo cáo vào chiều thứ sáu hằng tuần.",
    "Nhờ {cause}, {outcome}; riêng {place} vượt kế hoạch {percent}%.",
    "Từ một {thing} đặt ở {place}, đến nay đã có {number} điểm tương tự.",
    "Những người trực tiếp làm đều {feeling}, bởi {cause}.",
    "Cũng tại {place}, {number} {group} tự nguyện {work} mà không chờ nhắc.",
    "Nếu tính cả {number} trường hợp tồn lại từ năm trước, tỷ lệ hoàn thành là {percent}%.",
    "{when}, {person} cùng {number} {group} lại {work}, lần này có thêm {unit}.",
    "Bài học được rút ra là phải {quality}; thiếu điều đó thì {thing} nào cũng thành hình thức.",
    "{group} ở {place} góp {big} ngày công, {unit} lo vật liệu và người hướng dẫn.",
    "Đến {hour}, {thing} cuối cùng được bàn giao, ai nấy đều {feeling}.",
    "Sắp tới {unit} sẽ {work}, đồng thời rà soát lại từng {thing}.",
)
# Sentences with marks of Markdown; {link} becomes a link to another article, or plain words.
MARKED = (
    '"{saying}", {person}, {role}, nói.',
    '{person} tâm sự: "{saying}". Câu nói ấy được nhắc lại trong nhiều cuộc họp của {unit}.',
    "Tính đến nay đã có **{big} {group}** tham gia, đạt **{percent}%** kế hoạch năm.",
    "Tinh thần chung là *{quality}*, không chạy theo thành tích.",
    "Chi tiết có trong [{document}](https://example.net/{path}/{number}/) của {unit}.",
    "**{unit}** là nơi đầu tiên {work}, theo một {thing} gọi là *sổ việc làm ngay*.",
    'Mô hình "{work}" được [giới thiệu](https://example.net/{path}) tại {place}, rồi *nhân rộng*.',
)
REFERRING = (
    "Cổng thông tin đã có bài {link} về việc này.",
    "Cùng chuyên đề, mời đọc {link}.",
    "Trước đó, như đã đưa trong bài {link}, {outcome}.",
)
HEADINGS = (
    *("Bắt đầu từ {thing}", "Khi {outcome}", "Vì sao {cause}", "Việc còn lại ở {place}"),
    *("Con số của {unit}", "Chuyện ở {place}", "Một cách làm {quality}", "Lời {role} kể lại"),
)
ITEMS = (
    "{number} {group} tham gia {work}.",
    "**{place}**: {outcome}.",
    "{unit} phụ trách {thing}, hoàn thành trước {hour}.",
    "Tiếp tục {work} theo [{document}](https://example.net/{path}/).",
    "{person}, {role}: theo dõi và tổng hợp.",
)
QUOTES = (
    "{saying}. Nghĩ vậy nên chúng tôi chọn {work} trước, còn lại làm dần trong năm.",
    "Tôi thấy {feeling}. {saying}, và {cause}.",
)
TITLES = (
    "{unit} {work} ở {place}",
    "{place} và chuyện {work}",
    "Khi {office} {work}",
    "Từ {thing} đến việc {work} của {unit}",
    "{number} ngày {work} tại {place}",
    "Người {role} {work} ở {place}",
    "{unit} với {thing} ở {place}",
    "Nhìn lại {number} tháng {unit} {work}",
)
LEADS = (
    "{when}, {unit} {work}. Sau {number} ngày, {outcome}.",
    "Nhờ {cause}, {unit} đã {work}, và {outcome}.",
    "{number} {group} ở {place} cùng {unit} {work}; việc tưởng khó mà {outcome}.",
)
SOURCES = ("Bản tin Khối", "Theo Báo Ví dụ", "Tạp chí Cơ sở", "Theo trang tin Sông Xanh")
ROWS = ("{place} | {number} | {percent} | {thing}",)
