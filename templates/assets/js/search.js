// The search page: results as the reader types, out of the site's own index. Where there is no index, or
// it cannot be loaded, the form leads to the search engine, as it does without scripts.

import { FetchError, openIndex } from "./search-bundle.js";
import { FILTERS, readAddress, readChoices, readSynonyms, writeAddress } from "./search-form.js";
import { ask, listAuthors, propose, readSome } from "./search-index.js";
import { make, show, step, tell } from "./search-results.js";

const PAGE = 10;
const PATIENCE = 250;
const LONG = 500;
const FAILED = _("Mất kết nối, thử lại.");

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
    this.form.closest("main").addEventListener("keydown", (event) => step(event, this.field, this.list));
    addEventListener("scroll", () => this.remember(), { passive: true });
    addEventListener("popstate", (event) => {
      clearTimeout(timer);
      readAddress(this.form, this.field);
      this.committed = location.href;
      this.search(event.state ?? {});
    });
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

  // A step of history for what was sent; before it stands what was sent before, as it was left.
  commit() {
    if (writeAddress(this.form) !== this.committed) {
      history.replaceState(this.kept ?? null, "", this.committed);
      history.pushState(null, "", writeAddress(this.form));
      this.committed = writeAddress(this.form);
    }
  }

  // How many results there were and which of them one looked at, for who comes back to them.
  remember() {
    if (this.desk.dataset.search !== "ready" || writeAddress(this.form) !== location.href) {
      return;
    }
    clearTimeout(this.remembering);
    this.remembering = setTimeout(() => {
      if (this.desk.dataset.search === "ready" && writeAddress(this.form) === location.href) {
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
      this.status.textContent = _("Đang tìm…");
    }, LONG);
    this.desk.dataset.search = "busy";
    const chosen = Object.values(readChoices(this.form)).filter(Boolean).length;
    this.switch.querySelector("[data-filter-count]").textContent = chosen ? ` (${chosen})` : "";
    history.replaceState(writeAddress(this.form) === location.href ? history.state : null, "", writeAddress(this.form));
    const done = await this.attempt(turn, async () => {
      const answer = text
        ? await ask(this.index, text, this.synonyms, readChoices(this.form))
        : { results: [] };
      const documents = await readSome(answer.results, 0, Math.max(PAGE, shown));
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
      const documents = await readSome(this.found, next, PAGE);
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

  append(documents) {
    this.list.append(...documents.map((each) => show(...each)));
    this.more.hidden = this.list.children.length >= this.found.length;
  }

  tell(text, answer) {
    this.status.textContent = text ? tell(text, answer) : "";
  }

  async advise(turn, text, answer) {
    this.advice.hidden = true;
    const meant = await propose(this.index, text, answer, this.synonyms);
    if (meant && turn === this.turn) {
      const address = new URL(location.href);
      address.searchParams.set(this.field.name, meant);
      this.advice.replaceChildren(_("Ý bạn là: "), make("a", { href: address.href, textContent: meant }), "?");
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
  readAddress(own.form, own.field);
  own.field.value = typed;
  own.committed = writeAddress(own.form);
  history.scrollRestoration = "manual";
  own.listen();
  await own.search(readState());
}
