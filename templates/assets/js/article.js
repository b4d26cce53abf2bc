// What improves an article: one file, because each file costs its headers besides, and an article needs
// nearly all of these. main.js names the element that each of them is for.

import { keep, recall } from "./masthead.js";

// [Trở về] leads to the category; a reader who came from a page of this site goes back to that one,
// to the very place where they left it.

export function leadBack(link) {
  const cameFrom = document.referrer;
  if (!cameFrom || new URL(cameFrom).origin !== location.origin || history.length < 2) {
    return;
  }
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    history.back();
  });
}

// The button for paper, shown only where it can work.

// Photos further down may not have been fetched yet: a sheet of paper cannot be scrolled.
function fetchPhotos() {
  return Promise.allSettled(
    [...document.images].map((photo) => {
      photo.loading = "eager";
      return photo.decode();
    }),
  );
}

export function offerPaper(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await fetchPhotos();
    window.print();
  });
}

// Two ways of sharing that only a script has: copying the address, and the device's own list of apps.

export function offerSharing(group) {
  const [copy, pass] = group.querySelectorAll("button");
  const status = group.querySelector("[role=status]");
  const { title, url } = group.dataset;

  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(url);
        status.textContent = _("Đã sao chép địa chỉ.");
      } catch {
        status.textContent = _("Không sao chép được. Địa chỉ của bài: {url}").replace("{url}", () => url);
      }
    });
  }
  if (navigator.canShare?.({ title, url })) {
    pass.hidden = false;
    // Whoever closes the list has not done anything wrong.
    pass.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  }
}

// Smaller and larger text, remembered for the next article.

const LEAST = -1;
const MOST = 4;

export function offerSizes(group) {
  const buttons = [...group.querySelectorAll("[data-step]")];
  let step = 0;

  const set = (wanted) => {
    step = Math.min(MOST, Math.max(LEAST, Math.trunc(wanted) || 0));
    document.documentElement.dataset.text = step;
    for (const button of buttons) {
      const next = step + Number(button.dataset.step);
      // Not `disabled`: the focus would be lost at the last step.
      button.setAttribute("aria-disabled", next < LEAST || next > MOST);
    }
  };

  set(Number(recall("text")));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      set(step + Number(button.dataset.step));
      keep("text", step);
    });
  }
}

// Alt+Page Up leads to the next newer article of the category, Alt+Page Down to the next older one.
// With a modifier, so that no single key does anything (WCAG 2.1.4); neither browsers nor screen
// readers use these two.

const WAYS = { PageUp: "#tin_moi_hon ~ ul a", PageDown: "#tin_cu_hon ~ ul a" };

export function turnByKeys(rail) {
  const links = {};
  for (const [key, selector] of Object.entries(WAYS)) {
    links[key] = rail.querySelector(selector);
    links[key]?.setAttribute("aria-keyshortcuts", `Alt+${key}`);
  }
  document.addEventListener("keydown", (event) => {
    const link = links[event.key];
    const alone = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link && alone && !event.target.closest?.("input, textarea, select, [contenteditable]")) {
      event.preventDefault();
      link.click();
    }
  });
}

// A table that is wider than a telephone is shown as cards, one for each row: every cell behind the name of
// its column. Without scripts it is moved sideways, with a shade at the edge behind which there is more.

const NARROW = 640;
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

export function stackTable(box) {
  const table = box.querySelector("table");
  const names = [...table.querySelectorAll("thead tr:only-child th")].map((cell) => cell.textContent.trim());
  const rows = [...table.querySelectorAll("tbody tr")];
  const plain = rows.every((row) => row.cells.length === names.length) && !table.querySelector("[colspan], [rowspan]");
  if (names.length < 2 || !plain) return;
  for (const row of rows) {
    [...row.cells].forEach((cell, column) => (cell.dataset.column = names[column]));
  }
  // Shown as blocks, they would no longer be a table for some screen readers.
  for (const element of [table, ...table.querySelectorAll("thead, tbody, tr, td")]) {
    element.setAttribute("role", ROLES[element.tagName]);
  }
  let width = 0;
  new ResizeObserver(() => {
    if (width === box.clientWidth) return;
    width = box.clientWidth;
    box.classList.remove("stacked");
    box.classList.toggle("stacked", width < NARROW && table.offsetWidth > width);
  }).observe(box);
}

// Reading aloud is fetched where the browser has a Vietnamese voice. Many fetch their voices after the page.
export function offerSpeech(group) {
  const synthesis = window.speechSynthesis;
  let fetched = false;
  const look = () => {
    if (!fetched && synthesis.getVoices().some((voice) => /^vi\b/i.test(voice.lang.replace("_", "-")))) {
      fetched = true;
      import("./speech.js").then((speech) => speech.default(group));
    }
  };
  synthesis?.addEventListener?.("voiceschanged", look);
  if (synthesis) look();
}
