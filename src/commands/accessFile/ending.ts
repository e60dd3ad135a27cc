/** What the names of access files end with. The manifest says so, too. */
export const ending = '.access.json';
