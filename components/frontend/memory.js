// Writes a cookie for this site alone, kept for a year.

const YEAR = 365 * 24 * 60 * 60;

export default function ({ data: { name, value } }) {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; SameSite=Strict; Max-Age=${YEAR}${secure}`;
}
