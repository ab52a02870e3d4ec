/* Nothing that was typed is lost: each answer stands in the browser's memory under the sheet's name, with the version
   of its question, until the sheet has arrived. Two windows of one browser share it. */

import { newKey } from "./key.js";
import { later } from "./later.js";
import { device } from "./memory.js";
import { isMarked } from "./sheet-reading.js";

const NAME = "plaza-sheet:";
const PAUSE = 300;
const LONGEST_KEPT = 90 * 24 * 3600 * 1000;

/* {at, version, began, key, page, answers: {code: [version, [[field, value], …]]}, waiting: where it is to be sent} */
export function kept(name) {
  try {
    return JSON.parse(device.get(NAME + name));
  } catch {
    return null;
  }
}

export function forget(name) {
  device.drop(NAME + name);
}

/* Answers that nobody came back to do not stay on a device that others may use. */
export function forgetOld() {
  for (const name of device.names(NAME)) {
    if (!(kept(name.slice(NAME.length))?.at > Date.now() - LONGEST_KEPT)) device.drop(name);
  }
}

/* Puts back what is kept, where it is newer than what came with the page, and goes on keeping. Gives how many answers
   came back, and whether the city has changed the survey since. */
export function startKeeping(sheet, takeOver) {
  const { key, began, kept: came } = sheet.form.elements;
  const found = sheet.isKiosk ? null : kept(sheet.name);
  key.value ||= found?.key ?? newKey();
  if (sheet.isKiosk) return {};
  began.value = found?.began ?? began.value;
  const isNewer = Number(came.value) > found?.at;
  const restored = found && !isNewer ? putBack(sheet, found).length : 0;
  if (isNewer) write(sheet, { answers: allAnswers(sheet) });
  keepLater(sheet);
  window.addEventListener("storage", (event) => {
    const isOurs = event.key === NAME + sheet.name && event.newValue && sheet.form.isConnected;
    const changed = isOurs ? putBack(sheet, JSON.parse(event.newValue)) : [];
    if (changed.length) takeOver(changed);
  });
  return { restored, isOlder: found?.version !== sheet.version };
}

/* What changed in this window is written into what is kept, so that another window's answers stay. */
function keepLater(sheet) {
  const changed = (sheet.changed = new Set());
  const write = () => {
    if (changed.size && sheet.form.isConnected && !sheet.isOver) keep(sheet, [...changed]);
    changed.clear();
  };
  const soon = later(write, PAUSE);
  sheet.keep = (question) => soon(changed.add(question));
  window.addEventListener("pagehide", write);
  document.addEventListener("visibilitychange", write);
}

function keep(sheet, questions) {
  const { waiting: _over, ...found } = kept(sheet.name) ?? {};
  const answers = { ...found.answers };
  for (const question of questions) answers[question.code] = [question.version, entriesOf(question)];
  write(sheet, { ...found, answers });
}

function write(sheet, values) {
  const { key, began, kept: last } = sheet.form.elements;
  last.value = Date.now();
  const now = { at: Number(last.value), version: sheet.version, key: key.value, began: began.value, page: sheet.at };
  device.set(NAME + sheet.name, JSON.stringify({ ...values, ...now }));
}

/* The sheet has arrived, or is to be forgotten. */
export function stop(sheet) {
  sheet.isOver = true;
  forget(sheet.name);
}

export function pageKept(sheet) {
  const found = sheet.isKiosk ? null : kept(sheet.name);
  return found?.version === sheet.version ? found.page : undefined;
}

export function keepPage(sheet) {
  const found = kept(sheet.name);
  if (found && !sheet.isKiosk) write(sheet, found);
}

/* The whole sheet, complete, to be sent to this address as soon as that can be done. */
export function keepWaiting(sheet, waiting) {
  if (sheet.isKiosk) return;
  sheet.changed.clear();
  write(sheet, { answers: allAnswers(sheet), waiting });
}

function allAnswers({ questions }) {
  return Object.fromEntries(questions.map((one) => [one.code, [one.version, entriesOf(one)]]));
}

export function stopWaiting(name) {
  const found = kept(name);
  if (found?.waiting) device.set(NAME + name, JSON.stringify({ ...found, waiting: "" }));
}

/* What waits, as the form would send it. */
export function bodyOf({ answers, key, began, version }) {
  const entries = Object.values(answers).flatMap(([, entries]) => entries);
  return new URLSearchParams([...Object.entries({ key, began, version }), ...entries]);
}

/* Files are not kept: they would fill the memory of a cheap phone. */
function entriesOf({ fields }) {
  const found = fields.filter((field) => field.type !== "file" && isMarked(field) && field.value);
  return found.map(({ name, value }) => [name, value]);
}

/* Only where the question is still the same. Gives the questions whose answers are different now. */
function putBack(sheet, { answers = {} }) {
  return sheet.questions.filter((question) => {
    const [version, entries] = Object.hasOwn(answers, question.code) ? answers[question.code] : [];
    const isSame = version !== question.version || JSON.stringify(entries) === JSON.stringify(entriesOf(question));
    const isOther = !isSame && question.kind !== "file";
    if (isOther) question.fields.forEach((field) => fill(field, entries));
    return isOther;
  });
}

function fill(field, entries) {
  if (["radio", "checkbox"].includes(field.type)) {
    field.checked = entries.some(([name, value]) => name === field.name && value === field.value);
  } else {
    field.value = entries.find(([name]) => name === field.name)?.[1] ?? "";
  }
}
