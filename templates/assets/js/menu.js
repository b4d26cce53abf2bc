// Lets go of an open submenu on Escape, on a press elsewhere, and when the focus leaves it.

export default function dismiss(details) {
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
