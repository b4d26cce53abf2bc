// The index of all documents: its bundles are searched as one.

import { cover, grade, match, score } from "./search-match.js";
import { listKeys, read } from "./search-words.js";

// A word that is still on its way has so many letters at least, and begins so few shards.
const SHORTEST = 2;
const MOST_SHARDS = 6;
// A name is what was asked for if so much of it was typed.
const NAMED = 0.6;
const MOST_NAMES = 3;
// Below that, nothing that was found has the words side by side with their marks; and in this title they are apart.
const CLOSE = 13;
const APART = 14;

function openSources({ bundles }, parts, beginning) {
  const keys = new Set(parts.flatMap((part) => [...listKeys(part)]));
  return Promise.all(bundles.map((bundle) => bundle.open(keys, beginning)));
}

function matchAll(sources, parts, options) {
  return sources.map((source) => ({
    bundle: source.bundle,
    matches: parts.map((part) => match(part, source, options)),
  }));
}

const count = (found, number) => found.reduce((sum, { matches }) => sum + matches[number].documents.size, 0);

// Documents that have all parts; or else, with `some`, those that have most of them.
function collect(found, query, weights, { some, options }) {
  const results = [];
  for (const { bundle, matches } of found) {
    const { kinds, titles, lengths } = bundle.entry;
    const documents = some
      ? new Set(matches.flatMap((each) => [...each.documents.keys()]))
      : [...matches.slice().sort((one, other) => one.documents.size - other.documents.size)[0].documents.keys()];
    for (const document of documents) {
      const present = matches.map((each) => each.has(document));
      if (!some && !present.every(Boolean)) {
        continue;
      }
      const lists = matches.filter((_, number) => present[number]).map((each) => each.spans(document));
      const own = weights.filter((_, number) => present[number]);
      const kind = kinds?.[document] ?? "";
      results.push({
        bundle,
        document,
        kind,
        query,
        options,
        parts: lists.length,
        missing: [...new Set(query.parts.filter((_, number) => !present[number]).map(({ typed }) => typed))],
        grade: grade(lists),
        cover: kind ? cover(lists, titles[document]) : 0,
        score: score(lists, own, lengths[document]),
        read: () => bundle.read(document),
      });
    }
  }
  if (!some) {
    return results;
  }
  const most = Math.max(0, ...results.map(({ parts }) => parts));
  return most < query.parts.length / 2 ? [] : results.filter(({ parts }) => parts === most);
}

// Names that were asked for come first, then better before worse, then newer before older.
function putInOrder(results, bundles) {
  const places = new Map(bundles.map((bundle, place) => [bundle, place]));
  results.sort(
    (one, other) =>
      other.grade - one.grade ||
      other.score - one.score ||
      places.get(other.bundle) - places.get(one.bundle) ||
      other.document - one.document,
  );
  const named = results
    .filter(({ cover: part, missing }) => part >= NAMED && missing.length === 0)
    .sort((one, other) => other.cover - one.cover || other.grade - one.grade || one.document - other.document)
    .slice(0, MOST_NAMES);
  const others = results.filter((each) => !named.includes(each));
  const isName = ({ kind, missing }) => kind && missing.length === 0;
  // A name of which little was typed comes behind the titles of news.
  const late = others.filter((each) => isName(each) && each.grade % 10 >= 4);
  const rest = others.filter((each) => !late.includes(each));
  const end = rest.findIndex((each) => each.grade < 14 && each.grade % 10 < 4);
  rest.splice(end < 0 ? rest.length : end, 0, ...late);
  return [...named, ...rest];
}

// Returns the documents that hold all parts of a query, best first; where there are none, those with a word
// that begins as the last one does; and where there are none of these, those that have most parts.
export async function find(index, text, synonyms) {
  const query = read(text, synonyms);
  if (query.parts.length === 0) {
    return { query, results: [], isBegun: false, isPartial: false };
  }
  const { parts, last } = query;
  const answer = (found, options, some) => {
    const total = index.bundles.reduce((sum, { size }) => sum + size, 0);
    const weights = parts.map((_, number) => Math.log(1 + total / (1 + count(found, number))));
    return putInOrder(collect(found, query, weights, { some, options }), index.bundles);
  };
  const sources = await openSources(index, parts);
  let options = {};
  let found = matchAll(sources, parts, options);
  if (parts.some((part, number) => part.kind === "piece" && count(found, number) === 0)) {
    options = { isLoose: true };
    found = matchAll(sources, parts, options);
  }
  const results = answer(found, options, false);
  if (results.length > 0) {
    return { query, results, isBegun: false, isPartial: false };
  }
  if (last?.kind === "word" && last.typed.length >= SHORTEST) {
    const begins = { ...options, begins: last };
    const sizes = index.bundles.map((bundle) => bundle.span(last.key).length);
    if (Math.max(...sizes) <= MOST_SHARDS) {
      const begun = await openSources(index, parts, last.key);
      const more = answer(matchAll(begun, parts, begins), begins, false);
      if (more.length > 0) {
        return { query, results: more, isBegun: true, isPartial: false };
      }
    }
  }
  const some = parts.length > 1 ? answer(found, options, true) : [];
  return { query, results: some, isBegun: false, isPartial: some.length > 0 };
}

// Returns the words that often stand side by side, out of the newest bundles.
async function fetchPairs({ bundles }) {
  const [first, ...others] = bundles;
  const lists = await Promise.all([...others.slice(-8), first].map((bundle) => bundle.pairs));
  const pairs = new Map();
  for (const line of lists.flatMap((list) => list.split("\n")).filter(Boolean)) {
    const [one, other, number] = line.split(" ");
    const pair = `${one} ${other}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + Number(number));
  }
  return pairs;
}

// Returns what else the reader may have meant, where nothing has the words as they were typed.
export async function propose(index, text, answer, synonyms) {
  const { results, isPartial, isBegun, query } = answer;
  const [first] = results.filter(({ cover: part }) => part < 1);
  const isClose = first && !isPartial && (first.grade >= CLOSE || first.cover > 0) && first.grade !== APART;
  if (!text || isClose || (isBegun && query.parts.length === 1) || /["“”„«»]/.test(text)) {
    return "";
  }
  const [{ suggest }, pairs] = await Promise.all([import("./search-suggestion.js"), fetchPairs(index)]);
  const meant = suggest(text, pairs);
  const better = meant ? await find(index, meant, synonyms) : null;
  return better && !better.isPartial && better.results[0]?.grade >= CLOSE ? meant : "";
}

// Returns what a result is filtered and sorted by: time, category, authors.
async function tellFacets(results) {
  const bundles = [...new Set(results.map(({ bundle }) => bundle))];
  const facets = new Map(
    await Promise.all(bundles.map(async (bundle) => [bundle, await bundle.facets])),
  );
  return ({ bundle, document }) => facets.get(bundle)[document];
}

export async function listAuthors({ bundles }) {
  const every = await Promise.all(bundles.map((bundle) => bundle.facets));
  return [...new Set(every.flat().flatMap(([, , authors]) => authors))];
}

// Puts the newest first; what has no date comes last.
function sortByDate(results, tell) {
  return results.slice().sort((one, other) => tell(other)[0] - tell(one)[0]);
}

// Keeps what belongs to a category or one below it, to a year and to an author, where they are given.
function narrow(results, tell, { category, year, author }) {
  return results.filter((result) => {
    const [moment, own, authors] = tell(result);
    return (
      own.startsWith(category) &&
      (!year || Math.floor(moment / 1e8) === Number(year)) &&
      (!author || authors.includes(author))
    );
  });
}

// Returns what is found within the reader's choices; `before` is how many there are without these.
export async function ask(index, text, synonyms, { order, ...filters }) {
  const answer = await find(index, text, synonyms);
  const isNarrow = Object.values(filters).some(Boolean);
  const tell = isNarrow || order ? await tellFacets(answer.results) : null;
  const kept = isNarrow ? narrow(answer.results, tell, filters) : answer.results;
  return { ...answer, before: answer.results.length, results: order ? sortByDate(kept, tell) : kept };
}

// Returns some of the results, each with what is shown of it.
export function readSome(results, start, number) {
  return Promise.all(
    results.slice(start, start + number).map(async (result) => [result, await result.read()]),
  );
}
