/**
 * In a frame on a council's website: tells the page around it how high this
 * page is, and moves the focus to the heading after each step.
 *
 * It speaks only when it is spoken to, by a website that the council allows,
 * and says nothing but a height. `static/embed/v1.js` is the other side.
 */

const SOURCE = "blue-badge-checker";
const VERSION = 1;

/** The websites that may frame this page, as its Content-Security-Policy names them. */
const embedders = new Set(
  (document.body.dataset.embedders ?? "").split(" ").map((each) => (each === "'self'" ? location.origin : each)),
);

/** @type {string | null} */
let embedder = null;
let told = 0;

/** Tells the embedder the height of the page in pixels, if it is new to it. */
function tellHeight() {
  // Of the content: the document is never lower than its window, so a frame could not become lower again.
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (embedder === null || height === told) return;
  told = height;
  window.parent.postMessage({ source: SOURCE, v: VERSION, type: "height", height }, embedder);
}

/** After a step, lets people who listen to the page or use a keyboard begin at its top. */
function focusHeading() {
  const heading = document.querySelector("h1");
  // An error summary has taken the focus by itself.
  if (heading === null || document.querySelector(".govuk-error-summary")) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/**
 * @param {any} data - what a message holds
 * @returns {boolean} whether it is the greeting of an embedder
 */
function isHello(data) {
  return (
    typeof data === "object" &&
    data !== null &&
    data.source === SOURCE &&
    data.v === VERSION &&
    data.type === "hello" &&
    typeof data.first === "boolean"
  );
}

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || !embedders.has(event.origin) || !isHello(event.data)) return;
  if (embedder === null && !event.data.first) focusHeading();
  embedder = event.origin;
  told = 0;
  tellHeight();
});

new ResizeObserver(tellHeight).observe(document.body);
