export interface ServerSentEvent {
  /** Its number in the stream; empty where it has none. */
  readonly id: string;
  readonly data: string;
}

/** Server-sent events as they come out of a body (WHATWG HTML, 9.2.6), by their `id` and `data` fields. */
export async function* serverSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split(/\r?\n\r?\n/);
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split(/\r?\n/).map((line) => /^(id|data): ?(.*)$/s.exec(line));
      const of = (name: string): string[] => lines.filter((line) => line?.[1] === name).map((line) => line?.[2] ?? '');
      const data = of('data');
      if (data.length > 0) yield { id: of('id').at(-1) ?? '', data: data.join('\n') };
    }
  }
}
