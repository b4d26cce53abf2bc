// The search page: results as the reader types, out of the site's own index. Where there is no index, or
// it cannot be loaded, the form leads to the search engine, as it does without scripts.

import { writeNumber } from "./numbers.js";
import { fetchFacets, find, narrow, openIndex, putInOrder, sortByDate } from "./search-index.js";
import { cut } from "./search-words.js";

const PAGE = 10;
const PATIENCE = 250;
const LONG = 500;
const FILTERS = { category: "muc", year: "nam", author: "tac_gia", order: "xep" };

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function* writeExcerpt({ words, isFirst, isLast }) {
  yield isFirst ? "" : "… ";
  for (const { word, marked } of words) {
    yield marked ? make("mark", { textContent: word }) : word;
    yield " ";
  }
  yield isLast ? "" : "…";
}

function show({ url, meta, content }, query) {
  const link = make("a", { href: url, textContent: meta.title });
  const facts = make("p", { className: "when" });
  if (meta.iso) {
    facts.append(make("time", { dateTime: meta.iso, textContent: meta.day }), ` · ${meta.category}`);
  }
  return make(
    "li",
    { className: "card" },
    make("h2", { className: "headline" }, link),
    make("p", { className: "excerpt" }, ...writeExcerpt(cut(query, content))),
    facts,
  );
}

class Desk {
  constructor(desk, index) {
    this.desk = desk;
    this.form = desk.querySelector("form");
    this.field = this.form.querySelector("input[type=search]");
    this.filters = desk.querySelector("[data-filters]");
    this.status = desk.querySelector("[data-status]");
    this.list = desk.querySelector("[data-found]");
    this.more = desk.querySelector("[data-more]");
    this.bundles = desk.dataset.bundles.split(" ");
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
      this.search();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.search(), PATIENCE);
    });
    this.filters.addEventListener("change", () => this.search());
    this.filters.addEventListener("focusin", () => this.listAuthors(), { once: true });
    this.more.addEventListener("click", () => this.showMore());
    this.form.closest("main").addEventListener("keydown", (event) => this.step(event));
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

  loadFacets() {
    this.facets ??= fetchFacets(this.bundles);
    return this.facets;
  }

  async listAuthors() {
    const select = this.form.elements[FILTERS.author];
    const facets = [...(await this.loadFacets()).values()];
    const names = [...new Set(facets.flatMap(([, , authors]) => authors))];
    const known = new Set([...select.options].map((option) => option.value));
    for (const name of names.sort(new Intl.Collator("vi").compare)) {
      if (!known.has(name)) {
        select.append(new Option(name, name));
      }
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

  writeAddress() {
    const given = new URLSearchParams(new FormData(this.form));
    const kept = [...given].filter(([, value]) => value.trim());
    const query = new URLSearchParams(kept).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  async search() {
    this.turn += 1;
    const turn = this.turn;
    const text = this.field.value.trim();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.status.textContent = "Đang tìm…";
    }, LONG);
    this.desk.dataset.search = "busy";
    this.writeAddress();
    await this.attempt(turn, async () => {
      const { query, results } = text ? await this.collect(text) : { query: null, results: [] };
      const documents = await this.readSome(results, 0);
      if (turn === this.turn) {
        this.query = query;
        this.found = results;
        this.list.replaceChildren();
        this.append(documents);
        this.tell(text);
      }
    });
    if (turn === this.turn) {
      clearTimeout(this.waiting);
      this.desk.dataset.search = "ready";
    }
  }

  async showMore() {
    const turn = this.turn;
    const next = this.list.children.length;
    await this.attempt(turn, async () => {
      const documents = await this.readSome(this.found, next);
      if (turn === this.turn) {
        this.append(documents);
        this.list.children[next]?.querySelector("a").focus();
      }
    });
  }

  async attempt(turn, work) {
    try {
      await work();
    } catch (error) {
      console.error(error);
      if (turn === this.turn) {
        // Somebody published while this page was open: the index that it knows is gone.
        this.status.textContent = "Kho tìm kiếm vừa được cập nhật. Mời tải lại trang rồi tìm lại.";
      }
    }
  }

  async collect(text) {
    const { order, ...filters } = this.choices;
    const { query, results } = await find(this.index, text);
    const isNarrow = Object.values(filters).some(Boolean);
    const kept = isNarrow ? narrow(results, await this.loadFacets(), filters) : results;
    const sorted = order
      ? sortByDate(kept, await this.loadFacets())
      : await putInOrder({ query, results: kept });
    return { query, results: sorted };
  }

  readSome(results, start) {
    return Promise.all(results.slice(start, start + PAGE).map((result) => result.read()));
  }

  append(documents) {
    this.list.append(...documents.map((each) => show(each, this.query)));
    this.more.hidden = this.list.children.length >= this.found.length;
  }

  tell(text) {
    const count = writeNumber(this.found.length);
    const none = `Không tìm thấy bài nào cho “${text}”. Thử bớt từ, viết có dấu, hoặc bỏ bớt bộ lọc.`;
    this.status.textContent = !text ? "" : this.found.length > 0 ? `Tìm thấy ${count} bài.` : none;
  }
}

export default async function run(desk) {
  const field = desk.querySelector("input[type=search]");
  const words = new URLSearchParams(location.search).get(field.name);
  field.value = (words ?? field.value).normalize("NFC");
  if (!desk.dataset.bundles) {
    return;
  }
  let index;
  try {
    index = await openIndex(desk.dataset.script, desk.dataset.bundles.split(" "));
  } catch {
    desk.dataset.search = "none";
    return;
  }
  const typed = field.value;
  const own = new Desk(desk, index);
  // From here on the form asks this page, and no longer the engine.
  own.form.querySelector("input[type=hidden]").disabled = true;
  own.filters.disabled = false;
  own.filters.hidden = false;
  desk.querySelector("[data-engine]").hidden = true;
  own.readAddress();
  own.field.value = typed;
  own.listen();
  await own.search();
}
