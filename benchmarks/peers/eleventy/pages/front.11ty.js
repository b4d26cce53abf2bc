import { SITE, cards, escape, frame } from "../site.js";

export const data = { permalink: "/index.html" };

export function render({ collections }) {
  const blocks = collections.sections.map(
    ({ slug, title, stories }) => `<section>
<h2><a href="/${slug}/">${escape(title)}</a></h2>
${cards(stories.slice(0, 5))}
</section>`,
  );
  const main = `<h1>Tin mới</h1>
${cards(collections.articles.slice(0, 13))}
${blocks.join("\n")}`;
  return frame(SITE.title, "/", SITE.description, main);
}
