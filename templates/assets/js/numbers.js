// 1.234, without Intl, whose first use takes a telephone long.

const [, POINT] = _("1.234");

export function writeNumber(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, POINT);
}
