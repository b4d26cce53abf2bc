// What is asked for: in the form, and in the address, so that it can be kept and passed on.

export const FILTERS = { category: "muc", year: "nam", author: "tac_gia", order: "xep" };

export function readChoices(form) {
  return Object.fromEntries(
    Object.entries(FILTERS).map(([key, name]) => [key, form.elements[name].value]),
  );
}

// Fills the form with what stands in the address.
export function readAddress(form, field) {
  const given = new URLSearchParams(location.search);
  field.value = (given.get(field.name) ?? "").normalize("NFC");
  for (const name of Object.values(FILTERS)) {
    const value = given.get(name);
    const select = form.elements[name];
    if (value && name === FILTERS.author) {
      select.append(new Option(value, value));
    }
    select.value = value ?? "";
    if (select.selectedIndex < 0) {
      select.value = "";
    }
  }
}

// Returns the address of what stands in the form.
export function writeAddress(form) {
  const given = new URLSearchParams(new FormData(form));
  const kept = [...given].filter(([, value]) => value.trim());
  const query = new URLSearchParams(kept).toString();
  return new URL(query ? `?${query}` : location.pathname, location.href).href;
}

export function readSynonyms(list) {
  const names = [...(list?.querySelectorAll("dt") ?? [])];
  return names.map((name) => [name, name.nextElementSibling].map((each) => each.textContent.toLowerCase()));
}
