// The index of all articles: bundles by period, searched as one.

import { begins, grade, read, vary } from "./search-words.js";

// The first results are read whole, to be put in order by what they say.
const GRADED = 30;
const REMEMBERED = 20;
const RANKING = {
  diacriticSimilarity: 5,
  // What else is shown of an article is not what readers look for.
  metaWeights: { title: 5, category: 0, day: 0, iso: 0 },
};

// Returns the index, or throws where it cannot be loaded.
export async function openIndex(script, bundles) {
  const { createInstance } = await import(script);
  const options = { ranking: RANKING };
  const index = createInstance(options);
  await index.init();
  const [, ...others] = bundles;
  await Promise.all(others.map((bundle) => index.mergeIndex(bundle, options)));
  return { index, known: new Map() };
}

// Looks for a term, unless that was done lately: whoever types a word has typed those before it.
function ask({ index, known }, term) {
  if (!known.has(term)) {
    const answer = index.search(term).then(({ results }) => results);
    answer.catch(() => known.delete(term));
    known.set(term, answer);
    if (known.size > REMEMBERED) {
      known.delete(known.keys().next().value);
    }
  }
  return known.get(term);
}

// Returns what results are filtered and sorted by: [time, category, authors] by the result's id.
export async function fetchFacets(bundles) {
  const each = await Promise.all(
    bundles.map(async (bundle) => (await fetch(`${bundle}facets.json`, { cache: "no-cache" })).json()),
  );
  return new Map(each.flatMap(Object.entries));
}

// Returns what is found for some words side by side, by the results' ids: in all their spellings.
async function look(index, words, { whole }) {
  const found = new Map();
  const quote = whole ? '"' : "";
  for (const variant of vary(words)) {
    for (const result of await ask(index, `${quote}${variant.join(" ")}${quote}`)) {
      if (!(found.get(result.id)?.score >= result.score)) {
        found.set(result.id, result);
      }
    }
  }
  return found;
}

function isInTitle(result) {
  return Boolean(result?.matchedMetaFields?.includes("title"));
}

// Better before worse, as `grade` has it, as far as the index tells without a document being read.
function level(results, together) {
  if (isInTitle(together)) {
    return 3;
  }
  return results.every(isInTitle) ? 2 : Number(together !== undefined);
}

// Returns the results that hold all words and phrases, best first. Each word is looked for alone and as
// it stands: asked for several at once, the index takes many times as long, and where a bundle
// does not hold one of them, it gives what begins alike.
export async function find(index, text) {
  const query = read(text);
  const parts = [...query.phrases, ...query.words.map((word) => [word])];
  const sets = await Promise.all(parts.map((part) => look(index, part, { whole: true })));
  // The last word may still be on its way: then its beginning is enough.
  query.begun = query.words.length > 0 && sets.at(-1).size === 0;
  if (query.begun) {
    sets[sets.length - 1] = await look(index, parts.at(-1), { whole: false });
  }
  const [fewest = new Map()] = sets.slice().sort((one, other) => one.size - other.size);
  const ids = [...fewest.keys()].filter((id) => sets.every((set) => set.has(id)));
  const isMany = query.words.length > 1 && !query.begun && ids.length > 0;
  const together = isMany ? await look(index, query.words, { whole: true }) : fewest;
  const results = ids.map((id) => {
    const own = sets.map((set) => set.get(id));
    return {
      id,
      level: level(own, together.get(id)),
      score: own.reduce((sum, { score }) => sum + score, 0),
      // The index forgets a result that nobody holds any more.
      read: () => own[0].data(),
    };
  });
  results.sort((one, other) => other.level - one.level || other.score - one.score);
  if (!query.begun) {
    return { query, results };
  }
  const first = results.slice(0, GRADED);
  const documents = await Promise.all(first.map((result) => result.read()));
  return { query, results: first.filter((_, place) => begins(query, documents[place])) };
}

// Puts the first results in order by what they say.
export async function putInOrder({ query, results }) {
  const graded = await Promise.all(
    results.slice(0, GRADED).map(async (result) => {
      const { meta, content } = await result.read();
      return { ...result, grade: grade(query, meta.title, content) };
    }),
  );
  // What is equal stays in the order of the index.
  graded.sort((one, other) => other.grade - one.grade);
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
