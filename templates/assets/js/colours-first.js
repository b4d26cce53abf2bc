// Sets the colours that the reader chose before anything is drawn, so that no page flashes. No module: those
// run later. All else of the choice is in masthead.js.
try {
  const chosen = localStorage.getItem("cong.colours");
  if (chosen) {
    document.documentElement.dataset.colours = chosen;
  }
} catch {
  // Storage is not allowed: the system's colours hold.
}
