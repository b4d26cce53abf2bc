// Reads the article aloud, where the browser has a Vietnamese voice. Long texts are spoken sentence
// by sentence, because some voices fall silent after a quarter of a minute.

const LONGEST = 200;
const BLOCKS = "h1, .lead, .prose :is(p, li, h2, h3, h4, td, th, dt, dd, figcaption)";

// Made when it is needed: Intl takes its time.
let sentences;

function split(text) {
  sentences ??= window.Intl?.Segmenter && new Intl.Segmenter("vi", { granularity: "sentence" });
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
  const vietnamese = voices.filter((voice) => /^vi\b/i.test(voice.lang.replace("_", "-")));
  return vietnamese.find((voice) => voice.localService) ?? vietnamese[0];
}

export default function run(group) {
  const synthesis = window.speechSynthesis;
  if (!synthesis) {
    return;
  }
  const [play, stop] = group.querySelectorAll("button");
  const words = play.textContent;
  let voice;
  let state = "silent";

  const show = (next) => {
    state = next;
    play.textContent = { silent: words, speaking: "Tạm dừng", paused: "Nghe tiếp" }[state];
    stop.hidden = state === "silent";
  };

  const finish = () => {
    const focused = document.activeElement === stop;
    synthesis.cancel();
    show("silent");
    if (focused) {
      play.focus();
    }
  };

  const begin = () => {
    synthesis.cancel();
    const parts = readStory(group.closest(".story"));
    parts.forEach((text, index) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = voice.lang;
      utterance.voice = voice;
      if (index === parts.length - 1) {
        utterance.addEventListener("end", () => show("silent"));
      }
      synthesis.speak(utterance);
    });
    show("speaking");
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
  window.addEventListener("pagehide", finish);

  const offer = () => {
    voice = findVoice(synthesis.getVoices());
    play.hidden = !voice;
  };
  // Many browsers fetch their voices after the page.
  synthesis.addEventListener?.("voiceschanged", offer);
  offer();
}
