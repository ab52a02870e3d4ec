/* Dragging a row by its number: an extra for those who like it. Buttons do the same for everybody. */

export function makeDraggable(list, commit) {
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    drag(list, grip, event.pointerId, commit);
  });
}

function drag(list, grip, pointer, commit) {
  const row = grip.parentElement;
  const follow = (event) => place(list, row, event.clientY);
  const drop = () => {
    grip.removeEventListener("pointermove", follow);
    row.classList.remove("dragged");
    commit([...list.children].map((item) => item.dataset.id));
  };
  row.classList.add("dragged");
  grip.setPointerCapture(pointer);
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", drop, { once: true });
}

function place(list, row, y) {
  const next = [...list.children].find((item) => {
    const { top, height } = item.getBoundingClientRect();
    return item !== row && y < top + height / 2;
  });
  if (row.nextElementSibling === (next ?? null)) return;
  list.insertBefore(row, next ?? null);
}
