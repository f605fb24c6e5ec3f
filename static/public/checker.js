/**
 * Starts the parts of the page that work better with a script. Every page also
 * works without one.
 */

import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
  isSupported,
} from "./govuk-frontend.min.js";
import { CouncilSearch } from "./council-search.js";

const components = [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink];

if (isSupported()) {
  const select = document.querySelector("select[data-council-search]");
  if (select instanceof HTMLSelectElement) new CouncilSearch(select);
  const print = document.querySelector("button[data-print]");
  if (print instanceof HTMLButtonElement) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  components.forEach((component) => createAll(component));
}
