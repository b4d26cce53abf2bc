// 1.234, without Intl, whose first use takes a telephone long.

export function writeNumber(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}
