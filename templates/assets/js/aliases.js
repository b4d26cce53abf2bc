// Old addresses that no static file can answer (those with a query string, say): the list of them is
// fetched only here, when a reader has already met the not-found page.

function spellings() {
  const here = location.pathname + location.search;
  const all = [here];
  try {
    all.push(decodeURIComponent(here).normalize("NFC"));
  } catch {
    // A stray percent sign: the address as it stands is all there is.
  }
  return all;
}

export default async function run(element) {
  const answer = await fetch(element.dataset.aliases);
  if (!answer.ok) {
    return;
  }
  const aliases = await answer.json();
  const key = spellings().find((spelling) => Object.hasOwn(aliases, spelling));
  if (key === undefined) {
    return;
  }
  const target = new URL(aliases[key], location.origin);
  if (target.origin === location.origin) {
    location.replace(target);
  }
}
