// The same site for Eleventy: layouts in JavaScript, its quickest template language, and lists that
// are computed once, as its documentation advises for large sites.
export const SITE = {
  title: "Cổng thông tin thử nghiệm",
  url: "https://example.org",
  description: "Tin tức không có thật, để đo tốc độ.",
};

export const SECTIONS = [
  { slug: "tin-tuc-su-kien", title: "Tin tức sự kiện" },
  { slug: "hoat-dong-cua-co-so", title: "Hoạt động của cơ sở" },
  { slug: "cong-tac-xay-dung-dang", title: "Công tác xây dựng Đảng" },
  { slug: "hoc-tap-va-lam-theo-bac", title: "Học tập và làm theo Bác" },
  { slug: "doan-the", title: "Đoàn thể" },
  { slug: "chuyen-doi-so", title: "Chuyển đổi số" },
  { slug: "nghien-cuu-trao-doi", title: "Nghiên cứu trao đổi" },
  { slug: "nguoi-tot-viec-tot", title: "Người tốt việc tốt" },
  { slug: "van-ban-chinh-sach", title: "Văn bản chính sách" },
  { slug: "thong-bao", title: "Thông báo" },
];

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const ZONE = 7 * 60 * 60 * 1000;

export const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

const local = (date) => new Date(new Date(date).getTime() + ZONE).toISOString();

export const iso = (date) => `${local(date).slice(0, 19)}+07:00`;

export const day = (date) => {
  const [year, month, number] = local(date).slice(0, 10).split("-");
  return `${number}/${month}/${year}`;
};

export const clock = (date) => `${day(date)} ${local(date).slice(11, 16)}`;

export const time = (date) => `<time datetime="${iso(date)}">${day(date)}</time>`;

const HEADER = `<header>
<p><a href="/">${escape(SITE.title)}</a></p>
<nav aria-label="Danh mục">
<ul>
${SECTIONS.map(({ slug, title }) => `<li><a href="/${slug}/">${escape(title)}</a></li>`).join("\n")}
</ul>
</nav>
</header>`;

const FOOTER = `<footer>
<p>Ban Biên tập Cổng thông tin thử nghiệm</p>
<p>Địa chỉ: Số 1, đường Ví Dụ. Thư điện tử: <a href="mailto:thu@example.org">thu@example.org</a></p>
<p><a href="/rss.xml">Tin RSS</a></p>
</footer>`;

export const frame = (title, url, description, main) => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<meta name="description" content="${escape(description)}">
<link rel="canonical" href="${SITE.url}${url}">
<link rel="alternate" type="application/rss+xml" title="${escape(SITE.title)}" href="/rss.xml">
</head>
<body>
${HEADER}
<main>
${main}
</main>
${FOOTER}
</body>
</html>
`;

export const cards = (stories) => `<ul class="stories">
${stories
  .map(
    (story) => `<li>
<h2><a href="${story.url}">${escape(story.data.title)}</a></h2>
<p>${time(story.date)}</p>
<p>${escape(story.data.lead)}</p>
</li>`,
  )
  .join("\n")}
</ul>`;

export const headlines = (heading, stories) =>
  stories.length
    ? `<section>
<h2>${heading}</h2>
<ul>
${stories
  .map((story) => `<li><a href="${story.url}">${escape(story.data.title)}</a> ${time(story.date)}</li>`)
  .join("\n")}
</ul>
</section>`
    : "";
