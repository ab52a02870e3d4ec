/* Copy buttons show themselves where the browser can copy. */

export function startCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  const words = button.querySelector("span");
  const before = words.textContent;
  words.setAttribute("role", "status");
  words.textContent = button.dataset.sayCopied;
  setTimeout(() => (words.textContent = before), 2000);
}
