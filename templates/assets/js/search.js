// The words that the reader has sent stand in the field again, ready for the other button.

export default function run(desk) {
  const field = desk.querySelector("input[type=search]");
  const words = new URLSearchParams(location.search).get(field.name);
  if (words) {
    field.value = words.normalize("NFC");
  }
}
