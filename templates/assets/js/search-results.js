// What was found, as readers see it.

import { writeNumber } from "./numbers.js";
import { excerpt } from "./search-excerpt.js";

export function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function writeRuns(runs) {
  return runs.map(({ text, isMarked }) => (isMarked ? make("mark", { textContent: text }) : text));
}

function writeFacts({ kind, note, iso, day, category }) {
  if (iso) {
    return [make("time", { dateTime: iso, textContent: day }), ` · ${category}`];
  }
  return [[kind, note].filter(Boolean).join(" · ")];
}

export function show(result, document) {
  const { title, text, isFirst, isLast } = excerpt(result, document.title, document.content);
  const lines = [make("h2", { className: "headline" }, make("a", { href: document.url }, ...writeRuns(title)))];
  if (document.content) {
    const passage = [isFirst ? "" : "… ", ...writeRuns(text), isLast ? "" : " …"];
    lines.push(make("p", { className: "excerpt" }, ...passage));
  }
  if (result.missing.length > 0) {
    const words = result.missing.map((each) => `“${each}”`).join(", ");
    lines.push(make("p", { className: "missing", textContent: fill(_("Không có: {words}"), { words }) }));
  }
  lines.push(make("p", { className: "when" }, ...writeFacts(document)));
  return make("li", { className: document.kind ? "card named" : "card" }, ...lines);
}

function fill(text, values) {
  return text.replace(/{(\w+)}/g, (_whole, name) => values[name]);
}

function count(number, one, many) {
  return number === 1 ? one : fill(many, { count: writeNumber(number) });
}

// What was found, in a sentence.
export function tell(text, { results, before, isBegun, isPartial, query }) {
  const pages = results.filter(({ kind }) => kind).length;
  const news = results.length - pages;
  const number = [
    news > 0 && count(news, _("1 bài"), _("{count} bài")),
    pages > 0 && count(pages, _("1 trang khác"), _("{count} trang khác")),
  ]
    .filter(Boolean)
    .join(_(" và "));
  let said = fill(_("Tìm thấy {number}."), { number });
  if (results.length === 0) {
    said =
      before > 0
        ? fill(_("Không có kết quả nào khớp bộ lọc; bỏ bộ lọc thì có {number}."), { number: writeNumber(before) })
        : fill(_("Không tìm thấy bài nào cho “{text}”. Thử bớt từ hoặc viết có dấu."), { text });
  } else if (isPartial) {
    said = fill(_("Không bài nào có đủ các từ. {number} sau đây có nhiều từ nhất."), { number });
  } else if (isBegun) {
    said = fill(_("Tìm thấy {number} có từ bắt đầu bằng “{word}”."), { number, word: query.last.typed });
  }
  const cut = fill(_("Chỉ tìm theo {number} từ đầu."), { number: query.parts.length });
  return query.isCut ? `${said} ${cut}` : said;
}

// The arrow keys lead from the field through the results and back.
export function step(event, field, list) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...list.querySelectorAll("a")];
  const place = stops.indexOf(document.activeElement);
  if (way && place >= 0 && stops[place + way]) {
    event.preventDefault();
    stops[place + way].focus();
  }
}
