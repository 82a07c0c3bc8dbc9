// A key that does something from anywhere on a page, but where somebody types.

/** @param {string} key @param {() => void} act @returns {() => void} */
export function onShortcut(key, act) {
  /** @param {KeyboardEvent} event */
  const hear = (event) => {
    if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    event.preventDefault();
    act();
  };
  window.addEventListener("keydown", hear);
  return () => window.removeEventListener("keydown", hear);
}

/** @param {Event} event */
function typing(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}
