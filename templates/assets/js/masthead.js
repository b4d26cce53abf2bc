// The masthead of every page: the clock, the choice of colours, and the menu.

// All pages load this file, so what other modules keep in the browser is kept from here too.
// What a reader chose, kept in the browser; where that is not allowed, until the page is left.

const PREFIX = "cong.";

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // A private window, or storage that is full: the choice holds for this page.
  }
}

// The date line: "Thứ năm, 14/05/2015, 10:06:10", in Vietnam's time wherever the reader is.

const WEEKDAYS = _("Chủ nhật|Thứ hai|Thứ ba|Thứ tư|Thứ năm|Thứ sáu|Thứ bảy").split("|");
// In a language that names the months, these are the names.
const MONTHS = _("01 02 03 04 05 06 07 08 09 10 11 12").split(" ");
const BETWEEN = _("/");

// Seven hours ahead of UTC all year round. Without Intl, whose first use takes a telephone longer than
// all else that a page does.
const OFFSET = 7 * 60 * 60 * 1000;

function write(moment) {
  const there = new Date(moment.getTime() + OFFSET);
  const [day, hour, minute, second] = [
    there.getUTCDate(),
    there.getUTCHours(),
    there.getUTCMinutes(),
    there.getUTCSeconds(),
  ].map((number) => String(number).padStart(2, "0"));
  const date = [day, MONTHS[there.getUTCMonth()], there.getUTCFullYear()].join(BETWEEN);
  return `${WEEKDAYS[there.getUTCDay()]}, ${date}, ${hour}:${minute}:${second}`;
}

function runClock(element) {
  let timer;
  let stopped = recall("clock") === "stopped";
  const tick = () => {
    const now = new Date();
    element.textContent = write(now);
    if (!stopped) {
      timer = setTimeout(tick, 1000 - now.getMilliseconds());
    }
  };
  // What moves by itself can be stopped (WCAG 2.2.2).
  const button = document.createElement("button");
  button.type = "button";
  const name = () => {
    button.title = stopped ? _("Cho đồng hồ chạy") : _("Dừng đồng hồ");
    button.setAttribute("aria-label", button.title);
    button.classList.toggle("stopped", stopped);
  };
  button.addEventListener("click", () => {
    stopped = !stopped;
    keep("clock", stopped ? "stopped" : "");
    clearTimeout(timer);
    if (!stopped) {
      tick();
    }
    name();
  });
  // A page in the background keeps still.
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden && !stopped) {
      tick();
    }
  });
  name();
  element.after(button);
  tick();
}

// The choice of colours: light, dark, or as the system has it. colours-first.js sets it on the next page.

const CHOICES = { light: _("Nền sáng"), dark: _("Nền tối"), "": _("Theo máy") };

function offerColours(group) {
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
  group.setAttribute("aria-label", _("Màu nền"));
  show(dataset.colours ?? "");
  // A page that comes back may have been left before the choice, and another tab may make it.
  const follow = () => show(recall("colours") ?? dataset.colours ?? "");
  addEventListener("pageshow", (event) => event.persisted && follow());
  addEventListener("storage", follow);
}

// Lets go of an open submenu on Escape, on a press elsewhere, and when the focus leaves it.

function dismiss(details) {
  const summary = details.querySelector("summary");
  const close = () => {
    details.open = false;
  };
  document.addEventListener("pointerdown", (event) => {
    if (!details.contains(event.target)) {
      close();
    }
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) {
      close();
    }
  });
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) {
      event.preventDefault();
      close();
      summary.focus();
    }
  });
}

export default function run(masthead) {
  const each = (selector, action) => masthead.querySelectorAll(selector).forEach(action);
  each("[data-clock]", runClock);
  each("[data-shades]", offerColours);
  each(".menu details", dismiss);
}
