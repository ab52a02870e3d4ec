/* What is sent comes back as a page of ours, a request to wait, a failure, or something that is not ours at all. */

const PATIENCE = 30000;

/* A form of many fields is read as one text; only one with files needs parts. */
export function bodyOfForm(form) {
  const body = new FormData(form);
  return form.enctype === "multipart/form-data" ? body : new URLSearchParams(body);
}

/* {kind: "arrived" | "again" | "closed" | "wait" | "lost" | "foreign", response, root}: `root` is what stands in the
   place of the form from now on. */
export async function post(address, body) {
  const response = await request(address, body);
  if (!response || response.status >= 500) return { kind: "lost", response };
  if (response.status === 429) return { kind: "wait", response };
  const root = await rootIn(response);
  return { kind: kindOf(response, root), response, root };
}

async function request(address, body) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE);
  const options = { method: "POST", body, headers: { "HX-Request": "true" }, signal: limit.signal };
  return fetch(address, options).catch(() => null).finally(() => clearTimeout(timer));
}

async function rootIn(response) {
  const text = await response.text().catch(() => "");
  return new DOMParser().parseFromString(text, "text/html").getElementById("survey");
}

/* The sign-in page of a café's network is no page of ours. */
function kindOf(response, root) {
  if (!root) return "foreign";
  if ("sent" in root.dataset || "answered" in root.dataset) return "arrived";
  return root.querySelector("#sheet .sheet-page") ? "again" : "closed";
}
