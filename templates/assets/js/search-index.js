// The index of all documents: bundles by period, searched as one (sitegen/search/index_files.py makes them).

import { cover, grade, match, score } from "./search-match.js";
import { fold, listKeys, read } from "./search-words.js";

const VERSION = 1;
const NAME = 8;
// So many shards of a bundle stay in memory; whoever types a word has typed those before it.
const KEPT = 40;
// A word that is still on its way has so many letters at least, and begins so few shards.
const SHORTEST = 2;
const MOST_SHARDS = 6;
// A name is what was asked for if so much of it was typed.
const NAMED = 0.6;
const MOST_NAMES = 3;

// What could not be fetched. If it `isGone`, another release has been published.
export class FetchError extends Error {
  constructor(message, isGone) {
    super(message);
    this.isGone = isGone;
  }
}

async function load(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    throw new FetchError(`${url}: ${error.message}`, false);
  }
  if (!response.ok) {
    throw new FetchError(`${url}: ${response.status}`, response.status === 404 || response.status === 410);
  }
  return response;
}

// A file that is cut off or is something else is as good as none.
async function unpack(url) {
  const response = await load(url);
  try {
    const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).arrayBuffer();
  } catch (error) {
    throw new FetchError(`${url}: ${error.message}`, false);
  }
}

async function unpackJson(url) {
  return JSON.parse(new TextDecoder().decode(await unpack(url)));
}

function readNumber(data, place) {
  let number = 0;
  let shift = 0;
  let byte;
  do {
    byte = data[place];
    place += 1;
    number |= (byte & 127) << shift;
    shift += 7;
  } while (byte > 127);
  return [number, place];
}

// Where the documents of a word are told in the bytes of a shard: [document, [first, last byte]].
function listPlaces(data, start, end) {
  const places = [];
  let document = 0;
  let place = start;
  while (place < end) {
    let number;
    [number, place] = readNumber(data, place);
    document += number;
    [number, place] = readNumber(data, place);
    places.push([document, [place, place + number]]);
    place += number;
  }
  return places;
}

function readPlaces(data, [start, end]) {
  const found = [];
  let position = 0;
  for (let place = start; place < end; ) {
    let step;
    [step, place] = readNumber(data, place);
    position += step;
    found.push([position]);
  }
  return found;
}

// The forms of each word of a shard, by key.
function readShard(buffer) {
  const data = new Uint8Array(buffer);
  let end = 0;
  while (!(data[end] === 10 && data[end + 1] === 10)) {
    if (end >= data.length) {
      throw new FetchError("a shard without an end", false);
    }
    end += 1;
  }
  const words = new Map();
  let place = end + 2;
  for (const line of new TextDecoder().decode(data.subarray(0, end)).split("\n")) {
    const [key, form, size] = line.split("\t");
    const [start, stop] = [place, place + Number(size)];
    let places;
    const list = {
      form: form || key,
      get places() {
        places ??= listPlaces(data, start, stop);
        return places;
      },
      read: (where) => readPlaces(data, where),
    };
    words.set(key, [...(words.get(key) ?? []), list]);
    place = stop;
  }
  return words;
}

class Bundle {
  constructor(url, entry) {
    this.url = url;
    this.entry = entry;
    this.size = entry.lengths.length;
    this.shards = new Map();
  }

  // The number of the shard that holds a key, if any does.
  locate(key) {
    const { shards } = this.entry;
    let [low, high] = [0, shards.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shards[middle][0] <= key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  async prepare(number) {
    const known = this.shards.get(number);
    const shard = known ?? unpack(`${this.url}index/${this.entry.shards[number][1]}.bin`).then(readShard);
    this.shards.delete(number);
    this.shards.set(number, shard);
    if (this.shards.size > KEPT) {
      this.shards.delete(this.shards.keys().next().value);
    }
    try {
      return [number, await shard];
    } catch (error) {
      this.shards.delete(number);
      throw error;
    }
  }

  // Loads all that a query asks for; `beginning` is a word of which the rest is not typed yet.
  async open(keys, beginning) {
    const range = beginning ? this.span(beginning) : [];
    const numbers = new Set([...[...keys].map((key) => this.locate(key)), ...range]);
    numbers.delete(-1);
    const ready = new Map(await Promise.all([...numbers].map((number) => this.prepare(number))));
    return {
      bundle: this,
      find: (key) => ready.get(this.locate(key))?.get(key) ?? [],
      begin: ({ typed, key }) =>
        range
          .flatMap((number) => [...ready.get(number)])
          .filter(([own]) => own.startsWith(key) || own.startsWith(fold(typed)))
          .flatMap(([, lists]) => lists),
    };
  }

  // The shards of all words that begin alike.
  span(beginning) {
    if (this.entry.shards.length === 0) {
      return [];
    }
    const first = Math.max(0, this.locate(beginning));
    const last = this.locate(`${beginning}\uffff`);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
  }

  get facets() {
    this.told ??= unpackJson(`${this.url}index/${this.entry.facets}.bin`);
    this.told.catch(() => {
      this.told = undefined;
    });
    return this.told;
  }

  get pairs() {
    return unpack(`${this.url}index/${this.entry.pairs}.bin`).then((data) => new TextDecoder().decode(data));
  }

  // What is shown of a document.
  async read(document) {
    const name = (number) => this.entry.documents.substr(number * NAME, NAME);
    let first = document;
    while (first > 0 && name(first - 1) === name(document)) {
      first -= 1;
    }
    const block = await unpackJson(`${this.url}fragment/${name(document)}.bin`);
    return block[document - first];
  }
}

// Returns the index. A browser may hold an older list of its files: each is asked for anew.
export async function openIndex(urls) {
  const bundles = await Promise.all(
    urls.map(async (url) => {
      const response = await load(`${url}bundle.json`, { cache: "no-cache" });
      let entry;
      try {
        entry = await response.json();
      } catch (error) {
        throw new FetchError(`${url}: ${error.message}`, false);
      }
      if (entry.version !== VERSION) {
        throw new FetchError(`${url}: version ${entry.version}`, true);
      }
      return new Bundle(url, entry);
    }),
  );
  return { bundles };
}

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
function order(results, bundles) {
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
    return order(collect(found, query, weights, { some, options }), index.bundles);
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
export async function fetchPairs({ bundles }) {
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

// Returns what a result is filtered and sorted by: time, category, authors.
export async function tellFacets(results) {
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
export function sortByDate(results, tell) {
  return results.slice().sort((one, other) => tell(other)[0] - tell(one)[0]);
}

// Keeps what belongs to a category or one below it, to a year and to an author, where they are given.
export function narrow(results, tell, { category, year, author }) {
  return results.filter((result) => {
    const [moment, own, authors] = tell(result);
    return (
      own.startsWith(category) &&
      (!year || Math.floor(moment / 1e8) === Number(year)) &&
      (!author || authors.includes(author))
    );
  });
}
