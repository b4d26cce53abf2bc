// The format in which the desk reads and writes texts: what nobody changed stays as it was written,
// to the letter, with its comments, its quotes, its order and the fields that the desk does not know.
//
// A field is { name, label, type, many, single } and rules: `unless` and `given` name other fields
// (it must be there without the one, or with the other), `since` and `after` name earlier dates.

import { FAILSAFE_SCHEMA, dump, load } from "js-yaml";

import { keepLines, simplify, simplifyRich } from "./kept-lines.js";

// The text as it was read stands among the fields, since a format is told nothing of the file.
const SOURCE = "source-of-text";
const WHOLE = /^\uFEFF?---[ \t]*\n(?<head>[^]*?\n)??---[ \t]*(?:\n(?<body>[^]*))?$/;
const KEY = /^(?<key>"[^"]*"|'[^']*'|[^\s#&*!|>%@`,[\]{}"'?:-][^:]*?)[ \t]*:(?:[ \t\n]|$)/;
const DATE =
  /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)(?:[T ]+(?<hour>\d\d?):(?<minute>\d\d)(?::\d\d(?:\.\d+)?)?[ ]*(?<offset>Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
// What YAML takes for something else than text (sitegen/content/scalars.py).
const WORDS = /^(~|null|true|false|yes|no|on|off|y|n|=|<<)$/i;
const NUMBERS = /^[\d+.-][\d+\-.:_ \tabcdefABCDEFxinINtTZ]*$/;
const MARKS = /^[-?:,[\]{}#&*!|>'"%@`]|: |[ \t]#|:$|^\s|\s$/;

/** Return a name without the differences that do not count (sitegen/foundation/text.py). */
const fold = (name) => name.normalize("NFC").toLowerCase().trim().replace(/\s+/g, " ");

const two = (number) => String(number).padStart(2, "0");

/** Return the offset of `zone` at a time of day there, in minutes. */
const findOffset = (zone, time) => {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const measure = (moment) => {
    const name = parts.formatToParts(moment).find((part) => part.type === "timeZoneName").value;
    const [, sign, hours, minutes] = name.match(/GMT(?:([+-])(\d\d):(\d\d))?/);
    return sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0;
  };
  const first = measure(new Date(time));
  return measure(new Date(time - first * 60_000));
};

/** Return a date as the desk's own input takes it: with an offset, and to the minute. */
const readDate = (written, zone) => {
  const found = written.match(DATE)?.groups;
  if (!found) return written;
  const { year, month, day, hour = "0", minute = "00" } = found;
  let offset = found.offset?.toUpperCase();
  if (!offset) {
    const minutes = findOffset(
      zone,
      Date.UTC(year, month - 1, day, hour, minute),
    );
    const size = Math.abs(minutes);
    offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  } else if (/^[+-]\d\d$/.test(offset)) {
    offset += ":00";
  } else if (/^[+-]\d{4}$/.test(offset)) {
    offset = `${offset.slice(0, 3)}:${offset.slice(3)}`;
  }
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:00${offset}`;
};

/** Return a moment as editors write it: the time of the site's zone, without an offset. */
const writeDate = (value, zone) => {
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return value;
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en", {
      timeZone: zone,
      hourCycle: "h23",
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit" },
    })
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute } = parts;
  return `${year}-${month}-${day} ${hour}:${minute}`;
};

/** Return the value of a field as the desk shows it, of what stands in the file. */
const present = (field, written, zone) => {
  if (written === undefined) return undefined;
  if (field.many && field.type !== "group") {
    const items = Array.isArray(written) ? written : written === "" ? [] : [written];
    return items.map((item) => present({ ...field, many: false }, item, zone));
  }
  if (typeof written !== "string") return written;
  if (field.type === "flag") return /^true$/i.test(written);
  if (field.type === "number") return /^\d+$/.test(written) ? Number(written) : written;
  // A name of a category, in whatever letters, is the one that the form offers.
  if (field.type === "choice") return field.names[fold(written)] ?? written;
  return field.type === "date" ? readDate(written, zone) : written;
};

const isNothing = (value) =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.every(isNothing));

const isSame = (field, one, other) => {
  if (isNothing(one) && isNothing(other)) return true;
  if (field.type === "date" && one && other) {
    if (new Date(one).getTime() === new Date(other).getTime()) return true;
  }
  return JSON.stringify(one) === JSON.stringify(other);
};

/** Return a text as a value of YAML: without quotes where it can stand so. */
const writeText = (value, inList = false) => {
  const text = String(value).normalize("NFC").replace(/\s+/g, " ").trim();
  const plain =
    !WORDS.test(text) && !NUMBERS.test(text) && !MARKS.test(text) && !(inList && /[,[\]{}]/.test(text));
  if (text && plain) return text;
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
};

const writeValue = (field, value, zone) => {
  if (field.type === "flag" || field.type === "number") return String(value);
  if (field.type === "date") return writeDate(value, zone);
  return writeText(value);
};

/** Return the lines of a field of the front matter. */
const writeField = (field, value, zone) => {
  if (field.type === "group") {
    const groups = (Array.isArray(value) ? value : [value]).map((group) =>
      Object.entries(group)
        .filter(([, inner]) => !isNothing(inner))
        .map(([name, inner], index) => `  ${index ? "  " : "- "}${name}: ${writeText(inner)}\n`)
        .join(""),
    );
    return `${field.name}:\n${groups.join("")}`;
  }
  if (!field.many) return `${field.name}: ${writeValue(field, value, zone)}\n`;
  const items = value.filter((item) => !isNothing(item));
  if (field.single && items.length === 1) return `${field.name}: ${writeText(items[0])}\n`;
  const written = items.map((item) =>
    field.type === "text" ? writeText(item, true) : writeValue(field, item, zone),
  );
  return `${field.name}: [${written.join(", ")}]\n`;
};

/** Return the comment behind a value, with the space before it. */
const findComment = ({ name, text }) => {
  const found = text.match(/^(?<field>.*?)(?<comment>[ \t]+#.*)\n$/)?.groups;
  if (!found) return "";
  const [whole, alone] = [text, found.field].map((each) => load(each, { schema: FAILSAFE_SCHEMA }));
  return JSON.stringify(whole[name]) === JSON.stringify(alone[name]) ? found.comment : "";
};

/** Return the front matter in pieces, one for each field with what stands above it. */
const cut = (head, values) => {
  const pieces = [];
  let above = "";
  for (const line of head.match(/.*\n/g) ?? []) {
    const key = line.match(KEY)?.groups.key;
    if (key) {
      pieces.push({ name: load(key, { schema: FAILSAFE_SCHEMA }), above, text: line });
      above = "";
    } else if (/^\s*(#|$)/.test(line) || !pieces.length) {
      above += line;
    } else {
      pieces.at(-1).text += above + line;
      above = "";
    }
  }
  // A piece that says something else by itself than in the whole was cut in the wrong place.
  const right =
    pieces.length === Object.keys(values).length &&
    pieces.every(({ name, text }) => {
      try {
        const alone = load(text, { schema: FAILSAFE_SCHEMA });
        return name in values && JSON.stringify(alone[name]) === JSON.stringify(values[name]);
      } catch {
        return false;
      }
    });
  if (right) return { pieces, below: above };
  const rewritten = Object.entries(values).map(([name, value]) => ({
    name,
    above: "",
    text: dump({ [name]: value }, { lineWidth: -1 }),
  }));
  return { pieces: rewritten, below: "" };
};

const open = (text) => {
  const { head = "", body = "" } = text.match(WHOLE)?.groups ?? { body: text };
  // To the parser, a text of comments alone is no document.
  const written = /^[^#\s]/m.test(head);
  const values = (written && load(head, { schema: FAILSAFE_SCHEMA })) || {};
  const shown = body.replace(/^\s*\n/, "").trimEnd();
  return { head, values, body: shown, gap: body.slice(0, body.indexOf(shown)) };
};

/** Return what is wrong with several fields together, in the words of their rules. */
const findFault = (fields, values) => {
  for (const field of fields) {
    const value = values[field.name];
    const missing = isNothing(value);
    if (field.unless && missing && isNothing(values[field.unless])) return field.refusal;
    if (field.given && missing && !isNothing(values[field.given])) return field.refusal;
    const earlier = values[field.since || field.after];
    if ((field.since || field.after) && !missing && earlier) {
      const order = new Date(value) - new Date(earlier);
      if (order < 0 || (field.after && !order)) return field.refusal;
    }
  }
  return "";
};

/**
 * Return the format of a kind of texts, as `CMS.registerCustomFormat` takes it; `isMarkdown` tells
 * whether the body is open as Markdown.
 */
export const makeFormat = (fields, zone, isMarkdown = () => true) => ({
  fromFile: (text) => {
    const { values, body } = open(text);
    const shown = { ...values };
    for (const field of fields) {
      const value = present(field, values[field.name], zone);
      if (value !== undefined) shown[field.name] = value;
    }
    return { ...shown, body, [SOURCE]: text };
  },

  toFile: ({ [SOURCE]: source = "", body = "", ...values }) => {
    const fault = findFault(fields, values);
    // The desk shows the words of a cause in a dialogue, and saves nothing.
    if (fault) throw new Error("saving_failed", { cause: new Error(fault) });
    const before = open(source);
    const { pieces, below } = cut(before.head, before.values);
    let place = 0;
    for (const field of fields) {
      const at = pieces.findIndex((piece) => piece.name === field.name);
      const value = values[field.name];
      const same = isSame(field, value, present(field, before.values[field.name], zone));
      if (at < 0) {
        if (!same) {
          pieces.splice(place, 0, { name: field.name, above: "", text: writeField(field, value, zone) });
          place += 1;
        }
        continue;
      }
      if (same) place = at + 1;
      else if (isNothing(value)) pieces.splice(at, 1);
      else {
        const comment = findComment(pieces[at]);
        pieces[at].text = writeField(field, value, zone).replace(/\n/, `${comment}\n`);
        place = at + 1;
      }
    }
    const head = pieces.map(({ above, text }) => above + text).join("") + below;
    const written = body.replace(/\r\n?/g, "\n").trimEnd();
    const plain = isMarkdown() ? simplify : simplifyRich;
    const kept = keepLines(before.body, written, plain).normalize("NFC");
    return `---\n${head}---\n${before.gap}${written === before.body ? written : kept}\n`;
  },
});
