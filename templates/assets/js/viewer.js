// The photos of a page, one at a time over the whole window. Fetched when the first photo is opened.
// The browser's step back closes the viewer, and so do Escape and the button.

import { watchFingers } from "./viewer-fingers.js";

const STYLE = new URL("../css/viewer.css", import.meta.url);
const PHOTOS = "main a.enlarge";
const STEP = 80;

const sign = (lines) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${lines}"/></svg>`;
const button = (name, words, lines) =>
  `<button type="button" data-do="${name}">${sign(lines)}<span class="unseen">${words}</span></button>`;

const PARTS = `
<div class="viewer-bar">
<p class="viewer-number" aria-hidden="true"></p>
${button("previous", _("Ảnh trước"), "m15 5-7 7 7 7")}
${button("next", _("Ảnh sau"), "m9 5 7 7-7 7")}
${button("zoom", _("Phóng to"), "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5l5 5M7.5 10.5h6M10.5 7.5v6")}
${button("close", _("Đóng"), "m6 6 12 12M18 6 6 18")}
</div>
<div class="viewer-stage"><div class="viewer-track"></div></div>
<div class="viewer-text" role="status"></div>`;

// A photo that the text shows twice is one photo here.
function listPhotos() {
  const links = new Map();
  for (const link of document.querySelectorAll(PHOTOS)) {
    if (!links.has(link.href)) {
      links.set(link.href, link);
    }
  }
  return [...links.values()];
}

function loadStyle() {
  return new Promise((resolve, reject) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = STYLE;
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", reject);
    document.head.append(sheet);
  });
}

// The photo as the page shows it, with its renditions, told how wide it is here.
function copyPhoto(link) {
  const copy = link.querySelector("picture, img").cloneNode(true);
  const photo = copy.matches("img") ? copy : copy.querySelector("img");
  const width = Number(photo.getAttribute("width"));
  const height = Number(photo.getAttribute("height"));
  if (width) {
    photo.style.setProperty("--w", width);
    photo.style.setProperty("--h", height);
  }
  const shown = Math.ceil(Math.min(innerWidth, width ? (innerHeight * width) / height : innerWidth));
  for (const each of [photo, ...copy.querySelectorAll("source")]) {
    each.sizes = `${shown}px`;
  }
  photo.loading = "eager";
  photo.draggable = false;
  return copy;
}

function build(links) {
  const dialog = document.createElement("dialog");
  dialog.className = "viewer";
  dialog.setAttribute("aria-label", _("Xem ảnh"));
  dialog.innerHTML = PARTS;
  const find = (selector) => dialog.querySelector(selector);
  const [stage, track] = [find(".viewer-stage"), find(".viewer-track")];
  const buttons = {};
  for (const each of dialog.querySelectorAll("[data-do]")) {
    buttons[each.dataset.do] = each;
  }
  const slides = links.map(() => {
    const slide = document.createElement("div");
    slide.className = "viewer-slide";
    return slide;
  });
  track.append(...slides);
  if (links.length === 1) {
    for (const each of [find(".viewer-number"), buttons.previous, buttons.next]) {
      each.hidden = true;
    }
  }
  let number = 0;

  const fingers = watchFingers(stage, track, {
    photo: () => slides[number].querySelector("img"),
    step: (by) => go(number + by),
    close: () => dialog.close(),
    zoomed(scale) {
      buttons.zoom.setAttribute("aria-pressed", String(scale > 1));
      if (scale > 1) {
        loadWhole(slides[number], links[number]);
      }
    },
  });

  function show(wanted) {
    number = Math.max(0, Math.min(wanted, links.length - 1));
    fingers.reset();
    for (const near of [number, number + 1, number - 1]) {
      if (slides[near]?.childElementCount === 0) {
        slides[near].append(copyPhoto(links[near]));
      }
    }
    slides.forEach((slide, each) => {
      slide.inert = each !== number;
    });
    track.style.setProperty("--number", number);
    find(".viewer-number").textContent = `${number + 1}/${links.length}`;
    buttons.previous.setAttribute("aria-disabled", String(number === 0));
    buttons.next.setAttribute("aria-disabled", String(number === links.length - 1));
    describe(find(".viewer-text"), links[number], links.length > 1 ? [number + 1, links.length] : []);
  }

  function go(wanted) {
    if (wanted !== number && links[wanted]) {
      show(wanted);
      history.replaceState({ ...history.state, photo: number + 1 }, "");
    }
  }

  function open(wanted) {
    // Where it is opened, nothing slides.
    track.classList.add("still");
    show(wanted);
    dialog.showModal();
    buttons.close.focus();
    requestAnimationFrame(() => track.classList.remove("still"));
  }

  const acts = {
    previous: () => go(number - 1),
    next: () => go(number + 1),
    zoom: () => fingers.toggle(),
    close: () => dialog.close(),
  };
  for (const [name, act] of Object.entries(acts)) {
    buttons[name].addEventListener("click", act);
  }

  const keys = {
    ArrowLeft: () => fingers.pan(STEP, 0) || go(number - 1),
    ArrowRight: () => fingers.pan(-STEP, 0) || go(number + 1),
    ArrowUp: () => fingers.pan(0, STEP),
    ArrowDown: () => fingers.pan(0, -STEP),
    Home: () => go(0),
    End: () => go(links.length - 1),
    "+": () => fingers.zoom(1.5),
    "=": () => fingers.zoom(1.5),
    "-": () => fingers.zoom(1 / 1.5),
  };
  dialog.addEventListener("keydown", (event) => {
    // The keys of the page below do nothing now.
    event.stopPropagation();
    if (keys[event.key] && !(event.ctrlKey || event.metaKey || event.altKey)) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  dialog.addEventListener("close", () => {
    if (history.state?.photo) {
      history.back();
    }
  });
  addEventListener("popstate", (event) => {
    const wanted = event.state?.photo;
    if (wanted && !dialog.open) {
      open(wanted - 1);
    } else if (!wanted && dialog.open) {
      dialog.close();
      links[number].focus();
    }
  });
  document.body.append(dialog);
  const findNumber = (link) => links.findIndex((each) => each.href === link.href);
  return { dialog, open, count: links.length, find: findNumber };
}

function describe(place, link, [number, count]) {
  const caption = link.closest("figure")?.querySelector("figcaption");
  const words = document.createElement("p");
  words.append(...(caption?.cloneNode(true).childNodes ?? []));
  const counted = document.createElement("p");
  counted.className = "unseen";
  counted.textContent = number ? _("Ảnh {number} trên {count}.").replace("{number}", number).replace("{count}", count) : "";
  place.replaceChildren(counted, words);
}

// The largest rendition is fetched when somebody looks closely.
function loadWhole(slide, link) {
  const photo = slide.querySelector("img");
  if (photo.src !== link.href || photo.srcset || slide.querySelector("source")) {
    const whole = new Image();
    whole.src = link.href;
    const replace = () => {
      slide.querySelectorAll("source").forEach((source) => source.remove());
      photo.removeAttribute("srcset");
      photo.src = link.href;
    };
    whole.decode().then(replace, () => {});
  }
}

let built;

async function prepare() {
  built ??= loadStyle().then(() => build(listPhotos()));
  return built;
}

// Opens the viewer at the photo of a link.
export async function openAt(link) {
  const viewer = await prepare();
  if (!viewer.dialog.open) {
    const number = viewer.find(link);
    history.pushState({ ...history.state, photo: number + 1 }, "");
    viewer.open(number);
  }
}

// Opens it as it was when the reader left the page, or loaded it again.
export async function openAgain() {
  const viewer = await prepare();
  if (viewer.count > 0 && !viewer.dialog.open && history.state?.photo) {
    viewer.open(history.state.photo - 1);
  }
}
