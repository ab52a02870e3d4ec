/* Ranking by tapping. The selects of the form stay what is sent; this only gives them a better hand. */

import { makeDraggable } from "./dragging.js";
import { say } from "./words.js";

export function startRanking(root) {
  const rows = [...root.querySelectorAll("select")].map(rowOf);
  const order = rows.filter((row) => row.select.value).sort((a, b) => a.select.value - b.select.value);
  const ranking = { root, rows, order, places: Number(root.dataset.places), ...frame(root) };
  root.dataset.started = "true";
  root.querySelector("ul").hidden = true;
  root.append(ranking.box);
  makeDraggable(ranking.yours, (moved) => {
    ranking.order = moved.map((id) => rows.find((row) => row.id === id));
    change(ranking, "");
  });
  draw(ranking);
}

function rowOf(select) {
  const label = select.labels[0];
  return { id: select.id, select, label: label.textContent.trim(), lang: label.lang };
}

function frame(root) {
  const box = make("div");
  const status = make("p", { className: "hidden", role: "status" });
  const empty = make("p", { className: "hint", textContent: say(root, "empty") });
  const yours = make("ol", { className: "rank ranked", ariaLabel: say(root, "yours") });
  const heading = make("p", { className: "hint", textContent: say(root, "rest") });
  const rest = make("ul", { className: "rank unranked", ariaLabel: say(root, "rest") });
  box.append(empty, yours, heading, rest, status);
  return { box, status, empty, yours, heading, rest };
}

function draw(ranking) {
  const left = ranking.rows.filter((row) => !ranking.order.includes(row));
  ranking.yours.replaceChildren(...ranking.order.map((row, index) => ranked(ranking, row, index)));
  ranking.rest.replaceChildren(...left.map((row) => unranked(ranking, row)));
  ranking.empty.hidden = ranking.order.length > 0;
  ranking.yours.hidden = ranking.order.length === 0;
  ranking.heading.hidden = ranking.rest.hidden = left.length === 0;
}

function ranked(ranking, row, index) {
  const item = make("li");
  item.dataset.id = row.id;
  const last = ranking.order.length - 1;
  const buttons = make("span", { className: "row-buttons" });
  buttons.append(
    square(ranking, row, "up", "↑", () => move(ranking, row, -1), index === 0),
    square(ranking, row, "down", "↓", () => move(ranking, row, 1), index === last),
    square(ranking, row, "remove", "×", () => remove(ranking, row)),
  );
  item.append(
    make("span", { className: "grip", textContent: index + 1 }),
    make("span", { className: "rank-label", textContent: row.label, lang: row.lang }),
    buttons,
  );
  return item;
}

function unranked(ranking, row) {
  const item = make("li");
  const button = make("button", { type: "button", textContent: row.label, lang: row.lang });
  button.addEventListener("click", () => add(ranking, row));
  item.append(button);
  return item;
}

function square(ranking, row, name, sign, act, disabled = false) {
  const ariaLabel = say(ranking.root, name, { label: row.label });
  const look = { type: "button", className: "square", textContent: sign };
  const button = make("button", { ...look, ariaLabel, disabled });
  button.dataset.act = name;
  button.addEventListener("click", act);
  return button;
}

function add(ranking, row) {
  const { order, places, rest } = ranking;
  if (order.length >= places) return tell(ranking, say(ranking.root, "full"));
  const index = [...rest.children].findIndex((item) => item.textContent === row.label);
  order.push(row);
  change(ranking, say(ranking.root, "added", { label: row.label, place: order.length }));
  const next = rest.children[Math.min(index, rest.children.length - 1)];
  (next?.firstChild ?? ranking.yours.querySelector("button:not(:disabled)")).focus();
}

function move(ranking, row, step) {
  const { order, root } = ranking;
  const place = order.indexOf(row) + step;
  order.splice(place - step, 1);
  order.splice(place, 0, row);
  change(ranking, say(root, "moved", { label: row.label, place: place + 1, count: order.length }));
  const buttons = ranking.yours.children[place];
  const same = buttons.querySelector(`[data-act=${step < 0 ? "up" : "down"}]`);
  (same.disabled ? buttons.querySelector("button:not(:disabled)") : same).focus();
}

function remove(ranking, row) {
  const place = ranking.order.indexOf(row);
  ranking.order.splice(place, 1);
  change(ranking, say(ranking.root, "removed", { label: row.label }));
  const near = ranking.yours.children[Math.min(place, ranking.order.length - 1)];
  (near?.querySelector("[data-act=remove]") ?? ranking.rest.querySelector("button")).focus();
}

/* Writes the order into the selects, which is what the form sends, and shows it. */
function change(ranking, sentence) {
  for (const row of ranking.rows) {
    const place = ranking.order.indexOf(row) + 1;
    row.select.value = place || "";
  }
  draw(ranking);
  tell(ranking, sentence);
  ranking.root.dispatchEvent(new Event("change", { bubbles: true }));
}

function tell(ranking, sentence) {
  ranking.status.textContent = sentence;
  const isFull = sentence && sentence === say(ranking.root, "full");
  ranking.status.className = isFull ? "hint" : "hidden";
}

function make(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
