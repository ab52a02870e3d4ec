/* "Saved 5 seconds ago": the form is posted to data-autosave while somebody writes. What was not saved yet
   is tried again, and the browser asks before the page is left. What the server refuses is not tried again
   before somebody has written on. */

import { typed } from "./form-data.js";
import { later } from "./later.js";
import { say } from "./words.js";

const PAUSE = 1500;
const RETRY = 10000;
const savers = new WeakMap();

/* Gives a function that saves what is not saved yet, and says whether all is. */
export function startAutosave(form) {
  if (!savers.has(form)) savers.set(form, start(form));
  return savers.get(form);
}

function start(form) {
  const note = form.querySelector("[data-saved]");
  const state = { form, note, savedAt: 0, isDirty: false, isLeaving: false, running: null };
  const saveNow = () => saved(state);
  const soon = later(saveNow, PAUSE);
  form.addEventListener("input", () => {
    Object.assign(state, { isDirty: true, isLeaving: false });
    soon();
  });
  form.addEventListener("submit", () => Object.assign(state, { isLeaving: true, isDirty: false }));
  window.addEventListener("beforeunload", (event) => {
    if (state.isDirty && !state.isLeaving && form.isConnected) event.preventDefault();
  });
  const clock = setInterval(() => (form.isConnected ? showAge(state) : clearInterval(clock)), 5000);
  return Object.assign(saveNow, { isRunning: () => Boolean(state.running), isDirty: () => state.isDirty });
}

/* One after the other: each saving begins from what the one before it has left. */
async function saved(state) {
  await state.running;
  if (!state.isDirty || !state.form.isConnected) return true;
  state.running = save(state);
  const isSaved = await state.running;
  state.running = null;
  return isSaved;
}

async function save(state) {
  const { form, note } = state;
  note.textContent = say(note, "saving");
  state.isDirty = false;
  const response = await post(form.dataset.autosave, form);
  if (response?.ok) {
    state.savedAt = Date.now();
    form.dispatchEvent(new CustomEvent("plaza:saved", { bubbles: true, detail: await response.text() }));
    showAge(state);
    return true;
  }
  state.isDirty = true;
  const isRefused = response && response.status < 500;
  note.textContent = say(note, isRefused ? "refused" : "unsaved");
  if (!isRefused) setTimeout(() => saved(state), RETRY);
  return false;
}

async function post(url, form) {
  const options = { method: "POST", body: typed(form), headers: { "HX-Request": "true" } };
  return fetch(url, options).catch(() => null);
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
