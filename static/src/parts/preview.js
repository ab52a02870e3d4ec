/* The preview beside a form shows what a phone will show: the server renders it, as it will for the
   citizen. */

import { typed } from "./form-data.js";
import { later } from "./later.js";

const PAUSE = 400;

export function startPreview(form) {
  const target = document.getElementById("preview");
  if (!target) return;
  const options = { method: "POST", headers: { "HX-Request": "true" } };
  const update = later(async () => {
    const response = await fetch(form.dataset.preview, { ...options, body: typed(form) }).catch(() => null);
    if (response?.ok) target.innerHTML = await response.text();
  }, PAUSE);
  form.addEventListener("input", update);
  form.addEventListener("change", update);
}
