/* Pages with an answer form. Without this script the form is sent as any other; with it the answer arrives
   without a new page, once, also over a weak connection. */

import "./parts/htmx.js";
import { countChoices } from "./parts/count.js";
import { dropDraft, keepDraft, restoreDraft } from "./parts/draft.js";
import { dropKey, fillKey } from "./parts/key.js";
import { device } from "./parts/memory.js";
import { countPoints } from "./parts/points.js";
import { startRanking } from "./parts/ranking.js";
import * as sending from "./parts/sending.js";

startForms();
keepAboveKeyboard();
window.addEventListener("pageshow", (event) => event.persisted && forms().forEach(fillKey));

on("htmx:before:request", (form) => sending.begin(form));
on("htmx:response:error", (form, ctx) => sending.refuse(form, ctx.response));
on("htmx:error", (form) => sending.fail(form));
on("htmx:before:swap", keepUnlessOurs);
on("htmx:after:swap", showWhatCame);
on("htmx:finally:request", (form) => form.isConnected && sending.end(form));

function forms() {
  return [...document.querySelectorAll("form[data-answer]")];
}

/* htmx takes a new source where the old one left the page, so the form is remembered with the request. */
function on(name, act) {
  document.addEventListener(name, (event) => {
    const ctx = event.detail.ctx;
    if (ctx?.sourceElement?.matches?.("form[data-answer]")) ctx.form ??= ctx.sourceElement;
    if (ctx?.form) act(ctx.form, ctx, event);
  });
}

function startForms() {
  for (const form of forms()) {
    restoreDraft(form);
    fillKey(form);
    countChoices(form);
    countPoints(form);
    form.addEventListener("input", () => keepDraft(form));
    form.addEventListener("change", () => keepDraft(form));
    showIfAnswered(form);
  }
  document.querySelectorAll("[data-ranking]:not([data-started])").forEach(startRanking);
}

function showIfAnswered(form) {
  const note = document.querySelector("[data-answered-note]");
  if (note && device.get(nameOf(form))) note.hidden = false;
}

function nameOf(form) {
  return `plaza-answered:${form.dataset.answer}`;
}

/* A page that is not our fragment (a sign-in page of a café's network) must not take the form away. */
function keepUnlessOurs(form, ctx, event) {
  if (ctx.swap === "none" || ctx.text.includes('id="answer"')) return;
  event.preventDefault();
  sending.outdate(form);
}

function showWhatCame(form) {
  if (form.isConnected) return;
  const answer = document.getElementById("answer");
  if (answer.matches("[data-answered]")) finish(form, answer);
  else startForms();
  document.dispatchEvent(new Event("plaza:changed"));
}

function finish(form, answer) {
  dropKey(form);
  dropDraft(form);
  device.set(nameOf(form), "1");
  window.scrollTo(0, 0);
  answer.querySelector("h1, h2")?.focus();
}

/* Where a phone lays its keyboard over the page, the bar moves up by its height. */
function keepAboveKeyboard() {
  const view = window.visualViewport;
  const lift = () => {
    const covered = view.scale > 1.01 ? 0 : Math.max(0, innerHeight - view.height - view.offsetTop);
    document.documentElement.style.setProperty("--keyboard", `${covered}px`);
  };
  view?.addEventListener("resize", lift);
  view?.addEventListener("scroll", lift);
}

