/* The city's own map: a tap, or the arrow keys, set a point, and the point chooses its district in the list. */

import { say } from "./words.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 1 / 40;
const WIDE_STEP = 1 / 8;
const DECIMALS = 3;
const SVG = "http://www.w3.org/2000/svg";

export function startMap(box, tell) {
  const svg = box.querySelector("svg");
  const [west, south, east, north] = svg.dataset.bounds.split(",").map(Number);
  const question = box.closest("[data-question]");
  const [list, field] = [question.querySelector("select"), question.querySelector("[data-point], input[name$='.point']")];
  const view = svg.viewBox.baseVal;
  const map = { box, svg, list, field, view, tell, west, south, east, north, mark: null };
  map.remove = removeButton(map);
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", say(box, "map"));
  box.hidden = false;
  svg.addEventListener("click", (event) => setPoint(map, fromScreen(map, event)));
  svg.addEventListener("keydown", (event) => press(map, event));
  list.addEventListener("change", () => follow(map));
  return () => show(map);
}

function press(map, event) {
  if (["Delete", "Backspace"].includes(event.key)) return removePoint(map);
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const { x, y, width, height } = map.view;
  const size = width * (event.shiftKey ? WIDE_STEP : STEP);
  const at = pointOf(map) ?? middle(map);
  const within = (value, least, most) => Math.min(most, Math.max(least, value));
  setPoint(map, { x: within(at.x + step[0] * size, x, x + width), y: within(at.y + step[1] * size, y, y + height) });
}

/* The middle of the chosen district, or of the whole map. */
function middle({ svg, list, view }) {
  const box = pathOf(svg, list.value)?.getBBox() ?? view;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function fromScreen({ svg }, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

function setPoint(map, { x, y }) {
  const { view, west, south, east, north, field, list, box } = map;
  const longitude = west + ((x - view.x) / view.width) * (east - west);
  const latitude = north - ((y - view.y) / view.height) * (north - south);
  field.value = `${longitude.toFixed(DECIMALS)},${latitude.toFixed(DECIMALS)}`;
  const path = districtAt(map, x, y);
  if (path) list.value = path.dataset.district;
  changed(map);
  map.tell(path ? say(box, "point", { district: list.selectedOptions[0].text }) : say(box, "outside"));
}

function removePoint(map) {
  if (!map.field.value) return;
  map.field.value = "";
  changed(map);
  map.tell(say(map.box, "gone"));
}

/* Another district in the list than the point's: the list is meant. */
function follow(map) {
  const point = pointOf(map);
  const path = point && districtAt(map, point.x, point.y);
  if (path && path.dataset.district !== map.list.value) removePoint(map);
  show(map);
}

function changed(map) {
  show(map);
  map.field.dispatchEvent(new Event("input", { bubbles: true }));
}

function show(map) {
  for (const path of map.svg.querySelectorAll("[data-district]")) {
    path.classList.toggle("chosen", path.dataset.district === map.list.value);
  }
  const point = pointOf(map);
  map.remove.hidden = !point;
  map.mark?.remove();
  map.mark = point && map.svg.appendChild(markAt(map, point));
}

function markAt({ view }, { x, y }) {
  const mark = document.createElementNS(SVG, "circle");
  const look = { cx: x, cy: y, r: view.width / 50, class: "point-mark" };
  for (const [name, value] of Object.entries(look)) mark.setAttribute(name, value);
  return mark;
}

function pointOf({ field, view, west, south, east, north }) {
  if (!field.value) return null;
  const [longitude, latitude] = field.value.split(",").map(Number);
  const x = view.x + ((longitude - west) / (east - west)) * view.width;
  return { x, y: view.y + ((north - latitude) / (north - south)) * view.height };
}

function districtAt({ svg }, x, y) {
  return [...svg.querySelectorAll("[data-district]")].find((path) => path.isPointInFill(new DOMPoint(x, y)));
}

function pathOf(svg, code) {
  return code ? svg.querySelector(`[data-district="${CSS.escape(code)}"]`) : null;
}

function removeButton(map) {
  const look = { type: "button", className: "button second", textContent: say(map.box, "remove"), hidden: true };
  const button = Object.assign(document.createElement("button"), look);
  button.addEventListener("click", () => {
    removePoint(map);
    map.svg.focus();
  });
  map.box.append(button);
  return button;
}
