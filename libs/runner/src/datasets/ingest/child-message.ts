/** What the process that reads a file says: how far it is, and how it ended. */
export type ChildMessage =
  | { readonly type: 'progress'; readonly phase: string; readonly done: number }
  | { readonly type: 'done' }
  | { readonly type: 'refused' | 'failed'; readonly message: string };

/** The child has read bytes that anybody may have made, so its words are checked. Null for what is no message. */
export function childMessage(raw: unknown): ChildMessage | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { type, phase, done, message } = raw as Record<string, unknown>;
  if (type === 'done') return { type };
  if (type === 'progress' && typeof phase === 'string' && typeof done === 'number') return { type, phase, done };
  if ((type === 'refused' || type === 'failed') && typeof message === 'string') return { type, message };
  return null;
}
