// Lists the articles that this browser keeps, the last one that was read first.

export default async function run(section) {
  document.querySelector("[data-again]").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  const worker = document.querySelector("[data-offline]").dataset.offline;
  const own = `ngoai-tuyen ${new URL(".", new URL(worker, location.href)).pathname} bai `;
  const names = (await caches.keys()).filter((name) => name.startsWith(own)).sort().reverse();
  for (const name of names) {
    const address = name.slice(name.indexOf("/", own.length));
    const page = await (await caches.open(name)).match(address);
    if (!page) continue;
    const read = new DOMParser().parseFromString(await page.text(), "text/html");
    const link = Object.assign(document.createElement("a"), { href: address });
    link.textContent = read.querySelector("h1").textContent;
    const item = document.createElement("li");
    item.append(link);
    section.querySelector("ul").append(item);
  }
  section.hidden = !section.querySelector("li");
}
