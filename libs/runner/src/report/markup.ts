/** HTML that is safe to put on a page: made only by `html`, which escapes whatever is not markup itself. */
export class Markup {
  constructor(readonly text: string) {}
}

type Hole = Markup | readonly Markup[] | string | number | null;

/** Fills a template of HTML. Text and numbers are escaped, markup is kept, null leaves nothing. */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return new Markup(strings.reduce((text, part, i) => text + fill(holes[i - 1] ?? null) + part));
}

/** A value as the content of an inline script, in which `</script>` or `<!--` would end or change the script. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function fill(hole: Hole): string {
  if (hole === null) return '';
  if (hole instanceof Markup) return hole.text;
  if (typeof hole === 'object') return hole.map((part) => part.text).join('');
  return escapeText(String(hole));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that turn the direction of what follows would let a name pass for another; they are left out. */
const directions = /[\u202a-\u202e\u2066-\u2069]/g;

function escapeText(text: string): string {
  return text.replace(directions, '').replace(/[&<>"']/g, (c) => entities[c] ?? c);
}
