// A page of the preview: it waits for a newer version, loads itself again, and keeps the reader's place.

const PLACE = "sitegen-preview-place";
const host = document.querySelector("sitegen-preview");
const version = Number(host.dataset.version);

// The reader's place ----------------------------------------------------------------------------

const listTexts = () =>
  [...document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, figure, blockquote, pre, tr)")];

// What is on the screen, each with how far it is from the upper edge: a text that was edited is not found
// again, but the one beside it is.
function notePlace() {
  const numbers = new Map();
  const seen = [];
  for (const each of listTexts()) {
    const text = each.textContent.trim();
    const number = numbers.get(text) ?? 0;
    numbers.set(text, number + 1);
    const { top, bottom } = each.getBoundingClientRect();
    if (text && bottom > host.offsetHeight && top < innerHeight) seen.push({ text, number, top });
  }
  return { left: scrollX, top: scrollY, seen };
}

function findPlace({ left, top, seen }) {
  const known = new Map();
  for (const each of listTexts()) {
    const text = each.textContent.trim();
    known.set(text, [...(known.get(text) ?? []), each]);
  }
  for (const each of seen) {
    const found = known.get(each.text)?.[each.number];
    if (found) return [left, scrollY + found.getBoundingClientRect().top - each.top];
  }
  return [left, top];
}

function goTo(url) {
  if (scrollY > 0) sessionStorage.setItem(PLACE, JSON.stringify({ url, ...notePlace() }));
  history.scrollRestoration = "manual";
  if (url === location.pathname) location.reload();
  else location.replace(url + location.hash);
}

function comeBack() {
  const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  sessionStorage.removeItem(PLACE);
  history.scrollRestoration = "auto";
  if (place?.url !== location.pathname) return;
  let moved = false;
  const stay = () => {
    const [left, top] = findPlace(place);
    if (!moved) scrollTo({ left, top, behavior: "instant" });
  };
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"])
    addEventListener(kind, () => (moved = true), { once: true, passive: true });
  stay();
  // Letters and pictures that come later move the text.
  addEventListener("load", stay);
}

// Newer versions --------------------------------------------------------------------------------

const turned = (act) => document.addEventListener("visibilitychange", act, { once: true });

// The server answers when there is a newer version. It is told the version of this page, so no build is
// missed before the first question. Only a page that is seen asks, because browsers open few connections to one host.
async function follow() {
  const query = new URLSearchParams({ after: version, page: location.pathname });
  for (;;) {
    if (document.hidden) await new Promise(turned);
    const question = new AbortController();
    turned(() => question.abort());
    try {
      const answer = await fetch(`${host.dataset.ask}?${query}`, { signal: question.signal });
      const { version: newest, url } = await answer.json();
      if (newest !== version) {
        goTo(url);
        return;
      }
    } catch {
      await new Promise((wake) => setTimeout(wake, 500));
    }
  }
}

comeBack();
follow();
