/**
 * The brand studio with a script: when typing pauses, the form is sent in the
 * background to the same address as its button sends it to, and what differs in
 * the page that comes back is put in the place of what is here. So there is one
 * way to weigh a council's choices and to show them, and it needs no script.
 *
 * The page is parsed by XMLHttpRequest, which never runs what it parses.
 */

import { CharacterCount, createAll, isSupported } from "./govuk-frontend.min.js";

const PAUSE_MS = 300;
/** What is renewed whole: nothing in it has the focus while somebody types. */
const RENEWED = ["studio-said", "studio-mended", "mark-brand", "mark-header", "mark-link", "mark-button"];

class Studio {
  /** @param {HTMLFormElement} form - the form of the studio */
  constructor(form) {
    this.form = form;
    this.timer = 0;
    /** @type {XMLHttpRequest | undefined} */
    this.asking = undefined;
    this.addPickers();
    this.listen();
    this.form.querySelectorAll(".app-preview iframe").forEach((frame) => this.fit(frame));
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", ({ target }) => {
      if (["view", "width"].includes(target.name)) this.fitAll();
      else if (target.type !== "file") this.soon();
    });
    form.addEventListener("change", ({ target }) => target.type === "file" && this.take(target));
    form.addEventListener("focusin", ({ target }) => target.dataset.shows && this.turnTo(target.dataset.shows));
    form.addEventListener("click", (event) => {
      const mend = event.target.closest("[data-mends]");
      if (mend) this.mend(event, mend);
    });
    form.addEventListener("submit", (event) => {
      if (event.submitter?.value !== "show") return;
      event.preventDefault();
      this.ask();
    });
    window.addEventListener("resize", () => this.fitAll());
  }

  /** Beside each colour in letters, the browser's own way to pick one. */
  addPickers() {
    this.form.querySelectorAll("[data-colour-field] input").forEach((text) => {
      const picker = document.createElement("input");
      picker.type = "color";
      picker.className = "app-studio__picker";
      picker.setAttribute("aria-label", `${this.form.dataset.pick}: ${text.labels[0].textContent.trim()}`);
      const follow = () => {
        if (/^#[0-9a-f]{6}$/i.test(text.value.trim())) picker.value = text.value.trim();
      };
      picker.addEventListener("input", () => {
        text.value = picker.value;
      });
      text.addEventListener("input", follow);
      follow();
      text.after(picker);
    });
  }

  /**
   * @param {Event} event - the click
   * @param {HTMLElement} button - says which field is mended, and with which colour
   */
  mend(event, button) {
    event.preventDefault();
    const text = document.getElementById(button.dataset.mends);
    text.value = button.dataset.instead;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus(); // the button goes away
    this.ask();
  }

  /** @param {string} page - the page that shows what is typed in the field with the focus */
  turnTo(page) {
    const choice = this.form.querySelector(`[name="view"][value="${page}"]`);
    if (choice && !choice.checked) {
      choice.checked = true;
      this.fitAll();
    }
  }

  /** @param {HTMLInputElement} input - where a logo was chosen; one that is too large is not even sent */
  take(input) {
    const size = input.files[0]?.size ?? 0;
    if (size <= Number(this.form.dataset.largest)) {
      this.ask();
      return;
    }
    input.value = "";
    this.fail(this.form.dataset.tooLarge);
  }

  soon() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), PAUSE_MS);
  }

  /** Sends the form; an answer that is still on its way is no longer wanted. */
  ask() {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    const asking = new XMLHttpRequest();
    this.asking = asking;
    asking.responseType = "document";
    asking.open("POST", this.form.action);
    asking.addEventListener("load", () => {
      const answer = asking.response;
      if (answer?.getElementById(this.form.id)) this.renew(answer);
      else this.fail(this.form.dataset.failed);
    });
    asking.addEventListener("error", () => this.fail(this.form.dataset.failed));
    asking.send(new FormData(this.form));
  }

  /** @param {Document} answer - the page as it is with what was typed */
  renew(answer) {
    RENEWED.forEach((id) => {
      const [here, there] = [document.getElementById(id), answer.getElementById(id)];
      if (here && there && here.outerHTML !== there.outerHTML) here.replaceWith(document.adoptNode(there));
    });
    this.renewLogo(answer);
    this.form.querySelectorAll("[data-field]").forEach((field) => {
      const other = answer.querySelector(`[data-field="${field.dataset.field}"]`);
      if (other) this.renewError(field, other);
    });
    this.form.querySelectorAll("[data-preview]").forEach((box) => {
      const other = answer.querySelector(`[data-preview="${box.dataset.preview}"] iframe`);
      if (other) this.renewFrame(box, other);
    });
    document.querySelector(".govuk-error-summary")?.remove(); // of the form as it was sent before
    document.title = answer.title;
    this.say(document.getElementById("studio-said").textContent.trim());
  }

  /** @param {Document} answer - where a logo that was accepted is carried along */
  renewLogo(answer) {
    const [here, there] = [document.getElementById("studio-logo"), answer.getElementById("studio-logo")];
    const file = document.getElementById("logo");
    if (file.files.length && !answer.querySelector("#logo-error")) file.value = "";
    if (here.innerHTML !== there.innerHTML) here.replaceWith(document.adoptNode(there));
  }

  /**
   * @param {HTMLElement} field - what may have the focus, and so stays
   * @param {HTMLElement} other - the same field with what is wrong with it now
   */
  renewError(field, other) {
    const [group, newer] = [field.closest(".govuk-form-group"), other.closest(".govuk-form-group")];
    const [old, error] = [group.querySelector(".govuk-error-message"), newer.querySelector(".govuk-error-message")];
    if (old?.textContent === error?.textContent) return;
    old?.remove();
    if (error) field.before(document.adoptNode(error));
    if (error && field.closest("details")) field.closest("details").open = true;
    group.classList.toggle("govuk-form-group--error", Boolean(error));
    field.className = other.className;
    const described = other.getAttribute("aria-describedby");
    if (described) field.setAttribute("aria-describedby", described);
    else field.removeAttribute("aria-describedby");
  }

  /**
   * The new page loads underneath the old one, which goes when it is there, so that nothing flickers.
   *
   * @param {HTMLElement} box - what holds the frame
   * @param {HTMLIFrameElement} other - the frame with the page as it is now
   */
  renewFrame(box, other) {
    const newest = box.lastElementChild;
    if (newest.getAttribute("srcdoc") === other.getAttribute("srcdoc")) return;
    const frame = document.adoptNode(other);
    frame.addEventListener("load", () => {
      if (!box.contains(frame)) return;
      const changed = this.changed(newest, frame);
      while (box.firstElementChild !== frame) box.firstElementChild.remove();
      this.fit(frame);
      if (changed) this.bringIntoView(box, frame, changed);
    });
    box.append(frame);
  }

  /**
   * @param {HTMLIFrameElement} before - a frame
   * @param {HTMLIFrameElement} now - the frame that takes its place
   * @returns {Element | undefined} the first part of the page that says or shows something new
   */
  changed(before, now) {
    const parts = ({ contentDocument }) => [...contentDocument.body.querySelectorAll("p, li, h2, a, span, img")];
    const said = (part) => part.getAttribute("src") ?? part.textContent;
    const known = new Set(parts(before).map(said));
    return parts(now).find((part) => !known.has(said(part)) && part.checkVisibility());
  }

  /**
   * @param {HTMLElement} box - what is scrolled
   * @param {HTMLIFrameElement} frame - the frame in it
   * @param {Element} part - a part of the page in the frame
   */
  bringIntoView(box, frame, part) {
    const scale = frame.getBoundingClientRect().width / frame.offsetWidth;
    const top = part.getBoundingClientRect().top * scale;
    const seen = top >= box.scrollTop && top <= box.scrollTop + box.clientHeight * 0.8;
    if (!seen) box.scrollTop = top - box.clientHeight / 3;
  }

  /** @param {HTMLIFrameElement} frame - gets as high as the page in it */
  fit(frame) {
    const measure = () => {
      const body = frame.contentDocument?.body;
      if (body?.childElementCount && frame.clientWidth) {
        frame.style.setProperty("--app-height", `${Math.ceil(body.getBoundingClientRect().bottom)}px`);
      }
    };
    if (frame.contentDocument?.readyState === "complete") measure();
    frame.addEventListener("load", measure);
  }

  fitAll() {
    this.form.querySelectorAll(".app-preview iframe").forEach((frame) => this.fit(frame));
  }

  /** @param {string} words - why what is shown is not what was typed */
  fail(words) {
    const said = document.getElementById("studio-said");
    said.textContent = words;
    said.className = "app-studio-status app-studio-status--unfit";
    this.say(words);
  }

  /** @param {string} words - read out once, and only if they are new */
  say(words) {
    const status = document.getElementById("studio-status");
    if (status.textContent !== words) status.textContent = words;
  }
}

const form = document.getElementById("studio");
if (isSupported() && form instanceof HTMLFormElement) {
  createAll(CharacterCount);
  new Studio(form);
}
