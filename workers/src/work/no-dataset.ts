import type { Failure } from '@quarry/contracts';

export function noDataset(id: string): Failure {
  return {
    code: 'no-such-dataset',
    message: `Dataset ${id} has no such version any more. Choose a dataset that is ready.`,
    position: null,
    diagnostics: [],
  };
}
