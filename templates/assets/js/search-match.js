// Where the parts of a query stand, in a bundle of the index or in one text alike, and how well each document
// answers. Nothing here touches the page or the network.
//
// A source knows the words of documents: `find(key)` lists the forms of a word with where they stand, and
// `begin(part)` those that begin as it does. What matches is a map of documents, each with its spans:
// [first word, word behind the last one, how well it answers].

import { fold } from "./search-letters.js";
import { BODY, compare, compareBeginning, PUBLISHED, split } from "./search-words.js";

// Nothing is asked of a word that is in everything, and little of one that stands often in a text.
const SATURATION = 1.2;

class Words {
  constructor() {
    this.documents = new Map();
  }

  add(list, level, length) {
    for (const [document, place] of list.places) {
      const own = this.documents.get(document);
      const entry = { list, place, level, length };
      if (own) {
        own.push(entry);
      } else {
        this.documents.set(document, [entry]);
      }
    }
  }

  has(document) {
    return this.documents.has(document);
  }

  spans(document) {
    const found = [];
    for (const { list, place, level, length } of this.documents.get(document) ?? []) {
      for (const [start, end] of list.read(place)) {
        found.push([start, end ?? start + length, level]);
      }
    }
    return found.sort((one, other) => one[0] - other[0]);
  }
}

// Several ways to find the same.
class Union {
  constructor(matches) {
    this.matches = matches;
    this.documents = new Map(matches.flatMap((match) => [...match.documents]));
  }

  has(document) {
    return this.documents.has(document);
  }

  spans(document) {
    return this.matches
      .flatMap((match) => (match.has(document) ? match.spans(document) : []))
      .sort((one, other) => one[0] - other[0]);
  }
}

// The spans of all matches, one right behind the other.
export function chain(lists) {
  let [found = []] = lists;
  for (const next of lists.slice(1)) {
    const starts = new Map();
    for (const [start, end, level] of next) {
      starts.set(start, [...(starts.get(start) ?? []), [end, level]]);
    }
    found = found.flatMap(([start, end, level]) =>
      (starts.get(end) ?? []).map(([last, other]) => [start, last, Math.min(level, other)]),
    );
  }
  return found;
}

class Sequence {
  constructor(matches, least, most = 2) {
    const [fewest] = matches.slice().sort((one, other) => one.documents.size - other.documents.size);
    this.documents = new Map();
    for (const document of fewest.documents.keys()) {
      if (matches.every((match) => match.has(document))) {
        const spans = chain(matches.map((match) => match.spans(document)))
          .filter(([, , level]) => level >= least)
          .map(([start, end, level]) => [start, end, Math.min(level, most)]);
        if (spans.length > 0) {
          this.documents.set(document, spans);
        }
      }
    }
  }

  has(document) {
    return this.documents.has(document);
  }

  spans(document) {
    return this.documents.get(document) ?? [];
  }
}

function matchWord(part, source, options) {
  const words = new Words();
  for (const list of source.find(part.key)) {
    const level = compare(part, list.form, options);
    if (level >= 0) {
      words.add(list, level, Math.max(1, split(list.form).length));
    }
  }
  if (options.begins === part) {
    for (const list of source.begin(part)) {
      const level = compareBeginning(part, list.form);
      if (level >= 0) {
        words.add(list, level, Math.max(1, split(list.form).length));
      }
    }
  }
  return words;
}

function matchDate(part, source, options) {
  const words = new Words();
  for (const list of source.find(part.key)) {
    words.add(list, list.form === PUBLISHED ? 0 : 1, 1);
  }
  if (!part.whole?.key) {
    return words;
  }
  return new Union([words, matchWord({ ...part.whole, isAmount: false }, source, options)]);
}

// Returns where a part stands. What was typed in one piece is found in one piece; its parts one behind the
// other are enough, except in an amount: 8.400 is not 8, 400.
export function match(part, source, options = {}) {
  if (part.kind === "word") {
    return matchWord(part, source, options);
  }
  if (part.kind === "date") {
    return matchDate(part, source, options);
  }
  if (part.kind === "any") {
    return new Union(part.options.map((each) => match(each, source, options)));
  }
  if (part.kind === "phrase") {
    return new Sequence(part.parts.map((each) => match(each, source, options)), part.isMarked ? 1 : 0);
  }
  const matches = part.key ? [matchWord(part, source, options)] : [];
  if (!part.key || !part.isAmount || options.isLoose) {
    const words = part.words.map((each) => match(each, source, options));
    matches.push(new Sequence(words, 0, 1));
  }
  return new Union(matches);
}

// A text as a source: it is the only document, 0.
export function readDocument(terms) {
  const byKey = new Map();
  for (const { key, form, start, end } of terms) {
    const lists = byKey.get(key) ?? new Map();
    byKey.set(key, lists);
    const list = lists.get(form) ?? { form, places: [[0, []]], read: (place) => place };
    lists.set(form, list);
    list.places[0][1].push([start, end]);
  }
  return {
    find: (key) => [...(byKey.get(key)?.values() ?? [])],
    begin: ({ typed, key }) =>
      [...byKey]
        .filter(([own]) => own.startsWith(key) || own.startsWith(fold(typed)))
        .flatMap(([, lists]) => [...lists.values()]),
  };
}

const isInTitle = ([start]) => start < BODY;

// 5: one behind the other in the title; 4: in the title; 3: one behind the other; 2: somewhere.
function place(lists) {
  const title = lists.map((spans) => spans.filter(isInTitle));
  const isTitled = title.every((spans) => spans.length > 0);
  if (isTitled && chain(title).length > 0) {
    return 5;
  }
  if (isTitled) {
    return 4;
  }
  return lists.length === 1 || chain(lists.map((spans) => spans.filter((each) => !isInTitle(each)))).length > 0 ? 3 : 2;
}

// How well a document answers: the marks as they were typed before others, then the place.
export function grade(lists) {
  const least = Math.min(...lists.map((spans) => Math.max(...spans.map(([, , level]) => level))));
  const asTyped = (level) => lists.map((spans) => spans.filter((each) => each[2] >= level));
  let best = place(lists);
  for (let level = 1; level <= least; level += 1) {
    best = Math.max(best, place(asTyped(level)) + (level === 1 ? 10 : 10.5));
  }
  return best;
}

// The part of a title that the query says, from its beginning to its end, of 1.
export function cover(lists, length) {
  const titles = lists.map((spans) => spans.filter(isInTitle));
  const lengths = chain(titles).map(([start, end]) => end - start);
  return lengths.length > 0 && length > 0 ? Math.max(...lengths) / length : 0;
}

export function score(lists, weights, length) {
  const size = 0.25 + 0.75 * (length / 600);
  return lists.reduce((sum, spans, number) => {
    const best = Math.max(...spans.map(([, , level]) => level));
    const count = spans.filter(([, , level]) => level >= Math.min(1, best)).length;
    return sum + weights[number] * (count / (count + SATURATION * size));
  }, 0);
}
