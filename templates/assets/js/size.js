// Smaller and larger text, remembered for the next article.

import { keep, recall } from "./storage.js";

const LEAST = -1;
const MOST = 4;

export default function run(group) {
  const buttons = [...group.querySelectorAll("[data-step]")];
  let step = 0;

  const set = (wanted) => {
    step = Math.min(MOST, Math.max(LEAST, Math.trunc(wanted) || 0));
    document.documentElement.dataset.text = step;
    for (const button of buttons) {
      const next = step + Number(button.dataset.step);
      // Not `disabled`: the focus would be lost at the last step.
      button.setAttribute("aria-disabled", next < LEAST || next > MOST);
    }
  };

  set(Number(recall("text")));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      set(step + Number(button.dataset.step));
      keep("text", step);
    });
  }
}
