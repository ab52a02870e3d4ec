/* The sheet as its page holds it: all pages in one form, and what each question asks for. */

import { follow } from "./logic.js";
import { valueOf } from "./sheet-reading.js";

/* Takes the pages out of their templates, so that the whole sheet is one form, and says so to the server. What comes
   back into the fields after a reload is our business, not the browser's. */
export function openSheet(root) {
  const form = root.querySelector("#sheet");
  const { sheet: name, version, today, decimal } = form.dataset;
  const pages = bringPages(root, form).map(pageOf);
  const check = pages.find((page) => page.number === "check");
  const asked = pages.filter((page) => page !== check);
  const questions = asked.flatMap((page) => page.questions);
  const sheet = { root, form, name, version, today, decimal, pages: asked, check, questions };
  sheet.values = Object.create(null);
  sheet.isKiosk = "kiosk" in form.dataset;
  sheet.at = asked.find((page) => !page.element.hidden).number;
  sheet.seen = new Set();
  sheet.sections = sectionsOf(asked);
  form.elements.whole.value = "1";
  form.autocomplete = "off";
  return sheet;
}

function bringPages(root, form) {
  const foot = form.querySelector(".foot-bar");
  for (const template of root.querySelectorAll("template[data-page]")) {
    const section = template.content.firstElementChild;
    section.hidden = true;
    foot.before(section);
    template.remove();
  }
  return [...form.querySelectorAll(".sheet-page")].sort((a, b) => a.dataset.page - b.dataset.page);
}

function pageOf(element) {
  const number = Number(element.dataset.page) || element.dataset.page;
  const page = { number, element, section: element.dataset.section, show: treeOf(element.dataset.show) };
  page.questions = [...element.querySelectorAll("[data-question]")].map((one) => questionOf(one, page));
  return page;
}

function questionOf(element, page) {
  const { question: code, kind, version, show, skips, checks, seconds } = element.dataset;
  const fields = [...element.querySelectorAll("input[name], select[name], textarea[name]")];
  const rules = { show: treeOf(show), skips: treeOf(skips) ?? [], checks: treeOf(checks) ?? [] };
  const isRequired = "required" in element.dataset;
  return { code, kind, version, element, page, fields, isRequired, seconds: Number(seconds) || 0, ...rules };
}

function treeOf(json) {
  return json ? JSON.parse(json) : null;
}

/* The pages of a section follow each other; its condition is looked at once. */
function sectionsOf(pages) {
  const sections = [];
  for (const { section: code, show, questions } of pages) {
    if (sections.at(-1)?.code !== code) sections.push({ code, show, questions: [] });
    sections.at(-1).questions.push(...questions);
  }
  return sections;
}

/* Reads these questions again and follows the way anew. */
export function readAgain(sheet, questions) {
  for (const question of questions) {
    const value = valueOf(question, sheet.decimal);
    if (value === null) delete sheet.values[question.code];
    else sheet.values[question.code] = value;
  }
  const path = follow(sheet.sections, sheet.values, sheet.today);
  sheet.answers = path.answers;
  sheet.shown = new Set(path.shown);
  for (const question of sheet.questions) question.element.hidden = !isShown(sheet, question);
}

export function isShown(sheet, question) {
  return sheet.shown.has(question.code);
}

export function shownQuestions(sheet) {
  return sheet.questions.filter((question) => isShown(sheet, question));
}

/* Notes only explain: they are not counted. */
export function countedQuestions(sheet) {
  return shownQuestions(sheet).filter((question) => question.kind !== "note");
}

export function shownPages(sheet) {
  return sheet.pages.filter((page) => page.questions.some((question) => isShown(sheet, question)));
}

/* Everything up to this page was seen. */
export function see(sheet, page) {
  for (const question of shownQuestions(sheet)) {
    if (page === sheet.check || question.page.number <= page.number) sheet.seen.add(question.code);
  }
}

export function firstToSee(sheet) {
  return shownQuestions(sheet).find(({ code }) => !sheet.seen.has(code));
}

/* Answered before other answers took their questions away. */
export function droppedQuestions(sheet) {
  return sheet.questions.filter(({ code }) => code in sheet.values && !Object.hasOwn(sheet.answers, code));
}

export function questionAt(sheet, element) {
  const code = element.closest("[data-question]")?.dataset.question;
  return sheet.questions.find((question) => question.code === code);
}

/* A bound of the question, wherever in it the page says it: setting(question, "max") reads data-max. */
export function setting({ element }, name) {
  if (name in element.dataset) return element.dataset[name];
  const attribute = `data-${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}`;
  return element.querySelector(`[${attribute}]`)?.dataset[name];
}
