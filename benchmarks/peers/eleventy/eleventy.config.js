import { SECTIONS } from "./site.js";

const PAGE_SIZE = 20;
const NEIGHBOURS = 5;

export default function (config) {
  config.setQuietMode(true);

  config.addCollection("articles", (api) =>
    api.getFilteredByGlob("content/**/*.md").sort((one, other) => other.date - one.date),
  );

  // The articles of each section, newest first, with their neighbours.
  const bySection = (api) => {
    const sections = new Map(SECTIONS.map(({ slug }) => [slug, []]));
    const articles = api.getFilteredByGlob("content/**/*.md");
    articles.sort((one, other) => other.date - one.date);
    for (const article of articles) sections.get(article.data.section).push(article);
    return sections;
  };

  config.addCollection("neighbours", (api) => {
    const found = new Map();
    for (const articles of bySection(api).values()) {
      articles.forEach((article, position) =>
        found.set(article.inputPath, {
          newer: articles.slice(Math.max(0, position - NEIGHBOURS), position).reverse(),
          older: articles.slice(position + 1, position + 1 + NEIGHBOURS),
        }),
      );
    }
    return found;
  });

  // One entry for each page of each section's list: pagination does not nest.
  config.addCollection("listPages", (api) => {
    const sections = bySection(api);
    return SECTIONS.flatMap(({ slug, title }) => {
      const articles = sections.get(slug);
      const count = Math.max(1, Math.ceil(articles.length / PAGE_SIZE));
      const url = (number) => (number === 1 ? `/${slug}/` : `/${slug}/trang/${number}/`);
      return Array.from({ length: count }, (_, index) => ({
        title,
        url: url(index + 1),
        newer: index ? url(index) : "",
        older: index + 1 < count ? url(index + 2) : "",
        stories: articles.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
      }));
    });
  });

  config.addCollection("sections", (api) => {
    const sections = bySection(api);
    return SECTIONS.map(({ slug, title }) => ({ slug, title, stories: sections.get(slug) }));
  });

  return {
    dir: { input: ".", includes: "layouts", output: "output" },
    // Articles are Markdown alone: no second template language runs over them.
    markdownTemplateEngine: false,
    templateFormats: ["md", "11ty.js"],
  };
}
