/* The idempotency key: a reload, a second tap and a retry send the same one, so that one answer is counted
   once. */

import { tab } from "./memory.js";

const nameOf = (form) => `plaza-key:${form.dataset.answer}`;

/* A key that came with the page wins: the server knows which answer it belongs to. */
export function fillKey(form) {
  const field = form.elements.key;
  field.value ||= tab.get(nameOf(form)) || newKey();
  tab.set(nameOf(form), field.value);
}

export function dropKey(form) {
  tab.drop(nameOf(form));
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
