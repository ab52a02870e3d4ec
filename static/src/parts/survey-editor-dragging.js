/* Dragging a question by its icon, within its section or into another one: an extra. The buttons do the same for
   everybody. */

import htmx from "./htmx.js";

const FAR = 5;

export function startDragging(editor) {
  editor.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("#outline .icon") && event.target.closest("li[data-code]");
    if (!row || event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    drag(row, event);
  });
}

function drag(row, { pointerId, clientX, clientY }) {
  const before = placeOf(row);
  let isMoving = false;
  const follow = (event) => {
    isMoving ||= Math.hypot(event.clientX - clientX, event.clientY - clientY) > FAR;
    if (!isMoving) return;
    row.classList.add("dragged");
    put(row, document.elementFromPoint(event.clientX, event.clientY), event.clientY);
  };
  const drop = () => {
    row.removeEventListener("pointermove", follow);
    row.classList.remove("dragged");
    if (!isMoving) return row.querySelector("a").click();
    const place = placeOf(row);
    if (place.section !== before.section || place.before !== before.before) send(row, place);
  };
  row.setPointerCapture(pointerId);
  row.addEventListener("pointermove", follow);
  row.addEventListener("lostpointercapture", drop, { once: true });
}

function put(row, under, y) {
  const other = under?.closest("#outline li[data-code]");
  if (other && other !== row) {
    const { top, height } = other.getBoundingClientRect();
    other[y < top + height / 2 ? "before" : "after"](row);
  } else if (!other) {
    under?.closest("#outline [data-section]")?.querySelector("[data-drop]").append(row);
  }
}

function placeOf(row) {
  return { section: row.parentElement.dataset.drop, before: row.nextElementSibling?.dataset.code ?? "" };
}

function send(row, values) {
  const source = document.getElementById("outline-form");
  htmx.ajax("POST", row.dataset.place, { source, values });
}
