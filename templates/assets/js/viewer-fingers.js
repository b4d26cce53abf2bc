// What fingers and a mouse do to the photos of the viewer: one finger turns to the next photo, closes
// the viewer (downwards) or moves a photo that is enlarged; two fingers enlarge it, and so do two taps.

const FAR = 60;
const QUICK = 0.4;
const TAP = { move: 8, time: 300 };

export function watchFingers(stage, track, { photo, step, close, zoomed }) {
  const fingers = new Map();
  let [scale, x, y] = [1, 0, 0];
  let start;
  let tapped = { time: 0 };

  const measure = () => {
    const [image, room] = [photo(), stage.getBoundingClientRect()];
    const most = Math.max(2.5, (Number(image?.getAttribute("width")) || 0) / (image?.offsetWidth || 1));
    return { image, room, most };
  };

  function draw() {
    const { image, room } = measure();
    // The edge of a photo never comes further in than the edge of the stage.
    const reach = (size, whole) => Math.max(0, (size * scale - whole) / 2);
    const [right, down] = [reach(image.offsetWidth, room.width), reach(image.offsetHeight, room.height)];
    x = Math.max(-right, Math.min(right, x));
    y = Math.max(-down, Math.min(down, y));
    image.style.transform = scale > 1 ? `translate(${x}px, ${y}px) scale(${scale})` : "";
    stage.classList.toggle("zoomed", scale > 1);
  }

  // Enlarges the photo so that the point of it that is at `from` comes to `to`.
  function enlarge(wanted, from, to = from) {
    const { room, most } = measure();
    const centre = { x: room.left + room.width / 2, y: room.top + room.height / 2 };
    const larger = Math.max(1, Math.min(most, wanted));
    x = to.x - centre.x - ((from.x - centre.x - x) * larger) / scale;
    y = to.y - centre.y - ((from.y - centre.y - y) * larger) / scale;
    scale = larger;
    draw();
    zoomed(scale);
  }

  function middle() {
    const room = stage.getBoundingClientRect();
    return { x: room.left + room.width / 2, y: room.top + room.height / 2 };
  }

  const toggle = (at = middle()) => enlarge(scale > 1 ? 1 : measure().most, at);

  function slide(by) {
    const end = by > 0 ? !track.firstElementChild.inert : !track.lastElementChild.inert;
    track.style.setProperty("--drag", `${end ? by / 3 : by}px`);
  }

  function begin() {
    const [one, two] = [...fingers.values()];
    track.classList.add("still");
    if (two) {
      slide(0);
      const apart = Math.hypot(one.x - two.x, one.y - two.y);
      start = { apart, scale, x, y, way: "pinch", at: { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 } };
    } else if (one) {
      start = { at: { ...one }, x, y, way: "", time: performance.now() };
    }
  }

  stage.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && fingers.size < 2) {
      stage.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      begin();
    }
  });

  stage.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) {
      return;
    }
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [one, two] = [...fingers.values()];
    if (two) {
      const at = { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 };
      const wanted = (start.scale * Math.hypot(one.x - two.x, one.y - two.y)) / (start.apart || 1);
      [scale, x, y] = [start.scale, start.x, start.y];
      enlarge(wanted, start.at, at);
      return;
    }
    const [right, down] = [one.x - start.at.x, one.y - start.at.y];
    if (!start.way && Math.hypot(right, down) > TAP.move) {
      start.way = Math.abs(right) > Math.abs(down) ? "across" : "down";
    }
    if (scale > 1) {
      [x, y] = [start.x + right, start.y + down];
      draw();
    } else if (start.way === "across") {
      slide(right);
    }
  });

  function end(event) {
    const last = fingers.get(event.pointerId);
    if (!fingers.delete(event.pointerId)) {
      return;
    }
    if (fingers.size > 0) {
      // The finger that stays moves the photo from here on.
      begin();
      start.way = "pinch";
      return;
    }
    track.classList.remove("still");
    slide(0);
    const [right, down] = [last.x - start.at.x, last.y - start.at.y];
    const time = performance.now() - start.time;
    if (event.type === "pointercancel" || start.way === "pinch") {
      return;
    }
    if (!start.way && time < TAP.time) {
      const twice = event.timeStamp - tapped.time < TAP.time;
      tapped = twice ? { time: 0 } : { time: event.timeStamp };
      if (twice) {
        toggle(last);
      }
    } else if (scale === 1 && start.way === "across") {
      const far = Math.abs(right) > FAR || Math.abs(right) / time > QUICK;
      if (far) {
        step(right < 0 ? 1 : -1);
      }
    } else if (scale === 1 && down > 2 * FAR) {
      close();
    }
  }

  stage.addEventListener("pointerup", end);
  stage.addEventListener("pointercancel", end);

  // A pinch on the pad of a computer arrives as a turned wheel.
  stage.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey) {
        event.preventDefault();
        enlarge(scale * Math.exp(-event.deltaY / 100), { x: event.clientX, y: event.clientY });
      }
    },
    { passive: false },
  );

  function reset() {
    if (scale > 1) {
      [scale, x, y] = [1, 0, 0];
      draw();
      zoomed(scale);
    }
  }

  addEventListener("resize", reset);

  return {
    reset,
    toggle,
    zoom: (by) => enlarge(scale * by, middle()),
    // Moves an enlarged photo, and tells whether it was enlarged.
    pan(right, down) {
      [x, y] = [x + right, y + down];
      if (scale > 1) {
        draw();
      }
      return scale > 1;
    },
  };
}
