import { SITE, frame } from "../site.js";

export const data = { permalink: "/404.html" };

export function render() {
  const main = `<h1>Không tìm thấy trang</h1>
<p>Địa chỉ này không có trang nào. <a href="/">Về trang chủ</a></p>`;
  return frame(`Không tìm thấy trang - ${SITE.title}`, "/404.html", SITE.description, main);
}
