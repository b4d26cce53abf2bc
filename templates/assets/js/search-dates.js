// Dates, however they are written, as the keys that the index has for them.

import { fold } from "./search-letters.js";

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

// The keys of a date, the most exact one first, or none; the day or the year may be 0: not known.
function nameDate(day, month, year) {
  const two = (number) => String(number).padStart(2, "0");
  if (!LONGEST_MONTHS[month - 1] || day > LONGEST_MONTHS[month - 1]) {
    return [];
  }
  if (year && (year < 1000 || year > 2999)) {
    return [];
  }
  return [
    day && year ? `@${year}-${two(month)}-${two(day)}` : "",
    year ? `@${year}-${two(month)}` : "",
    day ? `@${two(month)}-${two(day)}` : "",
  ].filter(Boolean);
}

export function listDates(piece) {
  const day = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/.exec(piece);
  if (day) {
    return day[3] || piece.includes("/") ? nameDate(...day.slice(1).map((each) => Number(each ?? 0))) : [];
  }
  const month = /^(\d{1,2})[/.-](\d{4})$/.exec(piece);
  return month ? nameDate(0, Number(month[1]), Number(month[2])) : [];
}

// A date in words that begins at this place: its keys, and how many pieces it is. With "ngày" before it or
// not, and with or without marks.
export function readWrittenDate(pieces, place) {
  const plain = (offset) => fold(pieces[place + offset] ?? "");
  const number = (offset, longest) => {
    const text = pieces[place + offset] ?? "";
    return /^\d+$/.test(text) && text.length <= longest ? Number(text) : 0;
  };
  const start = plain(0) === "ngay" ? 1 : 0;
  const short = listDates(pieces[place + start] ?? "");
  if (short.length > 0) {
    return { keys: short, length: start + 1 };
  }
  const day = number(start, 2);
  const at = day ? start + 1 : start;
  if (plain(at) !== "thang") {
    return null;
  }
  const joined = /^(\d{1,2})[/.-](\d{4})$/.exec(pieces[place + at + 1] ?? "");
  if (joined) {
    return { keys: nameDate(day, Number(joined[1]), Number(joined[2])), length: at + 2 };
  }
  const year = plain(at + 2) === "nam" ? number(at + 3, 4) : 0;
  return { keys: nameDate(day, number(at + 1, 2), year), length: year ? at + 4 : at + 2 };
}
