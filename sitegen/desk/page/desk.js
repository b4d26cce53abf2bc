// Begins the desk: the words of the site's language, the formats of its texts, its collections.

import { makeFormat } from "./front-matter.js";

const PREFERENCES = "sveltia-cms.prefs";

const desk = await (await fetch("desk.json")).json();
const year = String(new Date().getFullYear());
const configuration = JSON.parse(JSON.stringify(desk.configuration).replaceAll("{this_year}", year));

// Whoever never chose a language is met in that of the site.
try {
  const chosen = JSON.parse(localStorage.getItem(PREFERENCES) ?? "{}") ?? {};
  if (!chosen.locale) {
    localStorage.setItem(PREFERENCES, JSON.stringify({ ...chosen, locale: desk.language }));
  }
} catch {
  // Without a storage, the language is that of the browser.
}

// Only where the body is open as Markdown is there a field of plain text for it.
const isMarkdown = () =>
  [...document.querySelectorAll('[data-key-path="body"] textarea')].some((each) => each.offsetParent);

window.CMS_MANUAL_INIT = true;
const { default: CMS } = await import("./cms/npm/index.js");
for (const [name, fields] of Object.entries(desk.formats)) {
  CMS.registerCustomFormat(name, "md", makeFormat(fields, desk.timezone, isMarkdown));
}
CMS.init({ config: { ...configuration, load_config_file: false } });
