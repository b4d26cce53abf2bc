// The date line: "Thứ năm, 14/05/2015, 10:06:10", in Vietnam's time wherever the reader is.

const WEEKDAYS = {
  Sun: "Chủ nhật",
  Mon: "Thứ hai",
  Tue: "Thứ ba",
  Wed: "Thứ tư",
  Thu: "Thứ năm",
  Fri: "Thứ sáu",
  Sat: "Thứ bảy",
};

// English, because its names of the days are the same in every browser's data.
const format = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Ho_Chi_Minh",
  weekday: "short",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

export function write(moment) {
  const parts = {};
  for (const { type, value } of format.formatToParts(moment)) {
    parts[type] = value;
  }
  const { weekday, day, month, year, hour, minute, second } = parts;
  return `${WEEKDAYS[weekday]}, ${day}/${month}/${year}, ${hour}:${minute}:${second}`;
}

export default function run(element) {
  let timer;
  const tick = () => {
    const now = new Date();
    element.textContent = write(now);
    timer = setTimeout(tick, 1000 - now.getMilliseconds());
  };
  // A page in the background keeps still.
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) {
      tick();
    }
  });
  tick();
}
