/* Ctrl+Z undoes and Ctrl+Shift+Z or Ctrl+Y does again, where no field has the focus: in a field they belong to
   what is typed there. */

export function startTravelling(editor) {
  document.addEventListener("keydown", (event) => {
    const id = (event.ctrlKey || event.metaKey) && !event.altKey && wanted(event);
    const button = id && !isTyping(event.target) && editor.querySelector(`#${id}:not(:disabled)`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

function wanted({ key, shiftKey }) {
  if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
  return key.toLowerCase() === "y" ? "redo" : "";
}

function isTyping(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}
