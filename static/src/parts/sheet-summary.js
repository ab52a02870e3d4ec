/* The look at all answers before they are sent, drawn from what the pages show. */

import { countedQuestions, droppedQuestions } from "./sheet-document.js";
import { linesOf, questionText } from "./sheet-saying.js";
import { say } from "./words.js";

export function drawSummary(sheet) {
  const { element } = sheet.check;
  element.querySelector("[data-summary]").replaceChildren(...countedQuestions(sheet).map((one) => rowOf(sheet, one)));
  const dropped = element.querySelector("[data-dropped]");
  const lost = droppedQuestions(sheet).map((question) => make("li", "", questionText(question)));
  dropped.hidden = dropped.closest(".notice").hidden = !lost.length;
  dropped.querySelector("ul").replaceChildren(...lost);
}

function rowOf(sheet, question) {
  const text = questionText(question);
  const lines = linesOf(sheet, question).map((line) => make("span", "pre answer-line", line));
  const answer = make("dd");
  answer.append(...(lines.length ? lines : [make("span", "soft", say(sheet.form, "notAnswered"))]));
  const link = make("a", "", say(sheet.form, "change"));
  link.href = `#q-${question.code}`;
  link.append(make("span", "hidden", `: ${text}`));
  const change = make("dd", "change");
  change.append(link);
  const row = make("div");
  row.append(make("dt", "pre", text), answer, change);
  return row;
}

function make(tag, className = "", textContent = "") {
  return Object.assign(document.createElement(tag), { className, textContent });
}
