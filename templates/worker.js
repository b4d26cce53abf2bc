// Reading without a network. Whatever the network answers is shown; only where it does not answer, the browser
// shows what it keeps: one of the articles that were read last, or the page that lists them.

const HOME = {{ site.home | tojson }};
const PAGE = {{ page | tojson }};
const FRAME = `ngoai-tuyen ${HOME} khung {{ version }}`;
const OWN = `ngoai-tuyen ${HOME} `;
const FILES = [
  PAGE,
{% for name in ["css/site.css", "css/search.css", "js/main.js", "js/colours-first.js", "js/masthead.js", "js/offline.js", "js/kept.js", "icons/mark.svg", "fonts/BeVietnamPro-Regular.woff2", "fonts/BeVietnamPro-SemiBold.woff2"] %}
  {{ site.assets[name] | tojson }},
{% endfor %}
];
const KINDS = ["style", "script", "font", "image"];
// What a rendition has behind the name of its photo.
const RENDITION = /\.\d+\.(?:avif|webp|jpe?g|png)$/;

self.addEventListener("install", (event) => {
  const fetched = FILES.map((url) => new Request(url, { cache: url === PAGE ? "reload" : "default" }));
  event.waitUntil(
    caches
      .open(FRAME)
      .then((cache) => cache.addAll(fetched))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(start());
});

async function start() {
  await self.registration.navigationPreload?.enable();
  for (const name of await caches.keys()) {
    if (name.startsWith(`${OWN}khung `) && name !== FRAME) await caches.delete(name);
  }
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(HOME)) return;
  if (request.mode === "navigate") {
    event.respondWith(open(event));
  } else if (KINDS.includes(request.destination)) {
    event.respondWith(fetch(request).catch(() => find(url)));
  }
});

async function open(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const page = await find(new URL(event.request.url));
    return page.type === "error" ? find(new URL(PAGE, location)) : page;
  }
}

// The newest article comes first: it has the files of its own release, and a small copy of each of its photos.
async function find(url) {
  const small = url.origin + url.pathname.replace(RENDITION, "");
  const names = (await caches.keys()).filter((name) => name.startsWith(OWN)).sort().reverse();
  for (const address of new Set([url.href, small])) {
    for (const name of names) {
      const cache = await caches.open(name);
      const found = await cache.match(address, { ignoreSearch: true });
      if (found) return found;
    }
  }
  return Response.error();
}
