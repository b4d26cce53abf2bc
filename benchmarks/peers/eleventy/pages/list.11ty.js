import { SITE, cards, escape, frame } from "../site.js";

export const data = {
  pagination: { data: "collections.listPages", size: 1, alias: "list" },
  permalink: ({ list }) => `${list.url}index.html`,
};

export function render({ list }) {
  const main = `<h1>${escape(list.title)}</h1>
${cards(list.stories)}
<nav aria-label="Trang">
${list.newer ? `<a href="${list.newer}" rel="prev">Trang mới hơn</a>` : ""}
${list.older ? `<a href="${list.older}" rel="next">Trang cũ hơn</a>` : ""}
</nav>`;
  return frame(`${list.title} - ${SITE.title}`, list.url, list.title, main);
}
