// Runs before everything else: zod reads this when schemas are made, and would otherwise probe `new Function`,
// which our content security policy forbids and reports.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
