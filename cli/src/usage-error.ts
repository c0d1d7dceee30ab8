/** What the person at the keyboard can mend: one sentence that names the thing, its value and the way out. */
export class UsageError extends Error {}
