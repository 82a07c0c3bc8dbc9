// What one of several of the same name is called where nothing around it says whose it is.

/** @param {string} name @param {string} team */
export function ofTeam(name, team) {
  return team ? `${name}, ${team}` : name;
}
