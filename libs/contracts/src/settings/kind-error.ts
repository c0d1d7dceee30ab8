/** What is said where a model's kind is none of ours. */
export function kindError(name: string, kinds: readonly string[]) {
  return {
    error: ({ input }: { readonly input?: unknown }) => {
      const kind = (input as { readonly kind?: unknown } | null | undefined)?.kind;
      return `${name} of kind "${String(kind)}" is unknown. Kinds are ${kinds.join(', ')}.`;
    },
  };
}
