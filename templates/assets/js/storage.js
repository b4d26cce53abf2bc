// What a reader chose, kept in the browser; where that is not allowed, until the page is left.

const PREFIX = "cong.";

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // A private window, or storage that is full: the choice holds for this page.
  }
}
