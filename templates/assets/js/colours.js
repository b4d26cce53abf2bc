// The choice of colours: light, dark, or as the system has it. colours-first.js sets it on the next page.

import { keep, recall } from "./storage.js";

const CHOICES = { light: "Nền sáng", dark: "Nền tối", "": "Theo máy" };

export default function run(group) {
  const { dataset } = document.documentElement;
  const bars = [...document.querySelectorAll("meta[name=theme-color]")];
  const own = bars.map((bar) => bar.content);

  const show = (chosen) => {
    if (chosen) {
      dataset.colours = chosen;
    } else {
      delete dataset.colours;
    }
    // The bars of a telephone's browser: the first is for light, the second for dark.
    bars.forEach((bar, number) => {
      bar.content = { light: own[0], dark: own[1] }[chosen] ?? own[number];
    });
    for (const button of group.children) {
      button.setAttribute("aria-pressed", button.dataset.choice === chosen);
    }
  };

  for (const [choice, name] of Object.entries(CHOICES)) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = name;
    button.setAttribute("aria-label", name);
    button.dataset.choice = choice;
    button.addEventListener("click", () => {
      show(choice);
      keep("colours", choice);
    });
    group.append(button);
  }
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Màu nền");
  show(dataset.colours ?? "");
  // A page that comes back may have been left before the choice, and another tab may make it.
  const follow = () => show(recall("colours") ?? dataset.colours ?? "");
  addEventListener("pageshow", (event) => event.persisted && follow());
  addEventListener("storage", follow);
}
