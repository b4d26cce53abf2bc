// A video loads nothing from elsewhere until the reader presses it; then the link becomes the player.

export default function run(link) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    const address = new URL(link.dataset.embed);
    address.searchParams.set("autoplay", "1");
    const player = document.createElement("iframe");
    player.src = address.href;
    player.title = (link.querySelector(".video-name") ?? link).textContent.trim();
    player.allow = "autoplay; encrypted-media; picture-in-picture";
    player.allowFullscreen = true;
    player.referrerPolicy = "strict-origin-when-cross-origin";
    link.replaceWith(player);
    player.focus();
  });
}
