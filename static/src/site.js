/* Every public page. The page is whole without it. */

const title = document.title;

showErrors();
document.addEventListener("plaza:changed", showErrors);
document.addEventListener("click", leadIntoField);

/* A summary of errors takes the focus, so that nobody has to look for what went wrong. */
function showErrors() {
  const summary = document.querySelector("[data-error-summary]");
  const prefix = summary?.dataset.errorSummary ?? "";
  document.title = title.startsWith(prefix) ? title : `${prefix} ${title}`;
  summary?.focus();
}

/* A link of the summary leads into the field itself, not only to its place on the page. */
function leadIntoField(event) {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const isField = target.matches("input, select, textarea");
  ((!isField && target.querySelector("input, select, button")) || target).focus();
}
