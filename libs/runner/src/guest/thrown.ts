/** The name that a strategy's script has inside the isolate; the host maps its lines back to the user's files. */
const scriptName = 'quarry:strategy';

const maxMessage = 2000;

/** Something a strategy threw, in words and as a place in its script (lines and columns from 1; 0 where unknown). */
export interface Thrown {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Reads whatever was thrown, which need not be an error, nor willing to be read. */
export function describeThrown(thrown: unknown): Thrown {
  try {
    return { message: messageOf(thrown).slice(0, maxMessage), ...positionInStrategy(thrown) };
  } catch {
    return { message: 'The strategy threw something that cannot be read.', line: 0, column: 0 };
  }
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) {
    const message = String(thrown.message);
    const name = String(thrown.name);
    return name === 'Error' ? message || 'Error' : `${name}: ${message}`;
  }
  if (typeof thrown === 'object' && thrown !== null) return 'The strategy threw an object that is not an Error.';
  return `The strategy threw ${typeof thrown === 'string' ? JSON.stringify(thrown.slice(0, maxMessage)) : String(thrown)}.`;
}

/** The innermost place of the strategy's own code on an error's stack. */
export function positionInStrategy(thrown: unknown): { line: number; column: number } {
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  if (typeof stack !== 'string') return { line: 0, column: 0 };
  const at = stack.indexOf(`${scriptName}:`);
  const place =
    at < 0 ? null : /^(\d{1,9}):(\d{1,9})/.exec(stack.slice(at + scriptName.length + 1, at + scriptName.length + 21));
  return place ? { line: Number(place[1]), column: Number(place[2]) } : { line: 0, column: 0 };
}
