/* "1 of 2 chosen". Too many are explained, never blocked: the person decides which one goes. */

import { say } from "./words.js";

export function countChoices(form) {
  const group = form.querySelector("[data-max]");
  const line = form.querySelector("[data-count]");
  if (!group || !line) return;
  const max = Number(group.dataset.max);
  const update = () => {
    const count = group.querySelectorAll("input:checked").length;
    line.textContent = say(line, count > max ? "over" : "count", { count, max });
    line.classList.toggle("over", count > max);
  };
  form.addEventListener("change", update);
  update();
}
