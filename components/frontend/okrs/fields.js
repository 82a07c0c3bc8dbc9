// The cells that a row has, and what they are called.

/** @type {Record<import("./types").Target, string[]>} */
export const FIELDS = {
  objective: ["name", "ambition", "scope", "owner", "supports", "guardrails"],
  "key result": ["name", "kind", "start", "target", "unit", "steps", "hold_periods", "weight", "owner", "kpi"],
};
/** @type {Record<string, string>} */
export const LABELS = {
  name: "Name", ambition: "Ambition", scope: "Whose", owner: "Owner", supports: "Supports", guardrails: "Guardrails",
  kind: "Kind", start: "From", target: "To", unit: "Unit", steps: "Steps", hold_periods: "Periods to hold", weight: "Weight", kpi: "Fed by KPI", state: "State",
};
/** @type {Record<string, string>} */
export const HINTS = {
  owner: "nobody", supports: "supports nothing", guardrails: "no guardrail", start: "from", target: "to", unit: "unit",
  steps: "steps, ; between", hold_periods: "periods", weight: "1", kpi: "typed by hand",
};
export const NUMBERS = ["start", "target", "weight", "hold_periods"];
/** @type {Record<string, string[]>} */
export const NEEDED = { metric: ["start", "target"], milestone: ["steps"], hold: ["hold_periods"] };
/** @type {Record<string, "people" | "supportable" | "kpis">} */
export const LISTS = { owner: "people", supports: "supportable", guardrails: "kpis", kpi: "kpis" };
export const SEVERAL = ["supports", "guardrails"];
