// Alt+Page Up leads to the next newer article of the category, Alt+Page Down to the next older one.
// With a modifier, so that no single key does anything (WCAG 2.1.4); neither browsers nor screen
// readers use these two.

const WAYS = { PageUp: "#tin_moi_hon ~ ul a", PageDown: "#tin_cu_hon ~ ul a" };

export default function run(rail) {
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
