// The top line: the way to the other pages, what is looked at, search, and who is here.

/** @import { LineData, Option, Say } from "./types" */
/** @import { Mounted } from "../shared/types" */

import { button, element } from "../shared/elements.js";
import { link } from "../shared/links.js";
import { Shown, mounted } from "../shared/shown.js";
import { Days } from "./days.js";
import { Drop } from "./drop.js";
import { Keys } from "./keys.js";
import { LostFocus } from "./lost_focus.js";
import { Picker, fits, folded } from "./picker.js";
import { Search } from "./search.js";

export const styles = ["shared/shared.css", "top_line/top_line.css"];
// What Streamlit draws around our elements.
export const page = ["theme", "top_line", "banner", "cards", "filters", "first_steps", "import", "print"].map((name) => `page/${name}.css`);

const ADD = Symbol("add a cycle");

/** @extends {Shown<LineData>} */
class TopLine extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    /** @type {Say} */
    const say = (name, value) => this.send("said", { [name]: value });
    this.say = say;
    this.places = element("div", { class: "places" });
    this.menu = new Drop("menu", "true");
    this.team = new Picker("team", "Team", "Find a team", (name) => say("team", name));
    this.cycle = new Picker("cycle", "Cycle", "Find a cycle", (name) =>
      name === ADD ? say("add_cycle", true) : say("cycle", name),
    );
    this.far = element("span", { class: "far" });
    this.elapsed = element("i");
    this.cycle.button.append(this.far, element("span", { class: "elapsed", "aria-hidden": "true" }, this.elapsed));
    this.days = new Days(say);
    this.search = new Search(say);
    this.person = new People(say);
    this.keys = new Keys(root);
    this.focus = new LostFocus((isAnew) => skip(root, { preventScroll: !isAnew }));
    this.parts = [this.focus, this.keys, this.menu, this.team, this.cycle, this.days, this.search, this.person];
    const brand = link("▲", { page: "" }, () => say("path", ""), { class: "brand", "aria-label": "Milepost" });
    brand.append(element("span", {}, " Milepost"));
    root.append(
      element("button", { type: "button", class: "skip", onclick: () => skip(root) }, "Skip to the page"),
      element(
        "nav",
        { "aria-label": "Pages" },
        brand,
        this.places,
        this.menu.root,
      ),
      element("div", { class: "looked" }, this.team.root, this.cycle.root, this.days.root),
      element("div", { class: "who" }, this.search.root, this.person.root),
    );
    this.leave = () => this.parts.forEach((part) => part.leave());
  }

  /** @param {Mounted<LineData>} component */
  show(component) {
    const leave = super.show(component);
    this.search.hear(component.data);
    this.focus.look();
    return leave;
  }

  render() {
    const { theme, place, places, team, teams, cycle, cycles, next_cycle, far, elapsed } = this.data;
    // What opens over the page lies outside of what Streamlit gives the theme's scheme to.
    document.documentElement.style.colorScheme = theme;
    this.places.replaceChildren(...this.links());
    this.menu.panel.replaceChildren(...this.links());
    this.menu.words.textContent = places.find(({ path }) => path === place)?.title ?? "Pages";
    this.root.classList.toggle("short", teams.length === 0);
    this.team.root.hidden = teams.length === 0;
    const tree = teams.map(({ name, depth }) => ({ text: name, value: name, depth }));
    this.team.show(team ?? "", tree, team);
    this.team.button.setAttribute("aria-label", `Team: ${team}`);
    this.cycle.root.hidden = cycles === null;
    const listed = (cycles ?? []).map((name) => ({ text: name, value: /** @type {unknown} */ (name) }));
    const added = next_cycle ? [{ text: `Add ${next_cycle}`, value: /** @type {unknown} */ (ADD) }] : [];
    this.cycle.show(cycle ?? "No cycle yet", [...added, ...listed], cycle);
    this.cycle.button.setAttribute("aria-label", cycle ? `Cycle: ${cycle}, ${far}` : "Cycle: none yet");
    this.far.textContent = far;
    this.elapsed.style.inlineSize = `${Math.round((elapsed ?? 0) * 100)}%`;
    this.days.show(this.data);
    this.person.hear(this.data);
  }

  links() {
    const { place, places, is_own } = this.data;
    const pages = places.map(({ title, path }) => {
      const attributes = { "aria-current": path === place ? "page" : null };
      const go = () => {
        this.menu.close();
        this.say("path", path);
      };
      return link(title, { page: path }, go, attributes);
    });
    return is_own ? [...pages, this.toSample()] : pages;
  }

  // What a finished company looks like, at any time.
  toSample() {
    const go = () => {
      this.menu.close();
      this.say("sample", true);
    };
    return link("Sample", { page: "", query: { sample: 1 } }, go, { class: "sample", title: "Look at the sample company" });
  }
}

// A name that is not listed can be given too.
class People extends Picker {
  /** @param {Say} say */
  constructor(say) {
    super("person", "Your name", "Your name", (name) => say("person", name));
    this.out = button("Sign out", { onclick: () => say("sign_out", true) });
  }

  typed() {
    const { text } = this;
    const found = this.options.filter((option) => fits(text, option.text));
    const isListed = this.options.some((option) => folded(option.text) === folded(text));
    const own = text && !isListed ? [{ text: `I am ${text}`, value: text }] : [];
    const none = this.current && !text ? [{ text: "Nobody: only looking", value: "" }] : [];
    this.fill([...found, ...own, ...none]);
  }

  /** @param {LineData} data */
  hear({ person, people, is_signed_in }) {
    /** @type {Option[]} */
    const options = people.map((name) => ({ text: name, value: name }));
    this.show(person || "Pick your name", options, person);
    this.button.setAttribute("aria-label", person ? `You are ${person}` : "Pick your name");
    this.root.classList.toggle("nobody", !person);
    this.panel.classList.toggle("signed-in", is_signed_in);
    if (is_signed_in && !this.panel.contains(this.out)) this.panel.replaceChildren(this.out);
  }
}

// What a page shows begins behind the line.
/** @param {HTMLElement} root @param {FocusOptions} [how] */
function skip(root, how) {
  const { host } = /** @type {ShadowRoot} */ (root.getRootNode());
  const line = host.closest(".st-key-top_line");
  let next = (line?.closest("[data-testid=stLayoutWrapper]") ?? line)?.nextElementSibling;
  while (next && !next.checkVisibility()) next = next.nextElementSibling;
  if (!(next instanceof HTMLElement)) return;
  next.tabIndex = -1;
  next.focus(how);
}

export default mounted(TopLine);
