/* Pages of a survey. Without this script each page is sent by itself; with it the whole sheet is filled in without
   the server, kept on the device, and sent once. */

import * as sending from "./parts/sending.js";
import { askFirst } from "./parts/sheet-asking.js";
import { problemsIn } from "./parts/sheet-checking.js";
import { firstToSee, questionAt, see } from "./parts/sheet-document.js";
import { clearProblems, leadInto, showProblems } from "./parts/sheet-errors.js";
import * as keeping from "./parts/sheet-kept.js";
import { leaveReceipt } from "./parts/sheet-kiosk.js";
import { startOutboxes } from "./parts/sheet-outbox.js";
import * as pages from "./parts/sheet-pages.js";
import { bodyOfForm, post } from "./parts/sheet-sending.js";
import { clear, startSheet } from "./parts/sheet-starting.js";
import { drawSummary } from "./parts/sheet-summary.js";
import { say } from "./parts/words.js";

let sheet = null;

keeping.forgetOld();
document.querySelectorAll("[data-forget]").forEach((element) => keeping.forget(element.dataset.forget));
startOutboxes();
begin(document.getElementById("survey"));

document.addEventListener("click", followLink, { capture: true });
window.addEventListener("popstate", ({ state }) => comeBack(state));
window.addEventListener("online", () => sheet?.hasFailed && sheet.at === "check" && send());

function begin(root) {
  if (!root?.querySelector("#sheet .sheet-page")) return;
  open(root);
  settle(firstPage(root));
  if (isWaiting()) send();
}

function open(root) {
  sheet = startSheet(root);
  sheet.form.addEventListener("submit", submit);
  root.querySelector("[data-start-again]")?.addEventListener("submit", startAgain);
}

/* Nobody loses all their answers by one slip of a finger. */
function startAgain(event) {
  if (!Object.keys(sheet.values).length) return keeping.stop(sheet);
  event.preventDefault();
  const leave = () => {
    keeping.stop(sheet);
    event.target.submit();
  };
  askFirst(say(sheet.form, "sure"), [[say(sheet.form, "sureNo")], [say(sheet.form, "sureYes"), leave]]);
}

function settle(page) {
  put(page);
  see(sheet, page);
  pages.nameTab(sheet, sheet.root.querySelector("#error-summary") ? say(sheet.form, "error") : "");
  history.replaceState({ ...history.state, sheet: sheet.name, page: page.number }, "");
}

/* Where somebody left off, but behind no gap; where the server has something to say, the page that it shows. A kiosk
   knows nobody from before. */
function firstPage(root) {
  if (sheet.isKiosk || root.querySelector("#error-summary")) return pages.pageNear(sheet, sheet.at);
  const page = pages.pageNear(sheet, placeLeft());
  const gap = problemsIn(sheet)[0]?.[0].page;
  return gap && (page === sheet.check || gap.number < page.number) ? gap : page;
}

function placeLeft() {
  const { state } = history;
  if (isWaiting()) return "check";
  if (state?.sheet === sheet.name) return state.page;
  const isNamed = new URLSearchParams(location.search).has("page");
  return (isNamed ? null : keeping.pageKept(sheet)) ?? sheet.at;
}

function isWaiting() {
  return !sheet.isKiosk && Boolean(keeping.kept(sheet.name)?.waiting);
}

function submit(event) {
  const { submitter } = event;
  const cleared = submitter?.matches("[data-clear]") && questionAt(sheet, submitter);
  if (submitter?.hasAttribute("formaction") || cleared?.kind === "file") return;
  event.preventDefault();
  if (cleared) clear(sheet, cleared);
  else if (submitter?.dataset.go === "back") pages.turnBack(sheet, turn);
  else if (sheet.at === "check") send();
  else next();
}

function next() {
  const problems = problemsIn(sheet, pages.questionsHere(sheet));
  if (problems.length) return stumble(problems);
  clearProblems(sheet);
  see(sheet, pages.currentPage(sheet));
  turn(sheet.isReturning ? returnTo() : pages.neighbour(sheet, 1));
}

/* After a change on the check page one is back there at once, unless something new came up. */
function returnTo() {
  return (problemsIn(sheet)[0]?.[0] ?? firstToSee(sheet))?.page ?? sheet.check;
}

function turn(page) {
  const from = sheet.at;
  put(page);
  history.pushState({ sheet: sheet.name, page: page.number, from }, "");
  pages.arrive(sheet);
  keeping.keepPage(sheet);
  sheet.sendDraft();
}

function put(page) {
  if (page === sheet.check) drawSummary(sheet);
  sheet.isReturning &&= page !== sheet.check;
  pages.putPage(sheet, page);
}

function stumble(problems) {
  showProblems(sheet, problems);
  pages.nameTab(sheet, say(sheet.form, "error"));
}

function comeBack(state) {
  if (!sheet) return state?.sheet && location.reload();
  if (state?.sheet !== sheet.name) return;
  clearProblems(sheet);
  put(pages.pageNear(sheet, state.page));
  pages.arrive(sheet);
  keeping.keepPage(sheet);
}

/* Links of the summary and of the check page lead into the field, on whichever page it is. */
function followLink(event) {
  const link = sheet && event.target.closest?.("#survey a[href^='#q-']");
  const target = link && document.getElementById(link.hash.slice(1));
  const question = target && questionAt(sheet, target);
  if (!question) return;
  event.preventDefault();
  event.stopPropagation();
  sheet.isReturning ||= sheet.at === "check";
  if (question.page !== pages.currentPage(sheet)) turn(question.page);
  leadInto(question);
}

async function send() {
  if (sheet.isSending) return;
  const problems = problemsIn(sheet);
  if (problems.length) {
    turn(problems[0][0].page);
    return stumble(problems);
  }
  keeping.keepWaiting(sheet, sheet.form.dataset.send);
  sending.begin(sheet.form);
  sheet.isSending = true;
  const reply = await post(sheet.form.dataset.send, bodyOfForm(sheet.form));
  sheet.isSending = false;
  receive(reply);
  if (sheet) sending.end(sheet.form);
}

function receive({ kind, response, root }) {
  const { form } = sheet;
  sheet.hasFailed = kind === "lost";
  if (kind === "lost") sending.fail(form);
  else if (kind === "wait") sending.refuse(form, response);
  else if (kind === "foreign") refuse(response);
  else replace(kind, root);
}

/* What is not ours is no answer; what the server does not know any more will not be taken later either. */
function refuse({ ok }) {
  if (ok) return sending.fail(sheet.form);
  keeping.stopWaiting(sheet.name);
  sending.outdate(sheet.form);
}

function replace(kind, root) {
  const { name, root: before, isKiosk, form } = sheet;
  const { home, title } = form.dataset;
  keeping.stopWaiting(name);
  before.replaceWith(root);
  if (kind === "arrived") keeping.stop(sheet);
  if (kind === "again") return comeAgain(root);
  sheet = null;
  const heading = root.querySelector("h1");
  document.title = `${heading.textContent.trim()} – ${title}`;
  window.scrollTo(0, 0);
  heading.focus();
  if (isKiosk) leaveReceipt(home);
}

/* The server has found something: its page, with what it says. */
function comeAgain(root) {
  open(root);
  settle(pages.currentPage(sheet));
  window.scrollTo(0, 0);
  root.querySelector("#error-summary, .sheet-page:not([hidden]) h1")?.focus();
}
