// The one script every page loads. Each module is fetched only by pages that hold its element, and
// every page is complete without any of them.

const article = () => import("./article.js");

const modules = [
  [".masthead", () => import("./masthead.js")],
  ["[data-back]", article, "leadBack"],
  ["[data-size]", article, "offerSizes"],
  ["[data-speech]", article, "offerSpeech"],
  ["[data-share]", article, "offerSharing"],
  ["[data-print]", article, "offerPaper"],
  ["[data-turn]", article, "turnByKeys"],
  [".prose .table", article, "stackTable"],
  [".video-play[data-embed]", () => import("./video.js")],
  ["[data-search]", () => import("./search.js")],
  ["[data-aliases]", () => import("./aliases.js")],
  ["[data-offline]", () => import("./offline.js")],
  ["[data-kept]", () => import("./kept.js")],
];

for (const [selector, load, name = "default"] of modules) {
  const found = document.querySelectorAll(selector);
  if (found.length > 0) {
    load().then((module) => found.forEach((element) => module[name](element)));
  }
}

// A worker that an earlier release of the site left in this browser, and that it no longer wants.
if (navigator.serviceWorker?.controller && !document.querySelector("[data-offline]")) {
  import("./offline.js").then((module) => module.leave());
}

// The viewer of photos is fetched when a reader opens one, and again where a page was left with it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("main a.enlarge");
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    const follow = () => location.assign(link.href);
    import("./viewer.js").then((viewer) => viewer.openAt(link)).catch(follow);
  }
});

if (history.state?.photo) {
  import("./viewer.js").then((viewer) => viewer.openAgain());
}
