/* What somebody writes is kept on this device until it was sent. */

import { device } from "./memory.js";
import { say } from "./words.js";

const nameOf = (form) => `plaza-writing:${form.dataset.keep}`;
const WRITTEN = "textarea, select, input.input:not([type=file]), [data-point]";
const fieldsOf = (form) => [...form.elements].filter((field) => field.matches(WRITTEN));

const PAUSE = 1500;

export function keepWriting(form) {
  const note = form.querySelector("[data-kept]");
  restore(form);
  form.addEventListener("input", () => {
    device.set(nameOf(form), JSON.stringify(fieldsOf(form).map((field) => [field.name, field.value])));
    if (note) note.textContent = say(note, "kept");
    if (form.dataset.account) keepOnAccountLater(form);
  });
}

/* Whoever is signed in finds the draft on other devices too. */
function keepOnAccountLater(form) {
  clearTimeout(form.pause);
  const body = () => new URLSearchParams(fieldsOf(form).map((field) => [field.name, field.value]));
  form.pause = setTimeout(() => fetch(form.dataset.account, { method: "POST", body: body() }).catch(() => null), PAUSE);
}

export function dropWriting(name) {
  device.drop(`plaza-writing:${name}`);
}

/* What the server brought back after an error is newer. */
function restore(form) {
  const kept = new Map(JSON.parse(device.get(nameOf(form)) || "[]"));
  if (fieldsOf(form).some((field) => field.matches("textarea") && field.value)) return;
  for (const field of fieldsOf(form)) {
    if (kept.get(field.name)) field.value = kept.get(field.name);
  }
}
