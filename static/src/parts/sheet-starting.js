/* A sheet comes to life: what was kept is put back, and every change is followed. */

import { startRanking } from "./ranking.js";
import { choose, count } from "./sheet-choices.js";
import { openSheet, questionAt, readAgain } from "./sheet-document.js";
import { startDrafting } from "./sheet-drafting.js";
import { startKeeping } from "./sheet-kept.js";
import { startKiosk } from "./sheet-kiosk.js";
import { startMap } from "./sheet-map.js";
import { refresh } from "./sheet-pages.js";
import { say } from "./words.js";

export function startSheet(root) {
  const sheet = openSheet(root);
  sheet.tell = speaker(root);
  const { restored, isOlder } = startKeeping(sheet, (changed) => takeOver(sheet, changed));
  tellWhatCameBack(sheet, restored, isOlder);
  sheet.questions.forEach((question) => startParts(sheet, question));
  readAgain(sheet, sheet.questions);
  sheet.questions.forEach((question) => count(sheet, question));
  sheet.sendDraft = startDrafting(sheet);
  sheet.form.addEventListener("input", (event) => follow(sheet, event.target));
  sheet.form.addEventListener("change", ({ target }) => target.matches("[data-ranking]") && follow(sheet, target));
  if (sheet.isKiosk) startKiosk(sheet);
  return sheet;
}

/* Removes the answer to a question that need not be answered. */
export function clear(sheet, question) {
  for (const field of question.fields) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  question.fields[0].focus();
  update(sheet, question);
}

function follow(sheet, field) {
  const question = questionAt(sheet, field);
  if (!question) return;
  if (field.name) choose(sheet, question, field);
  update(sheet, question);
}

function update(sheet, question) {
  readAgain(sheet, [question]);
  count(sheet, question);
  sheet.keep?.(question);
  refresh(sheet);
}

/* Another window of this browser has other answers. */
function takeOver(sheet, questions) {
  questions.forEach((question) => question.redraw?.());
  readAgain(sheet, questions);
  questions.forEach((question) => count(sheet, question));
  refresh(sheet);
}

/* `redraw` shows what the fields hold where they are not what is seen. */
function startParts(sheet, question) {
  const [ranking, map] = ["ranking", "map"].map((name) => question.element.querySelector(`[data-${name}]`));
  if (ranking) question.redraw = () => rankAgain(ranking);
  if (map) question.redraw = startMap(map, sheet.tell);
  question.redraw?.();
}

function rankAgain(root) {
  root.querySelector(":scope > div")?.remove();
  startRanking(root);
}

function tellWhatCameBack({ root, form }, restored, isOlder) {
  const line = root.querySelector("[data-saved]");
  if (line && restored) line.textContent = say(form, isOlder ? "changed" : "restored");
}

/* A line that only screen readers hear. */
function speaker(root) {
  const line = Object.assign(document.createElement("p"), { className: "hidden", role: "status" });
  root.append(line);
  return (sentence) => (line.textContent = sentence);
}
