/**
 * A text as a CSV cell. One that a spreadsheet would take for a formula (it begins with = + - @, tab, return or NUL) gets an apostrophe
 * before it (OWASP ASVS 1.2.10); numbers never pass here, so a negative one stays as it is.
 */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r\0]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
