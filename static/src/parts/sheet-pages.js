/* One page at a time, without asking the server. The browser's own back button goes one page back. */

import { countedQuestions, isShown, shownPages, shownQuestions } from "./sheet-document.js";
import { linesOf } from "./sheet-saying.js";
import { say } from "./words.js";

/* The page with this number, or the nearest one before it that is shown; the check page by its name. */
export function pageNear(sheet, number) {
  const pages = shownPages(sheet);
  if (number === "check" || !pages.length) return sheet.check;
  return pages.filter((page) => page.number <= number).at(-1) ?? pages[0];
}

/* 1 goes on, -1 back. */
export function neighbour(sheet, step) {
  const pages = [...shownPages(sheet), sheet.check];
  return pages[pages.indexOf(currentPage(sheet)) + step];
}

export function currentPage(sheet) {
  return [...sheet.pages, sheet.check].find((page) => page.number === sheet.at);
}

/* Shows the page, by itself: neither history nor focus. */
export function putPage(sheet, page) {
  sheet.at = page.number;
  sheet.form.elements.page.value = Number(page.number) || shownPages(sheet).at(-1)?.number || 1;
  for (const one of [...sheet.pages, sheet.check]) one.element.hidden = one !== page;
  showOneHeading(page);
  refresh(sheet);
}

/* All that follows from the answers: what earlier answers are called, how far it is, what the buttons say. */
export function refresh(sheet) {
  for (const span of sheet.form.querySelectorAll("[data-pipe]")) pipe(sheet, span);
  showProgress(sheet);
  const [next, back] = ["next", "back"].map((name) => sheet.form.querySelector(`[data-go="${name}"]`));
  back.hidden = back.disabled = !neighbour(sheet, -1);
  const isLast = sheet.isReturning || neighbour(sheet, 1) === sheet.check;
  sheet.form.dataset.label = say(sheet.form, sheet.at === "check" ? "send" : isLast ? "check" : "next");
  if (!sheet.isSending) next.textContent = sheet.form.dataset.label;
}

/* Where the page before is also the one before in the browser's history, it is gone back to. */
export function turnBack(sheet, turn) {
  const page = neighbour(sheet, -1);
  if (history.state?.from === page?.number) history.back();
  else if (page) turn(page);
}

export function arrive(sheet) {
  nameTab(sheet);
  window.scrollTo(0, 0);
  headingOf(sheet)?.focus({ preventScroll: true });
}

export function nameTab(sheet, prefix = "") {
  const heading = headingOf(sheet);
  const words = (heading?.querySelector(".pre") ?? heading)?.textContent.trim();
  document.title = [prefix, [words, sheet.form.dataset.title].filter(Boolean).join(" – ")].filter(Boolean).join(" ");
}

function headingOf(sheet) {
  const headings = [...currentPage(sheet).element.querySelectorAll("h1")];
  return headings.find((heading) => !heading.closest("[hidden]"));
}

/* Where a question is the heading of its page, the page needs no other. */
function showOneHeading({ element }) {
  const heading = element.querySelector("[data-heading]");
  if (heading) heading.hidden = Boolean(element.querySelector(".question:not([hidden]) h1"));
}

function pipe(sheet, span) {
  const question = sheet.questions.find(({ code }) => code === span.dataset.pipe);
  const lines = question && isShown(sheet, question) ? linesOf(sheet, question) : [];
  span.textContent = lines.join(", ") || "…";
}

function showProgress(sheet) {
  const line = sheet.form.querySelector("[data-progress]");
  const counted = countedQuestions(sheet);
  const places = currentPage(sheet).questions.map((one) => counted.indexOf(one) + 1).filter(Boolean);
  line.hidden = !places.length;
  if (!places.length) return;
  const [first, last, all] = [places[0], places.at(-1), counted.length];
  const seconds = counted.slice(first - 1).reduce((sum, question) => sum + question.seconds, 0);
  const minutes = Math.max(1, Math.round(seconds / 60));
  const name = minutes > 1 ? "minutes" : "oneMinute";
  const sentence = first === last ? name : `many${name[0].toUpperCase()}${name.slice(1)}`;
  line.querySelector("p").textContent = say(sheet.form, sentence, { first, last, all, minutes });
  Object.assign(line.querySelector("progress"), { max: all, value: first - 1 });
}

/* The questions of this page that are shown. */
export function questionsHere(sheet) {
  const here = currentPage(sheet);
  return shownQuestions(sheet).filter((question) => question.page === here);
}
