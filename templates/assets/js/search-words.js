// The words of a text as the index knows them (sitegen/search/words.py does the same when it is made), and
// what a reader typed, as parts to look for. Nothing here touches the page or the network.

import { listDates, readWrittenDate } from "./search-dates.js";
import { bar, clean, fold, readWord } from "./search-letters.js";

// Titles begin at the first position; each further field begins where no title ends.
export const BODY = 100;
const NAMED = "=";
export const PUBLISHED = "+";

const PIECE = /[\p{L}\p{N}]+(?:[^\p{L}\p{N}\s]{1,3}[\p{L}\p{N}]+)*|\n+/gu;
const SIGNS = /[^\p{L}\p{N}\s]+/u;
const MOST_PARTS = 8;
const LONGEST = 64;
const MOST_WORDS = 12;
// A point or comma before each three digits.
const THOUSANDS = /^\d{1,3}(?:[.,]\d{3})+$/;

// What is written in one piece, with where it stands in the text; line breaks are pieces too.
export function listPieces(text) {
  return [...text.matchAll(PIECE)].map((found) => ({
    piece: found[0].toLowerCase(),
    from: found.index,
    to: found.index + found[0].length,
  }));
}

export function split(piece) {
  return piece.split(SIGNS).filter(Boolean);
}

function joinPiece(piece, parts) {
  const form = piece.replace(/[‐‑‒–—−]/g, "-").replace(/[’‘ʼ]/g, "'");
  const isWhole = parts.length > 1 && parts.length <= MOST_PARTS && [...piece].length <= LONGEST;
  return isWhole ? { key: fold(parts.join("")), form } : null;
}

// The terms of a text: what each piece is found by, from which word to which.
export function listTerms(text, start) {
  const pieces = listPieces(text);
  const terms = [];
  const places = [];
  let place = start;
  for (const { piece } of pieces) {
    places.push(place);
    if (piece[0] === "\n") {
      place += 1;
      continue;
    }
    const parts = split(piece);
    parts.forEach((part, offset) => {
      terms.push({ ...readWord(part), start: place + offset, end: place + offset + 1 });
    });
    const whole = joinPiece(piece, parts);
    const end = place + parts.length;
    if (whole) {
      terms.push({ ...whole, start: place, end });
    }
    terms.push(...listDates(piece).map((key) => ({ key, form: NAMED, start: place, end })));
    place = end;
  }
  places.push(place);
  const words = pieces.map(({ piece }) => piece);
  words.forEach((word, at) => {
    if (word === "tháng") {
      const first = /^\d{1,2}$/.test(words[at - 1] ?? "") ? at - 1 : at;
      const date = readWrittenDate(words, first);
      for (const key of date?.keys ?? []) {
        terms.push({ key, form: NAMED, start: places[first], end: places[first + date.length] });
      }
    }
  });
  return { terms, pieces, places };
}

function readPart(piece) {
  const parts = split(piece);
  if (parts.length === 1) {
    const word = readWord(piece);
    return { kind: "word", ...word, typed: piece, isMarked: bar(piece) !== piece || piece.includes("đ") };
  }
  return {
    kind: "piece",
    ...joinPiece(piece, parts),
    typed: piece,
    words: parts.map(readPart),
    isAmount: THOUSANDS.test(piece),
    isMixed: /\p{L}/u.test(piece) && /\p{N}/u.test(piece),
  };
}

function readPieces(text) {
  return listPieces(text)
    .map(({ piece }) => piece)
    .filter((piece) => piece[0] !== "\n");
}

// Who writes a mark in a phrase means all of its words as they stand.
function readPhrase(text) {
  const isMarked = bar(text) !== text || text.includes("đ");
  const parts = readPieces(text).map((piece) => ({ ...readPart(piece), ...(isMarked && { isMarked }) }));
  return { kind: "phrase", parts, typed: text, isMarked };
}

// The synonym that begins at this place, as what may stand for it and how many pieces it is.
function readSynonym(pieces, place, synonyms) {
  for (const [name, words] of synonyms) {
    for (const [one, other] of [
      [name, words],
      [words, name],
    ]) {
      const own = readPieces(one);
      const isHere = own.every((piece, offset) => {
        const typed = pieces[place + offset] ?? "";
        return typed === piece || typed === fold(piece);
      });
      if (own.length > 0 && isHere) {
        const typed = pieces.slice(place, place + own.length).join(" ");
        const options = [readPhrase(typed), readPhrase(other)];
        return { part: { kind: "any", options, typed }, length: own.length };
      }
    }
  }
  return null;
}

// What was typed, as parts that a text must all have. What stands between quotation marks is a phrase,
// whatever keyboard they came from.
export function read(text, synonyms = []) {
  const phrases = [];
  const rest = clean(text)
    .toLowerCase()
    .replace(/["“”„«»]([^"“”„«»]*)["“”„«»]/g, (_, phrase) => {
      const part = readPhrase(phrase);
      if (part.parts.length > 0) {
        phrases.push(part);
      }
      return " ";
    });
  const pieces = readPieces(rest);
  const parts = [];
  for (let place = 0; place < pieces.length; ) {
    const synonym = readSynonym(pieces, place, synonyms);
    const date = synonym ? null : readWrittenDate(pieces, place);
    if (synonym) {
      parts.push(synonym.part);
      place += synonym.length;
    } else if (date?.keys.length > 0) {
      const written = pieces.slice(place, place + date.length);
      const whole = written.map(readPart).find(({ kind }) => kind === "piece");
      parts.push({ kind: "date", key: date.keys[0], whole, typed: written.join(" ") });
      place += date.length;
    } else {
      parts.push(readPart(pieces[place]));
      place += 1;
    }
  }
  // Who writes a mark in one word means the others without.
  const isMeant = parts.some((part) => part.isMarked);
  const every = [...phrases, ...parts.map((part) => (part.kind === "word" ? { ...part, isMeant } : part))];
  const kept = every.slice(0, MOST_WORDS);
  return {
    parts: kept,
    isCut: kept.length < every.length,
    last: phrases.length < kept.length ? kept.at(-1) : null,
  };
}

// The keys that a part may be found by.
export function* listKeys(part) {
  if (part.key) {
    yield part.key;
  }
  for (const each of [...(part.words ?? []), ...(part.parts ?? []), ...(part.options ?? []), part.whole]) {
    if (each) {
      yield* listKeys(each);
    }
  }
}

// How well the form of a word answers what was typed: 2 as it stands, 1 but for signs in it (or where no
// mark was typed), 0 but for its marks; less where it is another word.
export function compare(part, form, { isLoose = false } = {}) {
  if (part.kind === "piece") {
    const own = split(form);
    const typed = split(part.typed);
    if (form === part.form) {
      return 2;
    }
    const isSolid = own.length === 1;
    if (isSolid && !(part.isAmount || part.isMixed || isLoose)) {
      return -1;
    }
    const [one, other] = isSolid ? [own[0], typed.join("")] : [own.join(" "), typed.join(" ")];
    return one === other ? 1 : fold(one) === fold(other) ? 0 : -1;
  }
  if (form === part.form) {
    return 2;
  }
  const bare = split(form).join("");
  if (!part.isMarked) {
    return part.isMeant ? 0 : 1;
  }
  if (bare === part.form || bare === part.typed) {
    return 1;
  }
  return bar(bare) === bar(part.form) ? 0 : -1;
}

// How well a form begins as a word that is still on its way.
export function compareBeginning(part, form) {
  if (form.startsWith(part.typed)) {
    return 1;
  }
  if (!part.isMarked) {
    return part.isMeant ? 0 : 1;
  }
  return bar(form).startsWith(bar(part.typed)) ? 0 : -1;
}
