/* After the translation page has saved by itself: how far it is now, from which edition it goes on, and what others have
   written meanwhile where nobody wrote here. */

export function startTranslation(form) {
  form.addEventListener("plaza:saved", ({ detail }) => {
    const answer = new DOMParser().parseFromString(detail, "text/html");
    document.getElementById("translation-progress").replaceWith(answer.getElementById("translation-progress"));
    const shown = [...answer.querySelectorAll("[data-theirs]")].map((theirs) => show(form.elements[theirs.name], theirs.value));
    if (shown.every(Boolean)) form.querySelector("[data-seen]").value = answer.querySelector("[data-seen]").value;
  });
}

/* What is being written at this moment stays. The page then goes on from the edition before, so that the next saving
   finds that two have written there. */
function show(field, text) {
  if (field && field === document.activeElement) return false;
  if (field) field.value = text;
  return true;
}
