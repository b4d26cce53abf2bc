// [Trở về] leads to the category; a reader who came from a page of this site goes back to that one,
// to the very place where they left it.

export default function run(link) {
  const cameFrom = document.referrer;
  if (!cameFrom || new URL(cameFrom).origin !== location.origin || history.length < 2) {
    return;
  }
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    history.back();
  });
}
