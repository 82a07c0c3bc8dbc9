// An editor laid over what it edits: sends what was typed, waits, and tells what became of it.

const PATIENCE = 10000;
let sent = 0;

class Editor {
  // `fields` are the labelled inputs; `read` gives the edit or a text that says what is missing.
  constructor({ host, label, fields, first, read, send, version, unit, onClose }) {
    Object.assign(this, { host, first, read, send, seen: version, unit, onClose });
    this.message = element("div", { class: "message", role: "alert", id: `message-${++sent}` });
    this.save = element("button", { type: "submit", class: "primary" }, "Save");
    this.leave = button("Cancel", { onclick: () => this.close() });
    this.fields = element("fieldset", {}, ...fields, this.message);
    this.actions = element("div", { class: "actions" }, this.save, this.leave);
    this.form = element(
      "form",
      { class: "editor", "aria-label": label, novalidate: true, autocomplete: "off" },
      this.fields,
      this.actions,
    );
    first.setAttribute("aria-describedby", this.message.id);
    this.listen();
    host.append(this.form);
    this.focus();
  }

  listen() {
    keepKeys(this.form);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.token) this.close();
    });
    this.form.addEventListener("input", () => (this.touched = true));
  }

  focus() {
    this.first.focus({ preventScroll: true });
    this.first.select?.();
  }

  submit() {
    if (this.token) return;
    const edit = this.read();
    if (typeof edit === "string") {
      this.complain(edit);
      return;
    }
    this.typed = edit.typed;
    this.token = `${Date.now()}-${++sent}`;
    this.busy(true);
    this.say("");
    this.send({ ...edit, seen: this.seen, sure: this.sure === edit.typed, token: this.token });
    this.waiting = setTimeout(() => this.giveUp(), PATIENCE);
  }

  busy(yes) {
    this.fields.disabled = yes;
    this.save.disabled = yes;
    this.leave.disabled = yes;
    this.save.textContent = yes ? "Saving…" : "Save";
    this.form.setAttribute("aria-busy", String(yes));
    if (!yes) {
      clearTimeout(this.waiting);
      this.token = null;
    }
  }

  giveUp() {
    this.busy(false);
    this.complain("No answer yet. What you typed is still here: press Enter to send it again.");
  }

  // An answer is for this editor only if it carries the token of what was sent last.
  hear(answer) {
    if (!this.token || answer?.token !== this.token) return null;
    this.busy(false);
    if (answer.kind === "saved") this.close();
    else if (answer.kind === "conflict" && answer.theirs) this.ask(answer.theirs);
    else if (answer.kind === "doubtful") this.doubt(answer.message);
    else this.complain(answer.message || "This was not saved. Please try again.");
    return answer.kind;
  }

  complain(text) {
    this.say(text);
    this.first.setAttribute("aria-invalid", "true");
    this.focus();
  }

  say(text) {
    this.message.textContent = text;
    this.first.removeAttribute("aria-invalid");
    this.settle();
  }

  ask(theirs) {
    const mine = this.typed || "your words";
    this.say(contested(theirs, mine));
    const insist = () => {
      this.seen = theirs.version;
      this.settle();
      this.submit();
    };
    const again = () => {
      this.seen = theirs.version;
      this.say("");
      this.focus();
    };
    this.question([
      button(`Keep ${theirs.value ?? "it empty"}`, { onclick: () => this.close() }),
      button("Type another", { onclick: again }),
      button(`Save ${mine}`, { class: "primary", onclick: insist }),
    ]);
  }

  // An unlikely value is asked about once; another one is another question.
  doubt(message) {
    this.say(`Really ${this.typed}? ${message}`);
    const change = () => {
      this.say("");
      this.focus();
    };
    const insist = () => {
      this.sure = this.typed;
      this.settle();
      this.submit();
    };
    this.question([
      button("Change it", { onclick: change }),
      button(`Save ${this.typed}`, { class: "primary", onclick: insist }),
    ]);
  }

  question(answers) {
    this.asked = element("div", { class: "actions" }, ...answers);
    this.actions.replaceWith(this.asked);
    this.fields.classList.add("asking");
    answers[0].focus({ preventScroll: true });
  }

  settle() {
    this.asked?.replaceWith(this.actions);
    this.asked = null;
    this.fields.classList.remove("asking");
  }

  close() {
    clearTimeout(this.waiting);
    this.form.remove();
    this.onClose();
  }
}

function contested({ value, who, at }, mine) {
  const saved = value === null ? "took it away" : `saved ${value}`;
  return `${who ?? "Somebody"} ${saved}${clock(at)}. You typed ${mine}.`;
}

function clock(at) {
  if (!at) return "";
  const moment = new Date(at);
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (moment.toDateString() === new Date().toDateString()) return ` at ${time}`;
  const day = moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return ` on ${day} at ${time}`;
}

function field(label, input) {
  return element("label", {}, element("span", {}, label), input);
}

function numberInput(value, hint) {
  const input = element("input", { inputmode: "decimal", placeholder: hint, maxlength: 40 });
  input.value = value;
  return input;
}

function noteInput(label, value = "") {
  const input = element("input", { maxlength: 2000, placeholder: "optional" });
  input.value = value;
  return [input, field(label, input)];
}

// Opens one editor on a thing; another that nobody has typed into gives way.
function openEditor(editors, id, create) {
  if (editors.has(id)) {
    editors.get(id).focus();
    return;
  }
  for (const other of [...editors.values()]) if (!other.touched && !other.token) other.close();
  editors.set(id, create(() => editors.delete(id)));
}

function hearAnswer(editors, answer, tick) {
  const editor = answer && editors.get(answer.id);
  if (editor?.hear(answer) === "saved") tick(answer.id);
  for (const other of editors.values()) if (answer && other !== editor) other.hear(answer);
}
