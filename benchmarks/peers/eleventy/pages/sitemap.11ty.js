import { SECTIONS, SITE, iso } from "../site.js";

export const data = { permalink: "/sitemap.xml" };

export function render({ collections }) {
  const entries = [
    `<url><loc>${SITE.url}/</loc></url>`,
    ...SECTIONS.map(({ slug }) => `<url><loc>${SITE.url}/${slug}/</loc></url>`),
    ...collections.articles.map(
      (story) =>
        `<url><loc>${SITE.url}${story.url}</loc><lastmod>${iso(story.data.updated ?? story.date)}</lastmod></url>`,
    ),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join("\n")}
</urlset>
`;
}
