/* htmx, told before it starts what our Content-Security-Policy and our answers ask for. */

import "./htmx-config.js";
import htmx from "htmx.org";

export default htmx;
