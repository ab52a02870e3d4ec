/* The console. Every form works without this script; with it the console answers faster. */

import "./parts/htmx.js";
import { startAutosave } from "./parts/autosave.js";
import { startCopying } from "./parts/copying.js";
import { startKeys } from "./parts/keys.js";
import { startPreview } from "./parts/preview.js";
import { startRows } from "./parts/rows.js";
import { startSurveyEditor } from "./parts/survey-editor.js";
import { startTableKeys } from "./parts/table-keys.js";
import { startTranslation } from "./parts/translation.js";

startKeys();
startCopying();
startTableKeys();
document.querySelectorAll("[data-rows]").forEach(startRows);
document.querySelectorAll("form[data-autosave]").forEach(startAutosave);
document.querySelectorAll("form[data-preview]").forEach(startPreview);
document.querySelectorAll("[data-translations]").forEach(startTranslation);
startSurveyEditor(document.querySelector("[data-survey-editor]"));
