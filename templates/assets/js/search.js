// The search page: results as the reader types, out of the site's own index. Where there is no index, or
// it cannot be loaded, the form leads to the search engine, as it does without scripts.

import { writeNumber } from "./numbers.js";
import { excerpt } from "./search-excerpt.js";
import { FetchError, fetchPairs, find, listAuthors, narrow, openIndex, sortByDate, tellFacets } from "./search-index.js";

const PAGE = 10;
const PATIENCE = 250;
const LONG = 500;
const FILTERS = { category: "muc", year: "nam", author: "tac_gia", order: "xep" };
const FAILED = "Mất kết nối, thử lại.";
// Below that, nothing that was found has the words side by side with their marks.
const CLOSE = 13;

function make(name, properties, ...children) {
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

function show(result, document) {
  const { title, text, isFirst, isLast } = excerpt(result, document.title, document.content);
  const lines = [make("h2", { className: "headline" }, make("a", { href: document.url }, ...writeRuns(title)))];
  if (document.content) {
    const passage = [isFirst ? "" : "… ", ...writeRuns(text), isLast ? "" : " …"];
    lines.push(make("p", { className: "excerpt" }, ...passage));
  }
  if (result.missing.length > 0) {
    const words = result.missing.map((each) => `“${each}”`).join(", ");
    lines.push(make("p", { className: "missing", textContent: `Không có: ${words}` }));
  }
  lines.push(make("p", { className: "when" }, ...writeFacts(document)));
  return make("li", { className: document.kind ? "card named" : "card" }, ...lines);
}

function readSynonyms(list) {
  const names = [...(list?.querySelectorAll("dt") ?? [])];
  return names.map((name) => [name, name.nextElementSibling].map((each) => each.textContent.toLowerCase()));
}

class Desk {
  constructor(desk, index) {
    this.desk = desk;
    this.form = desk.querySelector("form");
    this.field = this.form.querySelector("input[type=search]");
    this.filters = desk.querySelector("[data-filters]");
    this.switch = desk.querySelector("[data-filter-switch]");
    this.status = desk.querySelector("[data-status]");
    this.advice = desk.querySelector("[data-advice]");
    this.again = desk.querySelector("[data-again]");
    this.list = desk.querySelector("[data-found]");
    this.more = desk.querySelector("[data-more]");
    this.synonyms = readSynonyms(desk.querySelector("[data-synonyms]"));
    this.index = index;
    this.found = [];
    this.turn = 0;
  }

  get choices() {
    return Object.fromEntries(
      Object.entries(FILTERS).map(([key, name]) => [key, this.form.elements[name].value]),
    );
  }

  listen() {
    let timer;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      this.commit();
      this.search();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.search(), PATIENCE);
    });
    this.filters.addEventListener("change", () => {
      this.commit();
      this.search();
    });
    this.filters.addEventListener("focusin", () => this.nameAuthors(), { once: true });
    this.switch.addEventListener("click", () => {
      this.switch.setAttribute("aria-expanded", this.switch.getAttribute("aria-expanded") !== "true");
    });
    this.more.addEventListener("click", () => this.showMore());
    this.again.addEventListener("click", () => this.tryAgain());
    this.advice.addEventListener("click", (event) => this.follow(event));
    this.form.closest("main").addEventListener("keydown", (event) => this.step(event));
    addEventListener("scroll", () => this.remember(), { passive: true });
    addEventListener("popstate", (event) => {
      clearTimeout(timer);
      this.readAddress();
      this.committed = location.href;
      this.search(event.state ?? {});
    });
  }

  // The arrow keys lead from the field through the results and back.
  step(event) {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.field, ...this.list.querySelectorAll("a")];
    const place = stops.indexOf(document.activeElement);
    if (way && place >= 0 && stops[place + way]) {
      event.preventDefault();
      stops[place + way].focus();
    }
  }

  async nameAuthors() {
    const select = this.form.elements[FILTERS.author];
    try {
      const names = await listAuthors(this.index);
      const known = new Set([...select.options].map((option) => option.value));
      for (const name of names.sort(new Intl.Collator("vi").compare)) {
        if (!known.has(name)) {
          select.append(new Option(name, name));
        }
      }
    } catch (error) {
      console.error(error);
      this.filters.addEventListener("focusin", () => this.nameAuthors(), { once: true });
    }
  }

  // What is asked for stands in the address, so that it can be kept and passed on.
  readAddress() {
    const given = new URLSearchParams(location.search);
    this.field.value = (given.get(this.field.name) ?? "").normalize("NFC");
    for (const name of Object.values(FILTERS)) {
      const value = given.get(name);
      const select = this.form.elements[name];
      if (value && name === FILTERS.author) {
        select.append(new Option(value, value));
      }
      select.value = value ?? "";
      if (select.selectedIndex < 0) {
        select.value = "";
      }
    }
  }

  get address() {
    const given = new URLSearchParams(new FormData(this.form));
    const kept = [...given].filter(([, value]) => value.trim());
    const query = new URLSearchParams(kept).toString();
    return new URL(query ? `?${query}` : location.pathname, location.href).href;
  }

  // A step of history for what was sent; before it stands what was sent before, as it was left.
  commit() {
    if (this.address !== this.committed) {
      history.replaceState(this.kept ?? null, "", this.committed);
      history.pushState(null, "", this.address);
      this.committed = this.address;
    }
  }

  // How many results there were and which of them one looked at, for who comes back to them.
  remember() {
    if (this.desk.dataset.search !== "ready" || this.address !== location.href) {
      return;
    }
    clearTimeout(this.remembering);
    this.remembering = setTimeout(() => {
      if (this.desk.dataset.search === "ready" && this.address === location.href) {
        const state = { shown: this.list.children.length, top: scrollY };
        history.replaceState(state, "");
        if (location.href === this.committed) {
          this.kept = state;
        }
      }
    }, 100);
  }

  async search({ shown = PAGE, top = null } = {}) {
    this.turn += 1;
    const turn = this.turn;
    const text = this.field.value.trim();
    clearTimeout(this.waiting);
    clearTimeout(this.remembering);
    this.waiting = setTimeout(() => {
      this.status.textContent = "Đang tìm…";
    }, LONG);
    this.desk.dataset.search = "busy";
    const chosen = Object.values(this.choices).filter(Boolean).length;
    this.switch.querySelector("[data-filter-count]").textContent = chosen ? ` (${chosen})` : "";
    history.replaceState(this.address === location.href ? history.state : null, "", this.address);
    const done = await this.attempt(turn, async () => {
      const answer = text ? await this.collect(text) : { results: [] };
      const documents = await this.readSome(answer.results, 0, Math.max(PAGE, shown));
      if (turn === this.turn) {
        this.found = answer.results;
        this.list.replaceChildren();
        this.append(documents);
        this.tell(text, answer);
        // The answer stands without it.
        this.advise(turn, text, answer).catch(console.error);
      }
    });
    if (turn !== this.turn) {
      return;
    }
    clearTimeout(this.waiting);
    if (!done) {
      this.found = [];
      this.list.replaceChildren();
      this.more.hidden = true;
    }
    this.desk.dataset.search = done ? "ready" : "failed";
    if (top !== null) {
      scrollTo(0, top);
    }
    this.remember();
  }

  async showMore() {
    const turn = this.turn;
    const next = this.list.children.length;
    await this.attempt(turn, async () => {
      const documents = await this.readSome(this.found, next, PAGE);
      if (turn === this.turn) {
        this.append(documents);
        this.list.children[next]?.querySelector("a").focus();
        this.remember();
      }
    });
  }

  // What could not be fetched may be another release by now: then the index is opened anew, once.
  async attempt(turn, work) {
    this.again.hidden = true;
    try {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof FetchError)) {
          throw error;
        }
        this.index = await openIndex(this.urls);
        await work();
      }
      return true;
    } catch (error) {
      console.error(error);
      if (turn === this.turn) {
        this.isGone = error.isGone;
        this.status.textContent = FAILED;
        this.advice.hidden = true;
        this.again.hidden = false;
      }
      return false;
    }
  }

  get urls() {
    return this.desk.dataset.bundles.split(" ");
  }

  // A page whose index is gone is out of date itself.
  tryAgain() {
    if (this.isGone) {
      location.reload();
    } else {
      this.search({ shown: Math.max(PAGE, this.list.children.length) });
    }
  }

  async collect(text) {
    const { order, ...filters } = this.choices;
    const answer = await find(this.index, text, this.synonyms);
    const isNarrow = Object.values(filters).some(Boolean);
    const tell = isNarrow || order ? await tellFacets(answer.results) : null;
    const kept = isNarrow ? narrow(answer.results, tell, filters) : answer.results;
    return { ...answer, before: answer.results.length, results: order ? sortByDate(kept, tell) : kept };
  }

  readSome(results, start, number) {
    return Promise.all(
      results.slice(start, start + number).map(async (result) => [result, await result.read()]),
    );
  }

  append(documents) {
    this.list.append(...documents.map((each) => show(...each)));
    this.more.hidden = this.list.children.length >= this.found.length;
  }

  tell(text, { results, before, isBegun, isPartial, query }) {
    if (!text) {
      this.status.textContent = "";
      return;
    }
    const pages = results.filter(({ kind }) => kind).length;
    const news = results.length - pages;
    const number = [news > 0 && `${writeNumber(news)} bài`, pages > 0 && `${writeNumber(pages)} trang khác`]
      .filter(Boolean)
      .join(" và ");
    let said = `Tìm thấy ${number}.`;
    if (results.length === 0) {
      said =
        before > 0
          ? `Không có kết quả nào khớp bộ lọc; bỏ bộ lọc thì có ${writeNumber(before)}.`
          : `Không tìm thấy bài nào cho “${text}”. Thử bớt từ hoặc viết có dấu.`;
    } else if (isPartial) {
      said = `Không bài nào có đủ các từ. ${number} sau đây có nhiều từ nhất.`;
    } else if (isBegun) {
      said = `Tìm thấy ${number} có từ bắt đầu bằng “${query.last.typed}”.`;
    }
    this.status.textContent = query.isCut ? `${said} Chỉ tìm theo ${query.parts.length} từ đầu.` : said;
  }

  // What else the reader may have meant, where nothing has the words as they were typed.
  async advise(turn, text, answer) {
    const { results, isPartial, isBegun, query } = answer;
    this.advice.hidden = true;
    const [first] = results.filter(({ cover }) => cover < 1);
    const isClose = first && !isPartial && (first.grade >= CLOSE || first.cover > 0) && first.grade !== 14;
    if (!text || isClose || (isBegun && query.parts.length === 1) || /["“”„«»]/.test(text)) {
      return;
    }
    const [{ suggest }, pairs] = await Promise.all([import("./search-suggestion.js"), fetchPairs(this.index)]);
    const meant = suggest(text, pairs);
    const better = meant ? await find(this.index, meant, this.synonyms) : null;
    if (better && !better.isPartial && better.results[0]?.grade >= CLOSE && turn === this.turn) {
      const address = new URL(location.href);
      address.searchParams.set(this.field.name, meant);
      this.advice.replaceChildren("Ý bạn là: ", make("a", { href: address.href, textContent: meant }), "?");
      this.advice.hidden = false;
    }
  }

  follow(event) {
    const link = event.target.closest("a");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.field.value = link.textContent;
      this.commit();
      this.search();
      this.field.focus();
    }
  }
}

// What came back is shown as it was left.
function readState() {
  const [entry] = performance.getEntriesByType("navigation");
  return ["back_forward", "reload"].includes(entry?.type) ? (history.state ?? {}) : {};
}

export default async function run(desk) {
  const field = desk.querySelector("input[type=search]");
  const words = new URLSearchParams(location.search).get(field.name);
  field.value = (words ?? field.value).normalize("NFC");
  if (!desk.dataset.bundles || !("DecompressionStream" in window)) {
    desk.dataset.search = "none";
    return;
  }
  let index;
  try {
    index = await openIndex(desk.dataset.bundles.split(" "));
  } catch (error) {
    console.error(error);
    // The form still leads to the engine.
    desk.dataset.search = "none";
    const again = desk.querySelector("[data-again]");
    desk.querySelector("[data-status]").textContent = FAILED;
    again.hidden = false;
    const retry = () => {
      again.hidden = true;
      desk.querySelector("[data-status]").textContent = "";
      return error.isGone ? location.reload() : run(desk);
    };
    again.addEventListener("click", retry, { once: true });
    return;
  }
  const typed = field.value;
  const own = new Desk(desk, index);
  // From here on the form asks this page, and no longer the engine.
  own.form.querySelector("input[type=hidden]").disabled = true;
  for (const part of [own.filters, own.switch]) {
    part.disabled = false;
    part.hidden = false;
  }
  desk.querySelector("[data-engine]").hidden = true;
  own.readAddress();
  own.field.value = typed;
  own.committed = own.address;
  history.scrollRestoration = "manual";
  own.listen();
  await own.search(readState());
}
