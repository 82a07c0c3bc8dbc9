// As much of a page as rows of a grid need: elements that hold children, classes and attributes.

class ClassList extends Set {
  toggle(name, isThere = !this.has(name)) {
    if (isThere) this.add(name);
    else this.delete(name);
    return isThere;
  }

  remove(name) {
    this.delete(name);
  }
}

class Element extends EventTarget {
  constructor(tag) {
    super();
    Object.assign(this, { tag, children: [], dataset: {}, attributes: new Map(), classList: new ClassList(), value: "", parent: null });
    this.style = { setProperty: () => {} };
  }

  append(...children) {
    for (const child of children) {
      if (child instanceof Element) child.parent = this;
      this.children.push(child);
    }
  }

  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((one) => one !== this);
    this.parent = null;
  }

  insertBefore(node, place) {
    node.remove();
    node.parent = this;
    this.children.splice(place ? this.children.indexOf(place) : this.children.length, 0, node);
  }

  get isConnected() {
    return this === globalThis.document.body || Boolean(this.parent?.isConnected);
  }

  get firstElementChild() {
    return this.children[0] ?? null;
  }

  get nextElementSibling() {
    return this.parent.children[this.parent.children.indexOf(this) + 1] ?? null;
  }

  get textContent() {
    return this.children.map((child) => (child instanceof Element ? child.textContent : child)).join("");
  }

  set textContent(text) {
    this.children = text ? [text] : [];
  }

  setAttribute(name, value) {
    this.attributes.set(name, value);
    if (name === "class") value.split(" ").forEach((one) => this.classList.add(one));
    if (name === "id") this.id = value;
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  isEqualNode(other) {
    return other.textContent === this.textContent && other.id === this.id;
  }

  contains(node) {
    return node === this || this.children.some((child) => child instanceof Element && child.contains(node));
  }

  closest() {
    return null;
  }

  // By their tags alone.
  querySelectorAll(tags) {
    const inner = this.children.filter((child) => child instanceof Element);
    return inner.flatMap((child) => [...(tags.split(", ").includes(child.tag) ? [child] : []), ...child.querySelectorAll(tags)]);
  }

  getRootNode() {
    return globalThis.document;
  }

  focus() {
    globalThis.document.activeElement = this;
  }

  click() {
    this.dispatchEvent(new Event("click"));
  }
}

class Input extends Element {
  select() {}

  setSelectionRange() {}
}

class Page {
  constructor() {
    this.body = new Element("body");
    this.activeElement = this.body;
  }

  createElement(tag) {
    return tag === "input" ? new Input(tag) : new Element(tag);
  }

  addEventListener() {}
}

const page = new Page();

// The page on which grids are drawn; what tells elements apart in a browser does so here.
export function openPage() {
  Object.assign(globalThis, {
    window: new EventTarget(),
    Element, HTMLElement: Element, Node: Element, HTMLInputElement: Input, Document: Page, document: page,
    HTMLSelectElement: class {}, HTMLTextAreaElement: class {}, ShadowRoot: class {},
  });
  return page;
}
