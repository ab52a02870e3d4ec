/* Problems beside the fields and in a summary on top, as the server writes them. */

import { questionText } from "./sheet-saying.js";

const FIELDS = "input:not([type=hidden]), select, textarea, button";

/* Shows these problems, [[question, sentence], …], and none else; the summary takes the focus. */
export function showProblems(sheet, problems) {
  clearProblems(sheet);
  for (const [question, problem] of problems) mark(sheet, question, problem);
  const summary = copyOf(sheet.root, "errors");
  summary.id = "error-summary";
  summary.querySelector("ul").append(...problems.map(([question, problem]) => lineOf(question, problem)));
  sheet.root.prepend(summary);
  summary.focus();
}

export function clearProblems(sheet) {
  sheet.root.querySelector("#error-summary")?.remove();
  sheet.questions.forEach(unmark);
}

/* Into the control that is to be used: of rows the first open one, of options the chosen one. */
export function leadInto(question) {
  const rows = [...question.element.querySelectorAll("[data-row]")];
  const open = rows.find((row) => !row.querySelector(":checked")) ?? question.element;
  const fields = [...open.querySelectorAll(FIELDS)].filter((field) => field.getClientRects().length);
  (fields.find((field) => field.checked) ?? fields[0])?.focus();
}

function mark({ root }, question, problem) {
  const line = copyOf(root, "error");
  line.id = `q-${question.code}-error`;
  line.querySelector("[data-say]").textContent = problem;
  place(question, line);
  question.element.classList.add("invalid");
  for (const element of described(question)) {
    const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
    element.setAttribute("aria-describedby", [...ids, line.id].join(" "));
  }
  controls(question).forEach((field) => field.setAttribute("aria-invalid", "true"));
}

/* Under the hint, or under the question's own words. */
function place({ code, element }, line) {
  const above = element.querySelector(`[id="q-${code}-hint"]`) ?? element.querySelector("legend, .label");
  if (above) above.after(line);
  else element.firstElementChild.prepend(line);
}

function unmark(question) {
  const id = `q-${question.code}-error`;
  question.element.querySelector(`[id="${id}"]`)?.remove();
  question.element.classList.remove("invalid");
  for (const element of described(question)) {
    const ids = element.getAttribute("aria-describedby")?.split(" ").filter((one) => one !== id) ?? [];
    if (ids.length) element.setAttribute("aria-describedby", ids.join(" "));
    else element.removeAttribute("aria-describedby");
  }
  controls(question).forEach((field) => field.removeAttribute("aria-invalid"));
}

/* The group, or where there is none the controls themselves. */
function described({ element, fields }) {
  const group = element.querySelector("fieldset");
  return group ? [group] : fields.filter((field) => field.type !== "hidden");
}

function controls({ fields }) {
  return fields.filter((field) => !["hidden", "radio", "checkbox"].includes(field.type));
}

function lineOf(question, problem) {
  const textContent = `${questionText(question)} – ${problem}`;
  const link = Object.assign(document.createElement("a"), { href: `#q-${question.code}`, textContent });
  const line = document.createElement("li");
  line.append(link);
  return line;
}

function copyOf(root, name) {
  return root.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
}
