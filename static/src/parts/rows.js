/* The options of a poll: add, take out and move rows without a new page. Chosen pictures stay in their
   file fields, which a new page could not do. Names and ids carry the row's number, so that the server
   reads them in this order. */

import { say } from "./words.js";

const FIELD = "input:not([type=hidden])";

export function startRows(group) {
  if (group.blank) return;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-add], [data-row-up], [data-row-down], [data-row-remove]");
    if (!button) return;
    event.preventDefault();
    act(group, button, button.closest("[data-row]"));
    group.dispatchEvent(new Event("input", { bubbles: true }));
  });
  group.addEventListener("keydown", (event) => addOnEnter(group, event));
  group.blank = rowsOf(group)[0].cloneNode(true);
}

function act(group, button, row) {
  if (button.matches("[data-row-add]")) return add(group);
  if (button.matches("[data-row-remove]")) return remove(group, row);
  const isUp = button.matches("[data-row-up]");
  const neighbour = isUp ? row.previousElementSibling : row.nextElementSibling;
  neighbour[isUp ? "before" : "after"](row);
  renumber(group);
  (button.disabled ? row.querySelector(FIELD) : button).focus();
  tell(group, "moved", rowsOf(group).indexOf(row));
}

/* Enter in an option's field goes on to the next option instead of sending the form. */
function addOnEnter(group, event) {
  if (event.key !== "Enter" || !event.target.matches("[data-row] input:not([type=file])")) return;
  event.preventDefault();
  const next = event.target.closest("[data-row]").nextElementSibling;
  if (next) next.querySelector(FIELD).focus();
  else if (rowsOf(group).length < Number(group.dataset.max)) add(group);
}

function add(group) {
  const row = group.blank.cloneNode(true);
  row.querySelectorAll("input, textarea, select").forEach(empty);
  row.querySelectorAll(".error, [data-row-kept]").forEach((part) => part.remove());
  row.querySelectorAll("details").forEach((part) => (part.open = false));
  rowsOf(group).at(-1).after(row);
  renumber(group);
  row.querySelector(FIELD).focus();
  tell(group, "added", rowsOf(group).length - 1);
}

function empty(field) {
  if (field.type === "checkbox") field.checked = false;
  else field.value = "";
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
}

function remove(group, row) {
  const index = rowsOf(group).indexOf(row);
  row.remove();
  renumber(group);
  const rows = rowsOf(group);
  rows[Math.min(index, rows.length - 1)].querySelector(FIELD).focus();
  tell(group, "removed", index);
}

function renumber(group) {
  const rows = rowsOf(group);
  const { rows: name, min, max } = group.dataset;
  rows.forEach((row, index) => {
    for (const element of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const kind of ["id", "name", "for", "aria-describedby"]) renameIn(element, kind, name, index);
    }
    for (const button of row.querySelectorAll(".row-buttons button")) button.value = index;
    for (const place of row.querySelectorAll("[data-row-place]")) place.textContent = index + 1;
    row.querySelector("[data-row-up]").disabled = index === 0;
    row.querySelector("[data-row-down]").disabled = index === rows.length - 1;
    row.querySelector("[data-row-remove]").disabled = rows.length <= Number(min);
  });
  group.querySelector("[data-row-add]").disabled = rows.length >= Number(max);
}

function renameIn(element, kind, name, index) {
  const value = element.getAttribute(kind);
  if (value?.startsWith(`${name}-`)) element.setAttribute(kind, value.replace(/-\d+/, `-${index}`));
}

function rowsOf(group) {
  return [...group.querySelectorAll("[data-row]")];
}

function tell(group, name, index) {
  group.querySelector("[data-rows-status]").textContent = say(group, name, { place: index + 1 });
}
