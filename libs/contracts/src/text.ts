import * as z from 'zod';

/** Text that every part can keep: PostgreSQL takes no NUL, and UTF-8 has no lone surrogates. */
export const Text = z.string().regex(/^[^\0\p{Cs}]*$/u, 'has a NUL character or half of a surrogate pair');
