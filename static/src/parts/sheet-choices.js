/* What happens inside a question while somebody answers: counting, "none of these", the line beside "other". */

import { isAlone } from "./sheet-checking.js";
import { setting } from "./sheet-document.js";
import { textOf } from "./sheet-saying.js";
import { say } from "./words.js";

/* Acts on a change of this field. */
export function choose({ form, tell }, question, field) {
  if (field.name.endsWith(".other") && field.value) chooseOther(question);
  if (question.kind === "number" && field.value) keepOneNumber(question, field);
  if (question.kind !== "multiple" || field.type !== "checkbox") return;
  standAlone(question, field, (name) => tell(say(form, name, labelled(question, field))));
}

/* "1 of 2 chosen", how many characters are left, and whether there is an answer to take back. */
export function count(sheet, question) {
  const { element, fields } = question;
  const line = element.querySelector("[data-count]");
  if (line) showCount(line, fields.filter((field) => field.checked).length, Number(setting(question, "max")));
  const left = element.querySelector("[data-left]");
  if (left) showLeft(left, Number(setting(question, "maxLength")), [...fields[0].value].length);
  const clear = element.querySelector("[data-clear]");
  if (clear) clear.parentElement.hidden = !(question.code in sheet.values);
}

function showCount(line, chosen, max) {
  line.hidden = false;
  line.textContent = say(line, chosen > max ? "over" : "count", { count: chosen, max });
  line.classList.toggle("over", chosen > max);
}

/* Nobody needs to hear of it before the last fifth. */
function showLeft(line, most, length) {
  const left = most - length;
  line.hidden = left > most / 5;
  line.textContent = say(line, left < 0 ? "over" : "left", { left, over: -left });
  line.classList.toggle("over", left < 0);
}

function chooseOther({ fields }) {
  const other = fields.find((field) => field.dataset.role === "other");
  if (other) other.checked = true;
}

/* "None of these" unticks the others; taking it back brings them back. Ticking another takes it back. */
function standAlone(question, field, tell) {
  const others = question.fields.filter((one) => one !== field && one.checked);
  if (isAlone(field) && field.checked && others.length) {
    question.before = others;
    others.forEach((one) => (one.checked = false));
    return tell("aloneTaken");
  }
  if (isAlone(field) && !field.checked && question.before) {
    question.before.forEach((one) => (one.checked = true));
    question.before = null;
    return tell("aloneBack");
  }
  question.before = null;
  if (field.checked && !isAlone(field)) others.filter(isAlone).forEach((one) => takeBack(one, tell));
}

function takeBack(field, tell) {
  field.checked = false;
  tell("aloneGone");
}

function labelled({ fields }, field) {
  return { label: textOf(isAlone(field) ? field : fields.find(isAlone) ?? field) };
}

/* A number, or "I don't know": not both. */
function keepOneNumber({ fields }, field) {
  const others = fields.filter((one) => one !== field);
  if (field.type !== "checkbox") others.forEach((one) => (one.checked = false));
  else if (field.checked) others.forEach((one) => (one.value = ""));
}
