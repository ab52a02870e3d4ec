/* "Saved 5 seconds ago": the form is posted to data-autosave while somebody writes. What was not saved yet
   is tried again, and the browser asks before the page is left. */

import { typed } from "./form-data.js";
import { later } from "./later.js";
import { say } from "./words.js";

const PAUSE = 1500;
const RETRY = 10000;

export function startAutosave(form) {
  const note = form.querySelector("[data-saved]");
  const state = { form, note, savedAt: 0, isDirty: false, isLeaving: false };
  const soon = later(() => save(state), PAUSE);
  form.addEventListener("input", () => {
    state.isDirty = true;
    soon();
  });
  form.addEventListener("submit", () => (state.isLeaving = true));
  window.addEventListener("beforeunload", (event) => {
    if (state.isDirty && !state.isLeaving) event.preventDefault();
  });
  setInterval(() => showAge(state), 5000);
}

async function save(state) {
  const { form, note } = state;
  note.textContent = say(note, "saving");
  state.isDirty = false;
  const isSaved = await post(form.dataset.autosave, form);
  if (isSaved) {
    state.savedAt = Date.now();
    return showAge(state);
  }
  state.isDirty = true;
  note.textContent = say(note, "unsaved");
  setTimeout(() => state.isDirty && save(state), RETRY);
}

async function post(url, form) {
  const options = { method: "POST", body: typed(form), headers: { "HX-Request": "true" } };
  return fetch(url, options).then((response) => response.ok, () => false);
}

/* The age grows silently: a screen reader hears once that it was saved. */
function showAge({ note, savedAt, isDirty }) {
  if (!savedAt || isDirty) return;
  const seconds = Math.round((Date.now() - savedAt) / 1000);
  note.setAttribute("aria-live", seconds < 5 ? "polite" : "off");
  note.textContent = say(note, "saved", { when: ago(seconds) });
}

function ago(seconds) {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  return seconds < 60 ? words.format(-seconds, "second") : words.format(-Math.floor(seconds / 60), "minute");
}
