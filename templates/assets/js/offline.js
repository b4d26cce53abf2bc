// Keeps the last articles that were read, each with its style and small photos, so that they can be read
// without a network. The worker (worker.js) shows them. A site that no longer wants this takes it away.

const MOST = 20;
const WIDEST = 400;
const LONGEST_WAIT = 5000;
const RENDITION = /\.\d+\.(?:avif|webp|jpe?g|png)$/;

// The script of the worker stands in the site's own folder.
const findHome = (worker) => new URL(".", new URL(worker, location.href)).pathname;

export default async function run(element) {
  if (!navigator.serviceWorker) return;
  const worker = element.dataset.offline;
  await navigator.serviceWorker.register(worker);
  const article = document.querySelector('meta[property="og:type"][content="article"]');
  if (!article || navigator.connection?.saveData) return;
  if (document.readyState !== "complete") {
    await new Promise((go) => window.addEventListener("load", go, { once: true }));
  }
  await new Promise((go) => (window.requestIdleCallback ?? setTimeout)(go, { timeout: LONGEST_WAIT }));
  await keep(findHome(worker));
}

async function keep(home) {
  const address = location.pathname;
  // What the reader sees lies in the browser's own store, so nothing is sent a second time.
  const page = await fetch(address, { cache: "force-cache" });
  if (!page.ok || page.redirected) return;
  const own = `ngoai-tuyen ${home} bai `;
  const cache = await caches.open(`${own}${String(Date.now()).padStart(15, "0")} ${address}`);
  const loaded = performance.getEntriesByType("resource").map((each) => new URL(each.name));
  const files = loaded.filter((url) => url.origin === location.origin && url.pathname.startsWith(`${home}assets/`));
  const photos = [...document.querySelectorAll("article.story img")].map(chooseSmall);
  await Promise.allSettled([
    ...files.map((url) => cache.add(url.href)),
    ...photos.map(async (url) => cache.put(url.replace(RENDITION, ""), await fetch(url))),
  ]);
  await cache.put(address, page);
  await tidy(own);
}

// Deletes what was read before the last articles, what was read again since, and what was left half done.
async function tidy(own) {
  const names = (await caches.keys()).filter((name) => name.startsWith(own)).sort().reverse();
  const kept = new Set();
  for (const name of names) {
    const address = name.slice(name.indexOf("/", own.length));
    const whole = await (await caches.open(name)).match(address);
    if (whole && !kept.has(address) && kept.size < MOST) kept.add(address);
    else await caches.delete(name);
  }
}

function chooseSmall(image) {
  const source = image.closest("picture")?.querySelector("source:last-of-type");
  const candidates = (source?.srcset || image.srcset || "")
    .split(", ")
    .filter(Boolean)
    .map((each) => each.split(" "))
    .filter(([, width], index) => index === 0 || parseInt(width) <= WIDEST);
  return new URL(candidates.at(-1)?.[0] ?? image.src, location.href).href;
}

// Called where the page has a worker and its site wants none.
export async function leave() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    const script = registration.active?.scriptURL ?? "";
    if (!script.endsWith("/ngoai-tuyen.js") || !location.href.startsWith(registration.scope)) continue;
    const own = `ngoai-tuyen ${findHome(script)} `;
    await registration.unregister();
    const names = (await caches.keys()).filter((name) => name.startsWith(own));
    await Promise.all(names.map((name) => caches.delete(name)));
  }
}
