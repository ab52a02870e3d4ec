/* What is wrong with an answer, by the rules of surveys/sheets/checking.py and in its sentences. The server looks
   again at everything that is sent. */

import { holds } from "./logic.js";
import { setting, shownQuestions } from "./sheet-document.js";
import { otherTextIn } from "./sheet-reading.js";
import { textOf } from "./sheet-saying.js";
import { say } from "./words.js";

const LARGEST = 1e15;
const LONGEST_OTHER = 300;
const MISSING = {
  number: "missingNumber",
  line: "missingText",
  text: "missingText",
  matrix: "missingRows",
  statements: "missingRows",
  consent: "missingConsent",
};
const CHECKS = {
  multiple: chosenProblem,
  ranking: amountProblem,
  matrix: rowsProblem,
  statements: rowsProblem,
  number: numberProblem,
  date: dateProblem,
  line: lengthProblem,
  text: lengthProblem,
  place: (question, value) => !value.district && ["district"],
};

/* A sentence for each of these questions that has a problem: [[question, sentence], …]. */
export function problemsIn(sheet, questions = shownQuestions(sheet)) {
  return questions.map((question) => [question, problemOf(sheet, question)]).filter(([, problem]) => problem);
}

function problemOf(sheet, question) {
  const { code, kind, isRequired, checks } = question;
  const value = sheet.values[code];
  if (isUnreadable(question)) return sentence(sheet, question, "date");
  if (value === undefined) return isRequired ? sentence(sheet, question, MISSING[kind] ?? "missingChoice") : "";
  const problem = CHECKS[kind]?.(question, value) || otherProblem(question);
  if (problem) return sentence(sheet, question, ...problem);
  const broken = checks.find((check) => !holds(check.that, sheet.answers, sheet.today));
  return broken ? broken.message || sentence(sheet, question, "missingCheck") : "";
}

/* Half a date in a browser's own date field is no value at all. */
function isUnreadable({ fields }) {
  return fields.some((field) => field.validity.badInput);
}

/* What counts something stands on the question, since only the server knows the plurals. */
function sentence({ form }, { element }, name, values) {
  return say(element, name, values) || say(form, name, values);
}

function chosenProblem(question, value) {
  const alone = question.fields.find((field) => field.checked && isAlone(field));
  if (!alone) return amountProblem(question, value);
  return value.length > 1 && ["alone", { label: textOf(alone) }];
}

export function isAlone({ dataset, type }) {
  return type === "checkbox" && ["none", "dont_know"].includes(dataset.role);
}

function amountProblem(question, { length: chosen }) {
  const [least, most] = [Number(setting(question, "min")) || 0, Number(setting(question, "max")) || Infinity];
  if (chosen > most) return ["tooMany", { count: chosen, most }];
  return chosen < least && ["tooFew"];
}

function rowsProblem({ isRequired, fields }, value) {
  const rows = new Set(fields.map((field) => field.name));
  return isRequired && Object.keys(value).length < rows.size && ["missingRows"];
}

function numberProblem(question, value) {
  if (value === "dont_know") return null;
  if (typeof value !== "number" || Math.abs(value) > LARGEST) return ["number"];
  const [least, most, decimals] = ["least", "most", "decimals"].map((name) => setting(question, name));
  if (least && value < Number(least)) return ["tooSmall", { least: inWords(least) }];
  if (most && value > Number(most)) return ["tooLarge", { most: inWords(most) }];
  if (Number(value.toFixed(decimals)) === value) return null;
  return [Number(decimals) ? "decimals" : "whole"];
}

function inWords(number) {
  return new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 6 }).format(number);
}

function dateProblem({ fields: [field] }, value) {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return ["date"];
  if (field.min && value < field.min) return ["tooEarly", { day: dayFirst(field.min) }];
  return field.max && value > field.max && ["tooLate", { day: dayFirst(field.max) }];
}

function dayFirst(day) {
  return day.split("-").reverse().join(".");
}

function lengthProblem(question, value) {
  const most = Number(setting(question, "maxLength")) || Infinity;
  return [...value].length > most && ["tooLong", { most }];
}

function otherProblem(question) {
  const other = question.fields.find((field) => field.checked && field.dataset.role === "other");
  if (!other) return null;
  const written = otherTextIn(question);
  if (!written) return ["otherMissing", { label: textOf(other) }];
  return [...written].length > LONGEST_OTHER && ["tooLong", { most: LONGEST_OTHER }];
}
