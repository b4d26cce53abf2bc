import { SITE, clock, escape, frame, headlines, iso, time } from "../site.js";

export default function (data) {
  const { newer, older } = data.collections.neighbours.get(data.page.inputPath);
  const main = `<article>
<p><a href="/${data.section}/">${escape(data.category)}</a></p>
<h1>${escape(data.title)}</h1>
<p><time datetime="${iso(data.page.date)}">${clock(data.page.date)}</time></p>
${data.updated ? `<p>Cập nhật: ${time(data.updated)}</p>` : ""}
${data.views ? `<p>Lượt xem: ${data.views}</p>` : ""}
<p class="lead">${escape(data.lead)}</p>
<div class="body">
${data.content}
</div>
<p class="author">${escape(data.author)}</p>
${data.source ? `<p>Nguồn: ${escape(data.source)}</p>` : ""}
<p>Thẻ: ${escape(data.labels.join(", "))}</p>
</article>
${headlines("Các tin mới hơn", newer)}
${headlines("Các tin cũ hơn", older)}`;
  return frame(`${data.title} - ${SITE.title}`, data.page.url, data.lead, main);
}
