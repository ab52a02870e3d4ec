/* The editor of surveys. Links and buttons work by themselves; here they ask for less of the page, wait until
   what was typed is saved, and leave the focus where it belongs. */

import htmx from "./htmx.js";
import { startAutosave } from "./autosave.js";
import { startRows } from "./rows.js";
import { startDragging } from "./survey-editor-dragging.js";
import { startTravelling } from "./survey-editor-keys.js";

export function startSurveyEditor(editor) {
  if (!editor) return;
  startPart(editor);
  startDragging(editor);
  startTravelling(editor);
  editor.addEventListener("click", (event) => wait(event, editor), { capture: true });
  editor.addEventListener("submit", (event) => wait(event, editor), { capture: true });
  editor.addEventListener("plaza:saved", (event) => showSaved(editor, event.detail));
  editor.addEventListener("change", sendPicture);
  keepPlace(editor);
  document.addEventListener("htmx:before:history:update", stayInHistory);
  document.addEventListener("htmx:before:request", stayInView);
}

function startPart(editor) {
  const form = formOf(editor);
  editor.querySelectorAll("[data-rows]").forEach(startRows);
  if (!form) return;
  startAutosave(form);
  if (form.matches("[data-unsaved]")) form.dispatchEvent(new Event("input", { bubbles: true }));
}

function formOf(editor) {
  return editor.querySelector("form[data-autosave]");
}

/* Whoever goes on lets the page save first what they typed; what cannot be saved keeps them here. The form's own
   buttons send what was typed themselves, and only wait for a saving that is under way. */
function wait(event, editor) {
  const form = formOf(editor);
  const actor = event.type === "submit" ? event.target : event.target.closest("a[href], button[type=submit]");
  if (!form || !actor || !hasToWait(event, form, actor)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  startAutosave(form)().then((isSaved) => (isSaved || actor === form) && again(event, actor, editor));
}

function hasToWait({ type }, form, actor) {
  const save = startAutosave(form);
  if (!form.contains(actor)) return save.isRunning() || save.isDirty();
  return type === "submit" && save.isRunning();
}

/* What was pressed may have been replaced by the same meanwhile. */
function again(event, actor, editor) {
  if (event.type === "submit") return actor.requestSubmit(event.submitter?.isConnected ? event.submitter : null);
  const links = [...editor.querySelectorAll("a[href]")];
  const same = actor.id ? document.getElementById(actor.id) : links.find((link) => link.href === actor.href);
  (actor.isConnected ? actor : same)?.click();
}

/* After a saving by itself, all around the form is new; the form stays under the writer's hands. */
function showSaved(editor, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const edition = page.getElementById("outline")?.dataset.edition;
  for (const id of ["editor-head", "editor-notes", "outline"]) {
    const part = page.getElementById(id);
    const old = document.getElementById(id);
    if (part && old) put(old, part);
  }
  if (edition) editor.querySelectorAll("[data-seen]").forEach((field) => (field.value = edition));
}

function put(old, part) {
  const { scrollTop } = old;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(part);
  htmx.process(part);
  part.scrollTop = scrollTop;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/* A chosen picture is sent at once: saving by itself leaves files out. */
function sendPicture(event) {
  if (event.target.type === "file" && event.target.value) event.target.form.requestSubmit();
}

/* After a new part has come: to what is wrong; on a new part to its field or heading; else where one was. */
function keepPlace(editor) {
  const before = {};
  document.addEventListener("htmx:before:swap", () => {
    Object.assign(before, { part: nameOf(editor), id: document.activeElement?.id });
  });
  document.addEventListener("htmx:after:swap", () => {
    startPart(editor);
    const target = wrong(editor) ?? (nameOf(editor) === before.part ? same(before.id) : beginning(editor));
    target?.focus({ preventScroll: target.closest("#outline") !== null });
  });
}

function nameOf(editor) {
  return editor.querySelector("#part")?.dataset.part;
}

function wrong(editor) {
  return editor.querySelector("#conflict, #error-summary");
}

function same(id) {
  const found = id ? document.getElementById(id) : null;
  if (!found?.disabled) return found ?? document.getElementById("part-title");
  return found.parentElement.querySelector("button:not(:disabled)");
}

function beginning(editor) {
  const field = editor.querySelector("#part-form textarea, #part-form input.input");
  return field && !field.value ? field : document.getElementById("part-title");
}

/* What leads back to the same address is no step to go back. */
function stayInHistory(event) {
  const { history } = event.detail;
  if (history.path.split("#")[0] === location.pathname + location.search) history.type = "replace";
}

/* Beside the outline the part is in view already; below it, on a narrow screen, the page goes there. */
function stayInView(event) {
  if (matchMedia("(min-width: 48em)").matches) event.detail.ctx.request.anchor = "";
}
