// A check-in: before it the agenda, while it goes on one item at a time on every screen, then minutes.

/** @import { What } from "./editors.js" */
/** @import { Editor } from "../editing/editor.js" */
/** @import { Mounted } from "../shared/types" */
/** @import { Act, During, MeetingData } from "./types" */
/** @import { Verb } from "./stage.js" */

import { arrange, element, keepingFocus, present } from "../shared/elements.js";
import { Shown, mounted } from "../shared/shown.js";
import { actionEditor, begun, decideEditor, noteEditor, recoveryEditor, valueEditor } from "./editors.js";
import { minutes, plan } from "./plan.js";
import { ballot, ballotDoes, bar, clock, face, help, people, verb } from "./stage.js";

export const styles = [
  "shared/shared.css",
  "shared/marks.css",
  "editing/editor.css",
  "decisions/form.css",
  "gauges/signals.css",
  "meeting/meeting.css",
  "meeting/stage.css",
];
const PATIENCE = 6000;

/** @extends {Shown<MeetingData>} */
class Meeting extends Shown {
  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    // What is behind a modal dialog is out of reach, for the keyboard too.
    this.stage = element("dialog", { class: "stage", tabindex: -1, "aria-label": "Check-in", oncancel: (/** @type {Event} */ event) => event.preventDefault() });
    this.page = element("div", { class: "page" });
    this.times = element("span", { class: "times", role: "timer" });
    this.body = element("article", { class: "item" });
    this.message = element("p", { class: "message", role: "alert" });
    this.status = element("span", { class: "quiet", role: "status" });
    root.append(this.page, this.stage);
    /** @type {Editor | null} */
    this.editor = null;
    this.isHelp = false;
    this.hasTicked = false;
    /** @type {{ token: string, at: number } | null} */
    this.sent = null;
    this.skew = 0;
    this.told = 0;
    const onkey = (/** @type {KeyboardEvent} */ event) => this.press(event);
    document.addEventListener("keydown", onkey);
    const ticking = setInterval(() => this.tick(), 500);
    this.leave = () => {
      document.removeEventListener("keydown", onkey);
      clearInterval(ticking);
    };
  }

  /** @param {Mounted<MeetingData>} component */
  show(component) {
    super.show(component);
    this.reopen();
    const { answer } = this.data;
    if (answer) {
      this.editor?.hear(answer);
      if (answer.token === this.sent?.token) {
        this.sent = null;
        this.message.textContent = answer.kind === "saved" ? "" : answer.message ?? "";
        this.signature = "";
        this.render();
      }
    }
    return this.leave;
  }

  render() {
    const { during, before } = this.data;
    this.page.hidden = Boolean(during);
    if (during && !this.stage.open) this.stage.showModal();
    if (!during && this.stage.open) this.stage.close();
    if (during) this.renderStage(during);
    else this.renderPage(before);
  }

  /** @param {MeetingData["before"]} before */
  renderPage(before) {
    this.closeEditor();
    const { minutes: last, past, editable, person, told } = this.data;
    if (!before || !this.isNews([before, last, past, editable, person, told])) return;
    const tick = (/** @type {number} */ id) => {
      this.hasTicked = true;
      this.act({ id, base_version: this.data.version }, "tick");
    };
    const acts = { editable, send: this.send, start: () => this.act({ did: "start" }), tick, told: this.hasTicked ? this.saved() : null };
    const parts = plan(before, acts);
    const written = last ? [element("article", { class: "minutes surface" }, ...minutes(last, past, this.status, (id) => this.send("open", { target: "minutes", id })))] : [];
    const order = before.is_done || last?.asked ? [parts[0], this.message, ...written, parts[1]] : [parts[0], this.message, parts[1], ...written];
    keepingFocus(this.page, () => this.page.replaceChildren(...order));
  }

  // What somebody types stays where it is, whatever others do meanwhile.
  /** @param {During} during */
  renderStage(during) {
    const { now } = during.clock;
    const { item } = during;
    if (this.editor && this.body.dataset.item !== String(item.id) && !this.editor.touched) this.closeEditor();
    const { told, person } = this.data;
    if (!this.isNews([during, person, told, this.isHelp, this.sent !== null])) return;
    if (now !== this.told) this.skew = now - Date.now() / 1000;
    this.told = now;
    const isNew = this.body.dataset.item !== String(item.id);
    keepingFocus(this.stage, () => {
      const form = this.editor?.form;
      const nodes = [bar(this.data, during, this.times, this.also(during)), this.body, ...present([ballot(during, this.data.confidences, (act) => this.act(act)), this.message, this.saved(), this.foot(during), this.isHelp ? help(this.data.address, this.data.code, during.here, () => this.toggleHelp()) : null])];
      if (!this.editor) this.body.dataset.item = String(item.id);
      const shown = present(face(during));
      for (const child of [...this.body.children]) if (child !== form) child.remove();
      this.body.prepend(...shown);
      arrange(this.stage, nodes);
    });
    if (isNew && !this.editor) this.stage.focus({ preventScroll: true });
    this.tick();
  }

  saved() {
    const { told } = this.data;
    if (!told) return null;
    const undo = told.undo ? verb({ name: "Undo", key: "Z", act: () => this.act({ did: "undo" }) }) : "";
    return element("p", { class: "told verbs", role: "status" }, told.message, undo);
  }

  /** @param {During} during */
  foot(during) {
    const { item, next, drives } = during;
    const verbs = this.verbs(during).map((each) => verb(each));
    const going = drives ? this.goings(during).map((each) => verb(each, this.sent !== null)) : [];
    return element("footer", { class: "foot" }, element("div", { class: "verbs", "aria-label": `What to do about ${item.name}`, role: "group" }, ...verbs), element("div", { class: "verbs going", "data-last": String(!next) }, ...going));
  }

  /** @param {During} during */
  also(during) {
    return [...people(this.data, during, (act) => this.act(act)), verb({ name: "", key: "?", act: () => this.toggleHelp() })];
  }

  /** @param {During} during @returns {Verb[]} */
  verbs({ item, drives, voting }) {
    if (!this.data.person) return [];
    /** @type {(Verb | null | false)[]} */
    const all = [
      item.decide && { name: "Decide", key: "D", primary: true, act: () => this.edit("decide") },
      { name: "Action", key: "A", act: () => this.edit("action") },
      (item.gauge || item.key_result) && { name: item.key_result ? "Check in" : "Edit", key: "E", act: () => this.edit("value") },
      item.tick && { name: "Tick off", key: "E", primary: true, act: () => this.act({ did: "tick", shown: item.position }) },
      item.step !== "" && { name: item.step, key: "Y", primary: true, act: () => this.act({ did: "recover", shown: item.position }) },
      { name: "Note", key: "N", act: () => this.edit("note") },
      drives && item.key_result && { name: voting ? "Reveal" : "Vote", key: "V", act: () => this.act({ did: voting ? "reveal" : "open vote", shown: item.position }) },
    ];
    return present(all);
  }

  /** @param {During} during @returns {Verb[]} */
  goings(during) {
    const { position, next, clock: { paused } } = during;
    const go = (/** @type {string} */ left) => () => this.go(1, left);
    /** @type {(Verb | null | false)[]} */
    const all = [
      { name: paused ? "Go on" : "Pause", key: "P", pressed: paused, act: () => this.act({ did: paused ? "resume" : "pause" }) },
      next !== "" && { name: "Skip", key: "S", act: go("skipped") },
      next !== "" && { name: "Park", key: "K", act: go("parked") },
      position > 0 && { name: "Back", key: "←", act: () => this.go(-1) },
      next ? { name: `Next: ${next}`, key: "→", primary: true, act: go("done") } : { name: "End the check-in", key: "→", primary: true, act: () => this.act({ did: "end" }) },
    ];
    return present(all);
  }

  /** @param {number} by @param {string} left */
  go(by, left = "done") {
    const { during } = this.data;
    if (!during?.drives || this.sent) return;
    const { position, count } = during;
    if (position + by >= count) this.act({ did: "end" });
    else if (position + by >= 0) this.act({ did: "show", shown: position, position: position + by, left });
  }

  // Each act has a name of its own: what comes twice is done once.
  /** @param {Act} act */
  act(act, name = "act") {
    const token = crypto.randomUUID();
    this.sent = { token, at: Date.now() };
    this.message.textContent = "";
    this.send(name, { ...act, token });
  }

  // What was typed before the page came anew is open again.
  reopen() {
    const { during } = this.data;
    const what = during && !this.editor && begun(this.data, during.item);
    if (what) this.edit(what);
  }

  /** @param {What} what */
  edit(what) {
    const { during, person } = this.data;
    if (!during || !person) return;
    if (this.editor) return this.editor.focus();
    const { item } = during;
    const held = {
      data: this.data,
      send: this.send,
      host: this.body,
      item,
      back: () => this.stage,
      onClose: () => {
        this.editor = null;
        this.signature = "";
        this.render();
      },
    };
    this.body.dataset.item = String(item.id);
    if (what === "value") this.editor = valueEditor(held);
    else if (what === "note") this.editor = noteEditor(held);
    else if (what === "reroute") this.editor = recoveryEditor(held);
    else if (item.decide) this.editor = decideEditor(held, what === "decide" ? "acknowledge" : "act", () => this.edit("reroute"));
    else if (what === "action") this.editor = actionEditor(held);
    this.editor?.restore();
  }

  closeEditor() {
    this.editor?.close();
    this.editor = null;
  }

  toggleHelp() {
    this.isHelp = !this.isHelp;
    this.render();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { during, confidences } = this.data;
    if (!during || !this.root.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.composedPath().some((node) => node instanceof Element && node.matches("input, select, textarea, form"));
    if (typing) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const shown = [...this.verbs(during), ...(during.drives ? this.goings(during) : [])];
    const known = shown.find((each) => each.key === { ArrowRight: "→", ArrowLeft: "←" }[key] || each.key === key);
    const did = ballotDoes(during);
    const word = did ? confidences[Number(key) - 1] : undefined;
    if (key === "?") this.toggleHelp();
    else if (key === "Escape" && this.isHelp) this.toggleHelp();
    else if (key === "Z" && this.data.told?.undo) this.act({ did: "undo" });
    else if (word && this.data.person) this.act({ did, word, shown: during.position });
    else if (known) known.act();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  tick() {
    const { during } = this.data;
    if (!during) return;
    const { now, seconds, item, paused, planned } = during.clock;
    const gone = paused ? 0 : Math.max(0, Date.now() / 1000 + this.skew - now);
    const text = `${clock(item + gone)} · ${clock(seconds + gone)} of ${clock(planned)}${paused ? " · paused" : ""}`;
    if (this.times.textContent !== text) this.times.textContent = text;
    if (this.sent && Date.now() - this.sent.at > PATIENCE) {
      this.sent = null;
      this.message.textContent = "No answer yet: try again.";
      this.render();
    }
  }
}

export default mounted(Meeting);
