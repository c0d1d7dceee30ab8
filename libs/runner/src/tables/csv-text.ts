/** A text that a spreadsheet would take for a formula, or one that an apostrophe already keeps from it. */
const formula = /^'*[=+\-@\t\r\0]/;

/**
 * A text as a CSV cell. One that a spreadsheet would take for a formula (it begins with = + - @, tab, return or NUL) gets an apostrophe
 * before it (OWASP ASVS 1.2.10); numbers never pass here, so a negative one stays as it is.
 */
export function csvText(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell, without the apostrophe that `csvText` put before it. */
export function textOfCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
