/** Marks our own requests: a form on another site cannot send this header. */
export const writeHeader = { 'x-quarry': '1' };
