/* Choices that were not sent yet survive a reload, a lost connection and a closed keyboard. */

import { tab } from "./memory.js";

const nameOf = (form) => `plaza-draft:${form.dataset.answer}`;

export function keepDraft(form) {
  const choices = [...new FormData(form)].filter(([name, value]) => isChoice(form, name) && value);
  tab.set(nameOf(form), JSON.stringify(choices));
}

export function dropDraft(form) {
  tab.drop(nameOf(form));
}

export function restoreDraft(form) {
  const choices = JSON.parse(tab.get(nameOf(form)) || "[]");
  if (!choices.length || hasChoices(form)) return;
  for (const field of form.elements) restoreField(field, choices);
}

function restoreField(field, choices) {
  if (field.type === "radio" || field.type === "checkbox") {
    field.checked = choices.some(([name, value]) => name === field.name && value === field.value);
  } else if (isText(field)) {
    field.value = choices.find(([name]) => name === field.name)?.[1] ?? field.value;
  }
}

/* What the server put there (after an error) or what the browser brought back is newer than the draft. */
function hasChoices(form) {
  return [...form.elements].some((field) => field.checked || (isText(field) && field.value));
}

const isText = (field) => field.matches("select, textarea, input:not([type]), input[type=text], input[type=number]");

function isChoice(form, name) {
  const field = form.elements[name];
  return !(field instanceof HTMLInputElement && field.type === "hidden");
}
