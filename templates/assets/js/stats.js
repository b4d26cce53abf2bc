// What readers did, put in when the text is there: visits, views, the articles that are read most. Where
// there are no figures, the page stays as it was. Only portals that count their readers load this script.

import { writeNumber } from "./numbers.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
// A week that has only begun has too few articles for a list.
const ENOUGH = 5;

// The views of an address are in the part of its CRC-32, as two letters (sitegen/visits/public_files.py).
export function findPart(url) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(url)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
  }
  const number = (~sum >>> 0) % LETTERS.length ** 2;
  return LETTERS[Math.floor(number / LETTERS.length)] + LETTERS[number % LETTERS.length];
}

function showVisits(section, visits) {
  section.querySelector("p").textContent = writeNumber(visits.total);
  const list = section.querySelector("dl");
  for (const each of list.querySelectorAll("[data-span]")) {
    each.textContent = writeNumber(visits[each.dataset.span]);
  }
  list.hidden = false;
  section.hidden = false;
}

function showViews(line, views) {
  const count = views[line.dataset.url];
  if (count > 0) {
    line.querySelector("span").textContent = writeNumber(count);
    delete line.dataset.empty;
  }
}

function showMostRead(block, { week, month }) {
  const articles = week.length < ENOUGH ? month : week;
  for (const { url, title, views } of articles) {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
    const count = document.createElement("small");
    count.textContent = _("{count} lượt xem").replace("{count}", writeNumber(views));
    item.append(link, " ", count);
    block.querySelector("ol").append(item);
  }
  block.hidden = articles.length === 0;
}

const WIDGETS = {
  visits: [() => "site.json", showVisits],
  views: [(url) => `views/${findPart(url)}.json`, showViews],
  most: [() => "top.json", showMostRead],
};

async function run(element) {
  const [name, show] = WIDGETS[element.dataset.stats];
  let answer;
  try {
    answer = await fetch(element.dataset.from + name(element.dataset.url));
  } catch {
    // The reader is offline, or leaves the page.
    return;
  }
  if (answer.ok) {
    show(element, await answer.json());
  } else {
    // Else the connection waits for somebody who reads the not-found page.
    answer.body?.cancel();
  }
}

document.querySelectorAll("[data-stats]").forEach(run);
