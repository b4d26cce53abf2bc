import { SITE, escape } from "../site.js";

export const data = {
  pagination: {
    data: "collections.sections",
    size: 1,
    alias: "section",
    before: (sections) => [{ slug: "", title: SITE.title }, ...sections],
  },
  permalink: ({ section }) => (section.slug ? `/${section.slug}/rss.xml` : "/rss.xml"),
};

const item = (story) => `<item>
<title>${escape(story.data.title)}</title>
<link>${SITE.url}${story.url}</link>
<guid isPermaLink="true">${SITE.url}${story.url}</guid>
<pubDate>${story.date.toUTCString()}</pubDate>
<category>${escape(story.data.category)}</category>
<dc:creator>${escape(story.data.author)}</dc:creator>
<description>${escape(story.data.lead)}</description>
</item>`;

export function render({ section, collections }) {
  const stories = section.slug ? section.stories : collections.articles;
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${escape(section.title)}</title>
<link>${SITE.url}/${section.slug ? `${section.slug}/` : ""}</link>
<description>${escape(SITE.description)}</description>
<language>vi</language>
${stories.slice(0, 20).map(item).join("\n")}
</channel>
</rss>
`;
}
