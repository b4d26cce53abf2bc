// Reads the article aloud, where the browser has a voice of its language. Long texts are spoken sentence
// by sentence, because some voices fall silent after a quarter of a minute.

const LONGEST = 200;
const BLOCKS = "h1, .lead, .prose :is(p, li, h2, h3, h4, td, th, dt, dd, figcaption)";

// Made when it is needed: Intl takes its time.
let sentences;

function split(text) {
  sentences ??= window.Intl?.Segmenter && new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" });
  const parts = [];
  for (const { segment } of sentences?.segment(text) ?? [{ segment: text }]) {
    const together = `${parts.at(-1) ?? ""} ${segment.trim()}`;
    if (parts.length > 0 && together.length < LONGEST) {
      parts[parts.length - 1] = together;
    } else {
      parts.push(segment.trim());
    }
  }
  return parts;
}

// The words of a block but for the numbers of its footnotes.
function readBlock(block) {
  const copy = block.cloneNode(true);
  copy.querySelectorAll(".footnote-ref, .footnote-backref").forEach((each) => each.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function readStory(story) {
  const blocks = [...story.querySelectorAll(BLOCKS)].filter((each) => !each.querySelector(BLOCKS));
  return blocks.map(readBlock).filter(Boolean).flatMap(split);
}

function findVoice(voices) {
  const [language] = document.documentElement.lang.toLowerCase().split("-");
  const own = voices.filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language);
  return own.find((voice) => voice.localService) ?? own[0];
}

export default function run(group) {
  const synthesis = window.speechSynthesis;
  const [play, stop] = group.querySelectorAll("button");
  const words = play.textContent;
  let voice;
  let state = "silent";
  // What is being read, which is also kept here because a browser may forget what nothing refers to.
  let reading = [];

  const show = (next) => {
    const focused = document.activeElement === stop;
    state = next;
    play.textContent = { silent: words, speaking: _("Tạm dừng"), paused: _("Nghe tiếp") }[state];
    stop.hidden = state === "silent";
    if (focused && stop.hidden) {
      play.focus();
    }
  };

  const finish = () => {
    reading = [];
    // Paused, a browser stays paused when all is taken from it, and would be silent the next time.
    synthesis.resume();
    synthesis.cancel();
    show("silent");
  };

  const begin = () => {
    finish();
    const parts = readStory(group.closest(".story"));
    const own = parts.map((text) => new SpeechSynthesisUtterance(text));
    reading = own;
    const end = () => {
      // What was taken back before tells so later.
      if (reading === own) {
        finish();
      }
    };
    for (const utterance of own) {
      utterance.lang = voice.lang;
      utterance.voice = voice;
      utterance.addEventListener("error", end);
    }
    own.at(-1)?.addEventListener("end", end);
    show("speaking");
    for (const utterance of own) {
      // An error may come at once.
      if (reading === own) {
        synthesis.speak(utterance);
      }
    }
  };

  play.addEventListener("click", () => {
    if (state === "silent") {
      begin();
    } else if (state === "speaking") {
      synthesis.pause();
      show("paused");
    } else {
      synthesis.resume();
      show("speaking");
    }
  });
  stop.addEventListener("click", finish);
  window.addEventListener("pagehide", () => {
    if (state !== "silent") {
      finish();
    }
  });

  const offer = () => {
    voice = findVoice(synthesis.getVoices()) ?? (state === "silent" ? undefined : voice);
    group.hidden = !voice;
  };
  // Many browsers fetch their voices after the page.
  synthesis.addEventListener?.("voiceschanged", offer);
  offer();
}
