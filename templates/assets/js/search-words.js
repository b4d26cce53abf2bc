// What a reader typed, as words to look for: in which spellings, and how well a text answers it. Nothing
// here touches the page or the network.

// So many words typed with a plain d are looked for in both spellings; the others as đ, which is commoner.
const MOST_CHOICES = 3;
// The length of an excerpt in words, and how many of them stand before what was found.
const PASSAGE = 40;
const BEFORE = 8;
const LETTERS = /[\p{L}\p{N}]+/gu;

// The letter ETH is what some keyboards type for Đ.
export function normalise(text) {
  return text.normalize("NFC").replace(/Ð/g, "Đ").replace(/ð/g, "đ");
}

// "Đảng viên" and "dang vien" are the same without their marks.
export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
}

function list(text) {
  return normalise(text).toLowerCase().match(LETTERS) ?? [];
}

// What stands between quotation marks is a phrase, whatever keyboard they came from.
export function read(text) {
  const phrases = [];
  const rest = normalise(text).replace(/["“”„«»]([^"“”„«»]*)["“”„«»]/g, (_, phrase) => {
    const words = list(phrase);
    if (words.length > 0) {
      phrases.push(words);
    }
    return " ";
  });
  return { words: list(rest), phrases };
}

// The index folds tones and hats, but a d with a bar is a letter of its own: a word typed without any
// mark that begins with d may mean either. In Vietnamese it stands nowhere else.
export function vary(words) {
  let variants = [[]];
  let choices = 0;
  for (const word of words) {
    const other = /^d[\x20-\x7e]*$/.test(word) ? `đ${word.slice(1)}` : "";
    if (!other) {
      variants = variants.map((variant) => [...variant, word]);
    } else if (choices < MOST_CHOICES) {
      choices += 1;
      variants = variants.flatMap((variant) => [
        [...variant, other],
        [...variant, word],
      ]);
    } else {
      variants = variants.map((variant) => [...variant, other]);
    }
  }
  return variants;
}

// Words with one space between them and around them, so that no word is found inside another.
function flatten(text) {
  return ` ${list(text).join(" ")} `;
}


// Whether a document holds a word that begins with the last one of the query.
export function begins({ words }, { meta, content }) {
  const beginning = ` ${fold(words.at(-1))}`;
  return flatten(fold(`${meta.title} ${content}`)).includes(beginning);
}

// The words of a passage of a text where as many of the words as can be stand together, each with
// whether it was asked for.
export function cut({ words, phrases, begun }, content) {
  const wanted = new Set([...phrases.flat(), ...words].map(fold));
  const last = begun ? fold(words.at(-1)) : null;
  const every = content.split(/\s+/).filter(Boolean);
  const plain = every.map((word) => list(fold(word)).join(" "));
  const marked = plain.map((word) => wanted.has(word) || (last !== null && word.startsWith(last)));
  let best = 0;
  let most = 0;
  let row = 0;
  marked.forEach((is, place) => {
    row = is ? row + 1 : 0;
    if (is) {
      const near = plain.slice(place, place + PASSAGE).filter((_, after) => marked[place + after]);
      const worth = 2 * Math.min(row, wanted.size) + new Set(near).size;
      if (worth > most) {
        [best, most] = [place - row + 1, worth];
      }
    }
  });
  const start = Math.max(0, Math.min(best - BEFORE, every.length - PASSAGE));
  const shown = every.slice(start, start + PASSAGE);
  return {
    words: shown.map((word, place) => ({ word, marked: marked[start + place] })),
    isFirst: start === 0,
    isLast: start + PASSAGE >= every.length,
  };
}

// How well a document answers: the marks as they were typed before others, the title before the
// text, the words side by side before the words apart. Equals are left to the index.
export function grade({ words, phrases, begun }, title, content) {
  const wanted = [...phrases.flat(), ...words];
  const pad = (parts) => parts.map((part) => ` ${part} `);
  const whole = pad([...phrases, ...(words.length > 0 ? [words] : [])].map((part) => part.join(" ")));
  const single = pad(wanted);
  if (begun) {
    // The last word is still on its way.
    for (const parts of [whole, single]) {
      parts.push(parts.pop().trimEnd());
    }
  }
  const holds = (text, parts) => parts.every((part) => text.includes(part));
  const grades = (heading, text) => {
    if (holds(heading, whole)) {
      return 5;
    }
    if (holds(heading, single)) {
      return 4;
    }
    if (holds(text, whole)) {
      return 3;
    }
    return holds(text, single) ? 2 : 0;
  };
  const heading = flatten(title);
  const text = `${heading}${flatten(content)}`;
  const marked = wanted.some((word) => fold(word) !== word);
  const exact = marked ? grades(heading, text) : 0;
  if (exact > 0) {
    return 10 + exact;
  }
  const folded = (each) => each.map(fold);
  const plain = { words: folded(words), phrases: phrases.map(folded), begun };
  return marked || wanted.some((word) => word.includes("đ"))
    ? grade(plain, fold(title), fold(content))
    : grades(fold(heading), fold(text));
}
