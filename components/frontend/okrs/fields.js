// The cells that a row has, and what they are called.

export const FIELDS = {
  objective: ["name", "ambition", "scope", "owner", "supports", "guardrails"],
  "key result": ["name", "kind", "start", "target", "unit", "steps", "hold_periods", "weight", "owner", "kpi"],
};
export const LABELS = {
  name: "Name", ambition: "Ambition", scope: "Whose", owner: "Owner", supports: "Supports", guardrails: "Guardrails",
  kind: "Kind", start: "From", target: "To", unit: "Unit", steps: "Steps", hold_periods: "Periods to hold", weight: "Weight", kpi: "Fed by KPI", state: "State",
};
export const HINTS = {
  owner: "nobody", supports: "supports nothing", guardrails: "no guardrail", start: "from", target: "to", unit: "unit",
  steps: "steps, ; between", hold_periods: "periods", weight: "1", kpi: "typed by hand",
};
export const NUMBERS = ["start", "target", "weight", "hold_periods"];
