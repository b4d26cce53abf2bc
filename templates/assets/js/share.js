// Two ways of sharing that only a script has: copying the address, and the device's own list of apps.

export default function run(group) {
  const [copy, pass] = group.querySelectorAll("button");
  const status = group.querySelector("[role=status]");
  const { title, url } = group.dataset;

  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(url);
        status.textContent = "Đã sao chép địa chỉ.";
      } catch {
        status.textContent = `Không sao chép được. Địa chỉ của bài: ${url}`;
      }
    });
  }
  if (navigator.canShare?.({ title, url })) {
    pass.hidden = false;
    // Whoever closes the list has not done anything wrong.
    pass.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  }
}
