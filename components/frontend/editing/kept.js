// What is typed into a form and not safe yet: kept in the tab, so that a reload finds it again.

/** @import { KeptForm } from "./types" */

const FORM = "milepost:form";

/** @param {string} name @returns {KeptForm | null} */
export function kept(name) {
  try {
    const form = JSON.parse(sessionStorage.getItem(`${FORM} ${name}`) ?? "null");
    return Array.isArray(form?.values) ? form : null;
  } catch {
    return null;
  }
}

// A tab that may keep nothing still holds what is typed until it is reloaded.
/** @param {string} name @param {KeptForm} form */
export function keep(name, form) {
  try {
    sessionStorage.setItem(`${FORM} ${name}`, JSON.stringify(form));
  } catch {
    return;
  }
}

/** @param {string} name */
export function drop(name) {
  try {
    sessionStorage.removeItem(`${FORM} ${name}`);
  } catch {
    return;
  }
}
