/**
 * A search box over a long list of councils: an editable combobox with a list
 * of matches, as the ARIA Authoring Practices describe it ("list autocomplete
 * with manual selection"). The `<select>` stays in the form and holds the
 * choice. Nothing is fetched, and every word shown comes from the page.
 *
 * @typedef {import("./council-matching.js").Council} Council
 * @typedef {Record<"input" | "popup" | "list" | "message" | "status", HTMLElement>} Parts
 */

import { matching, toName } from "./council-matching.js";

const MOST_SHOWN = 12;
const ANNOUNCE_AFTER_MS = 600;

/**
 * @param {string} tag - name of the element
 * @param {Record<string, string>} attributes - its attributes
 * @returns {HTMLElement} a new element
 */
function element(tag, attributes) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

/** The search box of one `<select>`. */
export class CouncilSearch {
  /** @param {HTMLSelectElement} select - the labelled list that it replaces */
  constructor(select) {
    this.select = select;
    this.ignored = new Set((select.dataset.ignore ?? "council and").split(" "));
    this.councils = this.read();
    /** @type {Council[]} */
    this.shown = [];
    this.active = -1;
    this.timer = 0;
    this.pressing = false;
    this.parts = this.build();
    this.input = /** @type {HTMLInputElement} */ (this.parts.input);
    this.input.value = select.dataset.typed ?? "";
    this.mirrorSelect();
    this.listen();
  }

  /** @returns {Council[]} the options, except the empty one */
  read() {
    return Array.from(this.select.options)
      .filter((option) => option.value)
      .map((option) => {
        const names = [option.text, ...(option.dataset.also ?? "").split("|")];
        return {
          index: option.index,
          text: option.text,
          names: names.map((name) => toName(name, this.ignored)).filter((name) => name.full),
        };
      });
  }

  /** @returns {Parts} the new elements, in place of the list */
  build() {
    const { select } = this;
    const [id, listId] = [`${select.id}-typed`, `${select.id}-list`];
    const failed = select.classList.contains("govuk-select--error");
    const label = this.takeLabel(id);
    const input = element("input", {
      id,
      name: "typed",
      type: "text",
      role: "combobox",
      class: `govuk-input app-combobox__input${failed ? " govuk-input--error" : ""}`,
      "aria-autocomplete": "list",
      "aria-controls": listId,
      "aria-expanded": "false",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
    });
    const described = select.getAttribute("aria-describedby");
    if (described) input.setAttribute("aria-describedby", described);
    const popup = element("div", { class: "app-combobox__popup", hidden: "" });
    const list = element("ul", { id: listId, class: "app-combobox__list", role: "listbox", "aria-labelledby": label });
    const message = element("p", { class: "app-combobox__message", hidden: "" });
    const status = element("div", { class: "govuk-visually-hidden", role: "status", "aria-live": "polite" });
    popup.append(list, message);
    const box = element("div", { class: "app-combobox" });
    box.append(input, popup, status);
    select.before(box);
    select.hidden = true;
    return { input, popup, list, message, status };
  }

  /**
   * Points the label, and links from an error summary, at the new box.
   *
   * @param {string} id - the id of the new box
   * @returns {string} the id of the label
   */
  takeLabel(id) {
    document.querySelectorAll(`a[href="#${this.select.id}"]`).forEach((link) => link.setAttribute("href", `#${id}`));
    const label = this.select.labels[0];
    label.htmlFor = id;
    label.id ||= `${this.select.id}-label`;
    return label.id;
  }

  listen() {
    const { input, parts } = this;
    input.addEventListener("input", () => this.search());
    input.addEventListener("keydown", (event) => this.press(event));
    this.listenForLeaving();
    // Keeps the focus in the box, so that the list is still there for the click.
    parts.popup.addEventListener("mousedown", (event) => event.preventDefault());
    parts.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element && event.target.closest("[role=option]");
      if (option) this.choose(Array.from(parts.list.children).indexOf(option));
    });
    // Back and Forward bring back the choice in the list; show it in the box.
    window.addEventListener("pageshow", () => this.mirrorSelect());
  }

  /** A press outside closes the list only after its click, lest what is pressed moves away. */
  listenForLeaving() {
    const closeSoon = () => window.setTimeout(() => document.activeElement !== this.input && this.close());
    const release = () => {
      this.pressing = false;
      closeSoon();
    };
    document.addEventListener("pointerdown", () => {
      this.pressing = true;
    });
    document.addEventListener("pointerup", release);
    document.addEventListener("pointercancel", release);
    this.input.addEventListener("blur", () => this.pressing || closeSoon());
  }

  mirrorSelect() {
    const chosen = this.councils.find((council) => council.index === this.select.selectedIndex);
    if (chosen) this.input.value = chosen.text;
  }

  /** Makes the choice in the form follow what was typed, and shows the matches. */
  search() {
    const query = toName(this.input.value, this.ignored);
    this.select.selectedIndex = this.meant(query.bare);
    const found = matching(this.councils, query);
    this.shown = found.slice(0, MOST_SHOWN);
    this.show(query.full !== "", found.length);
    this.announce(query.full ? this.count(found.length) : "");
  }

  /**
   * @param {string} bare - the name typed
   * @returns {number} the option of the one council so named, else the empty option
   */
  meant(bare) {
    const { options, selectedIndex } = this.select;
    if (options[selectedIndex]?.text === this.input.value) return selectedIndex;
    const same = this.councils.filter(({ names }) => bare && names[0].bare === bare);
    return same.length === 1 ? same[0].index : Array.from(options).findIndex((option) => !option.value);
  }

  /**
   * @param {boolean} asked - whether anything was typed
   * @param {number} total - how many match, shown or not
   */
  show(asked, total) {
    const { list, message, popup } = this.parts;
    const { labelNone = "", labelMore = "" } = this.select.dataset;
    list.replaceChildren(...this.shown.map((council, place) => this.option(council, place)));
    list.hidden = total === 0;
    message.textContent = total === 0 ? labelNone : total > this.shown.length ? labelMore : "";
    message.hidden = message.textContent === "";
    popup.hidden = !asked;
    popup.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(asked && total > 0));
    this.activate(-1);
  }

  /**
   * @param {Council} council - one that matches
   * @param {number} place - where it comes among those shown
   * @returns {HTMLElement} its line in the list
   */
  option(council, place) {
    const id = `${this.select.id}-option-${place}`;
    const line = element("li", { id, class: "app-combobox__option", role: "option", "aria-selected": "false" });
    line.textContent = council.text;
    return line;
  }

  /** @param {number} place - the option to mark, or -1 for none */
  activate(place) {
    this.active = place;
    Array.from(this.parts.list.children).forEach((line, at) => {
      line.setAttribute("aria-selected", String(at === place));
      if (at === place) line.scrollIntoView({ block: "nearest" });
    });
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.select.id}-option-${place}`);
  }

  /** @param {number} place - the option chosen, among those shown */
  choose(place) {
    const council = this.shown[place];
    this.input.value = council.text;
    this.select.selectedIndex = council.index;
    this.announce("");
    this.close();
  }

  close() {
    this.parts.popup.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  /** @param {KeyboardEvent} event - a key pressed in the box */
  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    /** @type {Record<string, () => boolean>} */
    const keys = {
      ArrowDown: () => this.move(event.altKey ? 0 : 1, event.altKey),
      ArrowUp: () => this.move(-1, event.altKey),
      Enter: () => this.accept(),
      Escape: () => this.escape(),
      Tab: () => this.accept() && false,
    };
    if (keys[event.key]?.()) event.preventDefault();
    // These move the caret, so the text is what they are about.
    if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) this.activate(-1);
  }

  /**
   * @param {number} step - 1 for the next option, -1 for the one before
   * @param {boolean} alt - Alt opens with Down, and closes with Up, without moving
   * @returns {boolean} true: the caret stays where it is
   */
  move(step, alt) {
    const closed = this.parts.popup.hidden;
    if (alt && step < 0) this.close();
    else if (closed) this.search();
    if (alt || this.shown.length === 0) return true;
    const places = this.shown.length + 1; // the options, and the box itself
    this.activate(((this.active + 1 + step + places) % places) - 1);
    return true;
  }

  /** @returns {boolean} whether there was a marked option to choose */
  accept() {
    if (this.active < 0) return false;
    this.choose(this.active);
    return true;
  }

  /** @returns {boolean} true: nothing else happens */
  escape() {
    if (!this.parts.popup.hidden) this.close();
    else {
      this.input.value = "";
      this.search();
    }
    return true;
  }

  /**
   * @param {number} total - how many councils match
   * @returns {string} that number in words
   */
  count(total) {
    const { labelNone = "", labelResultOne = "", labelResults = "" } = this.select.dataset;
    return [labelNone, labelResultOne][total] ?? labelResults.replace("{count}", String(total));
  }

  /** @param {string} words - said once typing pauses */
  announce(words) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.parts.status.textContent = words;
    }, ANNOUNCE_AFTER_MS);
  }
}
