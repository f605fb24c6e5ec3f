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
  components.forEach((component) => createAll(component));
}
