/* htmx reads its settings from this element when it is loaded; imports run in order, so this one comes
   first. A 422 or 409 brings the form back and is shown; other errors are pages of their own and never
   replace the form. */

const settings = {
  mode: "same-origin",
  includeIndicatorCSS: false,
  history: "reload",
  defaultTimeout: 30000,
  noSwap: [204, 304, 400, 401, 403, 404, 405, 410, 413, 415, 429, "5xx"],
};

const meta = document.createElement("meta");
meta.name = "htmx-config";
meta.content = JSON.stringify(settings);
document.head.append(meta);
