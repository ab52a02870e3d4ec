/* Pages about ideas. Without this script every form is sent as any other. */

import htmx from "./parts/htmx.js";
import { dropWriting, keepWriting } from "./parts/keeping.js";
import { newKey } from "./parts/key.js";
import { device } from "./parts/memory.js";
import { startSimilar } from "./parts/similar.js";
import { startMap } from "./parts/sheet-map.js";

const campaign = location.pathname.split("/").slice(0, 4).join("/");
const known = `plaza-takes-part:${campaign}`;

start();
startMaps();
document.querySelectorAll("[data-similar]").forEach(startSimilar);
showOwnPart();
if (new URLSearchParams(location.search).has("sent")) dropWriting(`new-${campaign.split("/").pop()}`);
document.addEventListener("htmx:after:swap", afterSwap);
document.addEventListener("htmx:response:error", (event) => explain(event.detail.ctx));
document.addEventListener("htmx:error", (event) => explain(event.detail.ctx));
document.addEventListener("click", showMore);
document.addEventListener("submit", (event) => event.target.matches("[data-key]") && device.set(known, "1"));

/* A key for each form, so that a second tap and a retry are no second act. */
function start() {
  for (const form of document.querySelectorAll("form[data-key]:not([data-started])")) {
    form.dataset.started = "";
    form.elements.key.value ||= newKey();
    if (form.dataset.keep) keepWriting(form);
  }
}

function startMaps() {
  for (const box of document.querySelectorAll("[data-map]")) {
    const status = box.parentElement.querySelector("[data-map-status]");
    startMap(box, (sentence) => (status.textContent = sentence))();
  }
}

/* Whoever has tapped here before sees what they did; everybody else gets the page that all share. */
function showOwnPart() {
  const part = document.getElementById("part");
  if (part && device.get(known)) htmx.ajax("GET", part.dataset.part, { target: "#part", swap: "outerHTML" });
}

function afterSwap() {
  start();
  if (document.querySelector("[data-own]")) device.set(known, "1");
  const sent = document.querySelector("[data-sent] [tabindex]");
  if (sent) {
    dropWriting(`${campaign.split("/").pop()}-${location.pathname.split("/").pop()}`);
    sent.focus();
  }
  document.querySelector("#comment-form input[name=parent]:not([value='']) ~ .field textarea")?.focus();
  document.dispatchEvent(new Event("plaza:changed"));
}

function explain(ctx) {
  const form = ctx?.sourceElement?.closest?.("form");
  const line = form?.querySelector("[data-problem]") ?? document.querySelector("[data-problem]");
  const status = ctx?.response?.status;
  if (!line || [409, 422].includes(status)) return;
  line.textContent = line.dataset.sayFailed ?? "";
  line.hidden = !line.textContent;
}

/* The next part of the list comes behind this one; the address of each part works by itself too. */
async function showMore(event) {
  const link = event.target.closest("[data-more]");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const response = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok) return void location.assign(link.href);
  const part = new DOMParser().parseFromString(await response.text(), "text/html");
  const cards = [...part.querySelectorAll("#idea-list > li")];
  document.getElementById("idea-list").append(...cards);
  const next = part.querySelector("[data-more]");
  if (next) link.href = next.getAttribute("href");
  else link.parentElement.remove();
  cards[0]?.querySelector("a")?.focus();
}
