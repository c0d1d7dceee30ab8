import type { Failure } from '@quarry/contracts';

/** Data that cannot be used, with a sentence that names the thing, its value and the way out. Caught at the part's edge and returned. */
export class DataRefused extends Error {
  constructor(
    message: string,
    readonly code: 'data-refused' | 'no-such-dataset' | 'crashed' = 'data-refused',
  ) {
    super(message);
  }

  get failure(): Failure {
    return { code: this.code, message: this.message, position: null, diagnostics: [] };
  }
}
