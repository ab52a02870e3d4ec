/* "4 of 10 points left". Too many are explained, never blocked: the person decides where they go. */

import { say } from "./words.js";

export function countPoints(form) {
  const line = form.querySelector("[data-points-left]");
  if (!line) return;
  const most = Number(line.dataset.pointsLeft);
  const fields = [...form.querySelectorAll("[data-points-row] input")];
  const update = () => {
    const left = most - fields.reduce((sum, field) => sum + (Number(field.value) || 0), 0);
    line.textContent = left < 0 ? say(line, "over", { over: -left, most }) : say(line, "left", { left, most });
    line.classList.toggle("over", left < 0);
  };
  form.addEventListener("input", update);
  update();
}
