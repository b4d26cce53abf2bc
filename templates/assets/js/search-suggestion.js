// What a reader may have meant, out of the words that often stand side by side in the texts.

import { fold } from "./search-letters.js";
import { listPieces } from "./search-words.js";

// Words of so many letters at least are taken for misspelt.
const SHORTEST = 3;

// Whether two words differ by one letter: another one, one too many, or two in the wrong order.
function isNear(one, other) {
  if (Math.abs(one.length - other.length) > 1) {
    return false;
  }
  let start = 0;
  while (start < one.length && one[start] === other[start]) {
    start += 1;
  }
  const [rest, second] = [one.slice(start), other.slice(start)];
  return (
    rest.slice(1) === second.slice(1) ||
    rest === second.slice(1) ||
    rest.slice(1) === second ||
    (rest[0] === second[1] && rest[1] === second[0] && rest.slice(2) === second.slice(2))
  );
}

// What it costs to mean a word: nothing as it stands, little for its marks, more for another letter.
function differ(typed, word) {
  if (typed === word) {
    return 0;
  }
  if (fold(typed) === typed && fold(word) === typed) {
    return 0;
  }
  if (fold(typed) === fold(word)) {
    return 1;
  }
  return isNear(fold(typed), fold(word)) && Math.max(typed.length, word.length) >= SHORTEST ? 2 : Infinity;
}

// Returns a query that is nearly this one and whose words stand side by side in the texts, or nothing.
export function suggest(text, pairs) {
  const words = listPieces(text.normalize("NFC"))
    .map(({ piece }) => piece)
    .filter((piece) => piece[0] !== "\n");
  const every = [...pairs].map(([pair, number]) => [...pair.split(" "), number]);
  const known = words.map(() => false);
  for (let place = 0; place + 1 < words.length; place += 1) {
    const [one, other] = words.slice(place);
    if (every.some(([a, b]) => differ(one, a) === 0 && differ(other, b) === 0)) {
      known[place] = known[place + 1] = true;
    }
  }
  const meant = [];
  let isChanged = false;
  for (let place = 0; place < words.length; ) {
    const best = known[place] && known[place + 1] !== false ? null : choose(words, place, every);
    meant.push(...(best?.replaced ?? [words[place]]));
    isChanged ||= best !== null;
    place += best?.length ?? 1;
  }
  return isChanged ? meant.join(" ") : "";
}

// What is most often meant by the word at this place with the next one, or by it alone.
function choose(words, place, pairs) {
  const [one, other] = words.slice(place);
  let best = null;
  for (const [a, b, number] of pairs) {
    const joined = fold(one) === fold(a + b) ? 2 : Infinity;
    const single = words.length === 1 ? differ(one, a) : Infinity;
    for (const [cost, replaced, length] of [
      [other === undefined ? Infinity : differ(one, a) + differ(other, b), [a, b], 2],
      [joined, [a, b], 1],
      [single, [a], 1],
    ]) {
      const worth = Math.log(1 + number) - 2 * cost;
      if (cost > 0 && cost <= 3 && (!best || worth > best.worth)) {
        best = { worth, replaced, length };
      }
    }
  }
  return best;
}
