// The button for paper, shown only where it can work.

// Photos further down may not have been fetched yet: a sheet of paper cannot be scrolled.
function fetchPhotos() {
  return Promise.allSettled(
    [...document.images].map((photo) => {
      photo.loading = "eager";
      return photo.decode();
    }),
  );
}

export default function run(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await fetchPhotos();
    window.print();
  });
}
