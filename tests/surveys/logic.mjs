/* Runs the browser's side: a list of cases as JSON comes in, the list of what came out goes back. */

import { readFileSync } from "node:fs";
import { evaluate, follow } from "../../static/src/parts/logic.js";
import { numberIn } from "../../static/src/parts/sheet-reading.js";

const cases = JSON.parse(readFileSync(0, "utf8"));

process.stdout.write(JSON.stringify(cases.map(outcome)));

function outcome({ tree, sections, answers = {}, today, typed, decimal }) {
  if (typed !== undefined) return numberIn(typed, decimal);
  return sections ? follow(sections.map(asOnThePage), answers, today) : evaluate(tree, answers, today) ?? null;
}

function asOnThePage({ code, show_if: show, questions = [], skips }) {
  return { code, show, skips, questions: questions.map(asOnThePage) };
}
