"""The table of queries in docs/search.md, and how the search of a site is asked many at once."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page

from support.site_folder import REPOSITORY

# In the page, out of the modules that it has loaded: the addresses that each query finds, in their
# order, and whether words are missing in them.
_FIND = """
async (queries) => {
  const link = [...document.querySelectorAll("link[rel=modulepreload]")];
  const load = (name) => import(link.find(({ href }) => href.includes(`/${name}.`)).href);
  const [{ openIndex }, { find }] = [await load("search-bundle"), await load("search-index")];
  const desk = document.querySelector("[data-bundles]");
  const index = await openIndex(desk.dataset.bundles.split(" "));
  const known = new Map();
  const name = async (result) => {
    const key = result.bundle.url + result.document;
    if (!known.has(key)) {
      known.set(key, (await result.read()).url);
    }
    return known.get(key);
  };
  const answers = [];
  for (const query of queries) {
    const { results, isPartial, isBegun } = await find(index, query, []);
    answers.push([isPartial || isBegun, await Promise.all(results.map(name))]);
  }
  return answers;
}
"""
_ROW = re.compile(r"^\| `(?P<query>[^`]+)` \| `(?P<first>/[^`]*)` \|", re.MULTILINE)


def read_table() -> list[tuple[str, str]]:
    """Return each query of the table, with the address that must come first."""
    return _ROW.findall((REPOSITORY / "docs/search.md").read_text("utf-8"))


def find_all(page: Page, queries: Sequence[str]) -> list[tuple[bool, list[str]]]:
    """Return, for each query, whether words are missing, and what it finds.

    ``page`` is the search page.
    """
    return [(missing, urls) for missing, urls in page.evaluate(_FIND, list(queries))]
