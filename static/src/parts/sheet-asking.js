/* A question in front of everything else. The first answer has the focus and is meant by Escape, too. */

/* Answers are [label, what it does]. */
export function askFirst(question, answers) {
  const dialog = make("dialog", { className: "ask" });
  const title = make("h2", { id: "ask-title", textContent: question });
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(title, ...answers.map(([label, act], place) => buttonFor(dialog, label, act, place)));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function buttonFor(dialog, textContent, act, place) {
  const button = make("button", { type: "button", className: place ? "button second" : "button", textContent });
  button.addEventListener("click", () => {
    dialog.close();
    act?.();
  });
  return button;
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
