// The index of all articles: bundles by period, searched as one.

import { begins, grade, read, vary } from "./search-words.js";

// The first results are read whole, to be put in order by what they say.
const GRADED = 30;
const RANKING = {
  diacriticSimilarity: 5,
  // What else is shown of an article is not what readers look for.
  metaWeights: { title: 5, category: 0, day: 0, iso: 0 },
};

// Returns the index, or throws where it cannot be loaded.
export async function openIndex(script, bundles) {
  const { createInstance } = await import(script);
  const options = { ranking: RANKING, excerptLength: 40 };
  const index = createInstance(options);
  await index.init();
  const [, ...others] = bundles;
  await Promise.all(others.map((bundle) => index.mergeIndex(bundle, options)));
  return index;
}

// Returns what results are filtered and sorted by: [time, category, authors] by the result's id.
export async function fetchFacets(bundles) {
  const each = await Promise.all(
    bundles.map(async (bundle) => (await fetch(`${bundle}facets.json`, { cache: "no-cache" })).json()),
  );
  return new Map(each.flatMap(Object.entries));
}

async function searchVariants(index, words, quote) {
  const found = new Map();
  for (const variant of vary(words)) {
    const { results } = await index.search(`${quote}${variant.join(" ")}${quote}`);
    for (const result of results) {
      if (!(found.get(result.id)?.score >= result.score)) {
        found.set(result.id, result);
      }
    }
  }
  return found;
}

function intersect(results, sets) {
  return results.filter(({ id }) => sets.every((set) => set.has(id)));
}

// Returns the results that hold all words and phrases, best first. Asked for a word that a bundle does
// not have, the index gives those that begin alike: so each word is also looked for as it stands.
export async function find(index, text) {
  const query = read(text);
  const exactly = (words) => searchVariants(index, words, '"');
  const phrases = await Promise.all(query.phrases.map(exactly));
  const words = await Promise.all(query.words.map((word) => exactly([word])));
  const together = query.words.length > 0 ? await searchVariants(index, query.words, "") : null;
  const candidates = [...(together ?? phrases[0] ?? new Map()).values()].map((result) => ({
    id: result.id,
    score: phrases.reduce((sum, set) => sum + (set.get(result.id)?.score ?? 0), result.score),
    read: result.data,
  }));
  candidates.sort((one, other) => other.score - one.score);
  const results = intersect(candidates, [...phrases, ...words]);
  if (results.length > 0 || !together) {
    return { query, results };
  }
  // The last word may still be on its way: then its beginning is enough.
  const begun = intersect(candidates, [...phrases, ...words.slice(0, -1)]).slice(0, GRADED);
  const documents = await Promise.all(begun.map((result) => result.read()));
  const kept = begun.filter((_, place) => begins(query, documents[place]));
  return { query: { ...query, begun: true }, results: kept };
}

// Puts the first results in order by what they say.
export async function putInOrder({ query, results }) {
  const graded = await Promise.all(
    results.slice(0, GRADED).map(async (result) => {
      const { meta, content } = await result.read();
      return { ...result, grade: grade(query, meta.title, content) };
    }),
  );
  graded.sort((one, other) => other.grade - one.grade || other.score - one.score);
  return [...graded, ...results.slice(GRADED)];
}

// Puts the newest first; what has no date comes last.
export function sortByDate(results, facets) {
  const date = ({ id }) => facets.get(id)?.[0] ?? 0;
  return results.slice().sort((one, other) => date(other) - date(one));
}

// Keeps what belongs to a category or one below it, to a year and to an author, where they are given.
export function narrow(results, facets, { category, year, author }) {
  return results.filter(({ id }) => {
    const [moment, own, authors] = facets.get(id) ?? [0, "", []];
    return (
      own.startsWith(category) &&
      (!year || Math.floor(moment / 1e8) === Number(year)) &&
      (!author || authors.includes(author))
    );
  });
}
