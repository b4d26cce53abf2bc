// What of a document is shown where it was found: its title and a passage of its text, the words marked.

import { match, readDocument } from "./search-match.js";
import { BODY, listTerms } from "./search-words.js";

// The length of a passage in words, and how many of them stand before what was found.
const PASSAGE = 40;
const BEFORE = 8;

// The pieces of a text, each with the parts of the query that it answers.
function mark({ pieces, places }, spans) {
  return pieces.map((piece, number) => ({
    ...piece,
    parts: spans.flatMap((own, part) =>
      own.some(([start, end]) => start < places[number + 1] && places[number] < end) ? [part] : [],
    ),
  }));
}

// A text from one place to another, as runs of characters that are marked or not.
function* cut(text, pieces, from, to) {
  let done = from;
  for (const piece of pieces) {
    if (piece.parts.length > 0 && piece.from >= from && piece.to <= to) {
      yield { text: text.slice(done, piece.from), isMarked: false };
      yield { text: text.slice(piece.from, piece.to), isMarked: true };
      done = piece.to;
    }
  }
  yield { text: text.slice(done, to), isMarked: false };
}

// Where a passage begins that has as many of the words as can stand together.
function choose(pieces) {
  let [best, most, row] = [0, 0, 0];
  pieces.forEach(({ parts }, number) => {
    row = parts.length > 0 ? row + 1 : 0;
    if (row > 0) {
      const near = new Set(pieces.slice(number, number + PASSAGE - BEFORE).flatMap((each) => each.parts));
      const worth = 2 * Math.min(row, 6) + 3 * near.size;
      if (worth > most) {
        [best, most] = [number - row + 1, worth];
      }
    }
  });
  return best;
}

export function excerpt({ query, options }, title, content) {
  const heading = listTerms(title, 0);
  const text = listTerms(content, Math.max(BODY, heading.places.at(-1) + 1));
  const document = readDocument([...heading.terms, ...text.terms]);
  const spans = query.parts.map((part) => {
    const own = match(part, document, options);
    const every = own.has(0) ? own.spans(0) : [];
    // Where the marks are as they were typed, the same letters with others are something else.
    const best = Math.min(1, Math.max(0, ...every.map(([, , level]) => level)));
    return every.filter(([, , level]) => level >= best);
  });
  const titled = mark(heading, spans);
  const words = mark(text, spans).filter(({ piece }) => piece[0] !== "\n");
  const start = Math.max(0, Math.min(choose(words) - BEFORE, words.length - PASSAGE));
  const last = Math.min(words.length, start + PASSAGE) - 1;
  const isFirst = start === 0;
  const isLast = last === words.length - 1;
  // With the signs before the first word and behind the last one.
  const from = isFirst ? 0 : content.slice(0, words[start].from).search(/\S*$/);
  const to = isLast ? content.length : words[last].to + content.slice(words[last].to).search(/\s|$/);
  return {
    title: [...cut(title, titled, 0, title.length)],
    text: [...cut(content, words, from, to)],
    isFirst,
    isLast,
  };
}
