// Rich text writes some Markdown in another way than people do. The lines that say the same stay as
// they were written, with the space between them, so that a change is only where somebody made one.

const DELIMITERS = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const PHOTO = /^(\[!|!)\[.*\)$/;

/** Return a line without what rich text loses of it: which mark is for italics, how cells stand. */
export const simplify = (line) => {
  if (DELIMITERS.test(line) && line.includes("|")) return line.replace(/:?-+:?/g, "-").replace(/\s/g, "");
  return line.replace(/\\ \|/g, "\\|").replace(/^(\s*)[*+](\s)/, "$1-$2").replace(/^(\s*)(```|~~~)plain$/, "$1$2").replace(/_/g, "*");
};

/** The same where nobody wrote Markdown: then no mark before a sign is an editor's. */
export const simplifyRich = (line) =>
  /^\s*\|.*\|\s*$/.test(line) && !DELIMITERS.test(line)
    ? line.replace(/[\\\s]/g, "").replace(/_/g, "*")
    : simplify(line.replace(/\\([!-/:-@[-`{-~])/g, "$1"));

/** Return the lines that say anything, each with the number of empty lines above it. */
const split = (text, plain) => {
  const found = [];
  let empty = 0;
  for (const line of text.split("\n")) {
    if (line.trim()) {
      found.push({ line, empty, plain: plain(line) });
      empty = 0;
    } else empty += 1;
  }
  return found;
};

/** Return the pairs of numbers of the longest common sequence of lines. */
const match = (old, now) => {
  const pairs = [];
  let start = 0;
  while (start < old.length && start < now.length && old[start].plain === now[start].plain) {
    pairs.push([start, start]);
    start += 1;
  }
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end].plain === now[now.length - 1 - end].plain
  ) {
    end += 1;
  }
  const rows = old.length - end - start;
  const columns = now.length - end - start;
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row][column] =
        old[start + row].plain === now[start + column].plain
          ? lengths[row + 1][column + 1] + 1
          : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
    }
  }
  let row = 0;
  let column = 0;
  while (row < rows && column < columns) {
    if (old[start + row].plain === now[start + column].plain) {
      pairs.push([start + row, start + column]);
      row += 1;
      column += 1;
    } else if (lengths[row + 1][column] >= lengths[row][column + 1]) row += 1;
    else column += 1;
  }
  for (let each = end; each > 0; each -= 1) pairs.push([old.length - each, now.length - each]);
  return pairs;
};

/** Return `written` with each line that is the same in `plain` words as it was in `before`. */
export const keepLines = (before, written, plain) => {
  if (before === written) return before;
  const old = split(before, plain);
  const now = split(written, plain);
  const source = new Map(match(old, now).map(([one, other]) => [other, one]));
  let text = "";
  now.forEach((each, number) => {
    const kept = source.get(number);
    const followed = kept !== undefined && (number ? source.get(number - 1) === kept - 1 : !kept);
    let { empty } = followed ? old[kept] : each;
    // Photos without words between them are one strip. Rich text has no other way to say so.
    if (!followed && plain === simplifyRich && PHOTO.test(each.line) && PHOTO.test(now[number - 1]?.line)) {
      empty = 0;
    }
    text += (number ? "\n" : "") + "\n".repeat(empty) + (kept === undefined ? each.line : old[kept].line);
  });
  return text;
};
