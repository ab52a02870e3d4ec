/* What somebody writes is kept on this device until it was sent. */

import { device } from "./memory.js";
import { say } from "./words.js";

const nameOf = (form) => `plaza-writing:${form.dataset.keep}`;
const fieldsOf = (form) => [...form.elements].filter((field) => field.matches("textarea, select, input.input, [data-point]") && field.type !== "file");

export function keepWriting(form) {
  const note = form.querySelector("[data-kept]");
  restore(form);
  form.addEventListener("input", () => {
    device.set(nameOf(form), JSON.stringify(fieldsOf(form).map((field) => [field.name, field.value])));
    if (note) note.textContent = say(note, "kept");
  });
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
