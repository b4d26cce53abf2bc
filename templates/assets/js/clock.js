// The date line: "Thứ năm, 14/05/2015, 10:06:10", in Vietnam's time wherever the reader is.

import { keep, recall } from "./storage.js";

const WEEKDAYS = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"];

// Seven hours ahead of UTC all year round. Without Intl, whose first use takes a telephone longer than
// all else that a page does.
const OFFSET = 7 * 60 * 60 * 1000;

export function write(moment) {
  const there = new Date(moment.getTime() + OFFSET);
  const [day, month, hour, minute, second] = [
    there.getUTCDate(),
    there.getUTCMonth() + 1,
    there.getUTCHours(),
    there.getUTCMinutes(),
    there.getUTCSeconds(),
  ].map((number) => String(number).padStart(2, "0"));
  const date = `${day}/${month}/${there.getUTCFullYear()}`;
  return `${WEEKDAYS[there.getUTCDay()]}, ${date}, ${hour}:${minute}:${second}`;
}

export default function run(element) {
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
    button.title = stopped ? "Cho đồng hồ chạy" : "Dừng đồng hồ";
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
