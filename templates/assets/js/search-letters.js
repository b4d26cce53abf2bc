// Letters with and without their marks, and the one spelling of a word that the index knows.

const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const TONES = "\u0300\u0301\u0303\u0309\u0323";
const MISPLACED = new Map(
  ["oa", "oe", "uy"].flatMap((vowels) =>
    [...TONES].map((tone) => [
      (vowels[0] + tone).normalize("NFC") + vowels[1],
      vowels[0] + (vowels[1] + tone).normalize("NFC"),
    ]),
  ),
);
const MISPLACED_TONE = new RegExp([...MISPLACED.keys()].join("|"), "g");
const ENDING = /^(qu|[hklmst])([yỳýỷỹỵ])$/;
const ENDINGS = Object.fromEntries([..."yỳýỷỹỵ"].map((letter, place) => [letter, "iìíỉĩị"[place]]));

// One normal form, without what nobody sees. The letter ETH is what some keyboards type for Đ.
export function clean(text) {
  return text.normalize("NFC").replace(/Ð/g, "Đ").replace(/ð/g, "đ").replace(UNSEEN, "");
}

// "đảng viên" and "dang vien" are the same without their marks.
export function fold(text) {
  return bar(text).replace(/đ/g, "d");
}

// The letter đ is no d with a mark, to those who write marks.
export function bar(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

// The form and the key of one word.
export function readWord(word) {
  let form = word.replace(MISPLACED_TONE, (found) => MISPLACED.get(found));
  form = form.replace(ENDING, (_, before, ending) => before + ENDINGS[ending]);
  return { key: fold(form), form };
}
