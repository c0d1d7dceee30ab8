import type { StrategySource } from '@quarry/contracts';

export type Files = StrategySource['files'];

const key = (strategyId: string) => `quarry.draft.${strategyId}`;

/** Unsaved edits of a strategy, kept in this browser until they are saved or thrown away. */
export const drafts = {
  read(strategyId: string): Files | null {
    try {
      const files: unknown = JSON.parse(localStorage.getItem(key(strategyId)) ?? 'null');
      return isFiles(files) ? files : null;
    } catch {
      return null;
    }
  },

  write(strategyId: string, files: Files): void {
    localStorage.setItem(key(strategyId), JSON.stringify(files));
  },

  drop(strategyId: string): void {
    localStorage.removeItem(key(strategyId));
  },

  /** Drops the draft if it is what has been saved; what was typed since stays. */
  dropSaved(strategyId: string, saved: Files): void {
    const draft = drafts.read(strategyId);
    if (draft && sameFiles(draft, saved)) drafts.drop(strategyId);
  },
};

export function sameFiles(a: Files, b: Files): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}

function isFiles(value: unknown): value is Files {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((content) => typeof content === 'string')
  );
}
