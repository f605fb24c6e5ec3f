/**
 * Blue Badge checker, for a page that shows it in a frame. Version 1.
 *
 * Each frame of the checker becomes as high as what it shows, so that nobody
 * has to scroll within it. After each step its top is brought into view. The
 * checker and this script tell each other that, and nothing about the person.
 *
 * A page without this script works too: the frame keeps its height, and
 * scrolls. This file never changes; a later version has another name.
 */
(() => {
  "use strict";

  const SOURCE = "blue-badge-checker";
  const VERSION = 1;
  const LEAST_PIXELS = 200;
  const MOST_PIXELS = 100000;

  const checker = new URL(/** @type {HTMLScriptElement} */ (document.currentScript).src).origin;
  /** The frames that have told their height: from then on, a page that loads is a step. */
  const known = new WeakSet();
  /** The frames that have loaded a step whose height is not told yet. */
  const stepping = new WeakSet();

  /** @returns {HTMLIFrameElement[]} the checker's frames */
  const frames = () =>
    Array.from(document.querySelectorAll("iframe")).filter((frame) => frame.src.startsWith(`${checker}/embed/`));

  /** @param {HTMLIFrameElement} frame - to be told who frames it, and whether this is its first page */
  function greet(frame) {
    if (known.has(frame)) stepping.add(frame);
    frame.contentWindow?.postMessage({ source: SOURCE, v: VERSION, type: "hello", first: !known.has(frame) }, checker);
  }

  /** @param {any} data - what a message holds; @returns {boolean} whether it tells a height */
  const tellsHeight = (data) =>
    typeof data === "object" &&
    data !== null &&
    data.source === SOURCE &&
    data.v === VERSION &&
    data.type === "height" &&
    Number.isFinite(data.height);

  /** @param {HTMLIFrameElement} frame - one of ours; @param {number} height - of what it shows, in pixels */
  function fit(frame, height) {
    const { style } = frame;
    style.height = `${Math.min(Math.max(Math.ceil(height), LEAST_PIXELS), MOST_PIXELS)}px`;
    style.maxHeight = "none";
    style.boxSizing = "content-box";
    style.border = "0";
  }

  /** @param {HTMLIFrameElement} frame - in which somebody has moved on */
  function bringIntoView(frame) {
    const { top } = frame.getBoundingClientRect();
    // Not while the person is elsewhere in the page: a frame never calls for attention.
    if (document.activeElement === frame && (top < 0 || top >= window.innerHeight)) frame.scrollIntoView();
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== checker || !tellsHeight(event.data)) return;
    const frame = frames().find((each) => each.contentWindow === event.source);
    if (frame === undefined) return;
    fit(frame, event.data.height);
    if (stepping.delete(frame)) bringIntoView(frame);
    known.add(frame);
  });

  // Heard on its way down, since a frame's own does not come up; so frames that are added later are heard too.
  document.addEventListener(
    "load",
    (event) => {
      const frame = frames().find((each) => each === event.target);
      if (frame !== undefined) greet(frame);
    },
    true,
  );

  // Those that were faster than this script. One that has no page yet still holds an empty one of this page's own.
  frames()
    .filter((frame) => frame.contentDocument?.URL !== "about:blank")
    .forEach(greet);
})();
