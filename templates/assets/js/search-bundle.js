// The files of the index, as they are fetched: bundles by period (sitegen/search/index_files.py makes them).

import { fold } from "./search-letters.js";

const VERSION = 1;
const NAME = 8;
// So many shards of a bundle stay in memory; whoever types a word has typed those before it.
const KEPT = 40;

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
