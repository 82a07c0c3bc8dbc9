// Writes a cookie for this site alone, kept for a year. It also comes along when somebody
// follows a link to here (Lax): who opens one from a mail is still who they were.

/** @import { Mounted } from "../shared/types" */

const YEAR = 365 * 24 * 60 * 60;

/** @param {Mounted<{ shown: [{ name: string, value: string }] }>} component */
export default function ({ data: { shown: [{ name, value }] } }) {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${YEAR}${secure}`;
}
