/* Answers in words, taken from the page itself. */

import { otherTextIn, valueOf } from "./sheet-reading.js";
import { say } from "./words.js";

const SAYINGS = {
  single: chosen,
  multiple: chosen,
  scale: chosen,
  nps: chosen,
  ranking: ranked,
  matrix: rows,
  statements: rows,
  number,
  date: (_question, value) => [dayInWords(value)],
  place: ({ element }) => [...element.querySelector("select").selectedOptions].map(words),
  consent: (_question, _value, form) => [say(form, "agreed")],
  file: ({ element, fields }) => [fields[0].files[0]?.name ?? words(element.querySelector("strong"))],
};

/* One line for each thing that was answered; none without an answer. */
export function linesOf({ form, decimal }, question) {
  const value = valueOf(question, decimal);
  if (value === null) return [];
  return SAYINGS[question.kind]?.(question, value, form) ?? [String(value)];
}

/* The question's own words. */
export function questionText({ element }) {
  return words(element.querySelector(":is(legend, label) .pre"));
}

/* The words on an option's card. */
export function textOf(field) {
  return words(field.labels[0]);
}

function words(element) {
  return element.textContent.replace(/\s+/g, " ").trim();
}

function chosen(question) {
  const found = question.fields.filter((field) => field.checked);
  return found.map((field) => [textOf(field), field.dataset.role === "other" && otherTextIn(question)])
    .map(([label, text]) => (text ? `${label}: ${text}` : label));
}

function ranked({ fields }) {
  const found = fields.filter((field) => field.value).sort((a, b) => a.value - b.value);
  return found.map((field, index) => `${index + 1}. ${textOf(field)}`);
}

function rows({ fields }) {
  return fields.filter((field) => field.checked).map((field) => `${rowText(field)}: ${textOf(field)}`);
}

function rowText(field) {
  const row = field.closest("[data-row]");
  return words(document.getElementById(row.getAttribute("aria-labelledby")) ?? row.querySelector("legend"));
}

function number(question, value) {
  const box = question.fields.find((field) => field.checked);
  if (box) return [textOf(box)];
  const shown = typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value;
  const unit = document.getElementById(`q-${question.code}-unit`);
  return [unit ? `${shown} ${words(unit)}` : shown];
}

function dayInWords(day) {
  const date = new Date(`${day}T12:00`);
  const { lang } = document.documentElement;
  return Number.isNaN(date.valueOf()) ? day : date.toLocaleDateString(lang, { dateStyle: "long" });
}
