// Fast suites are `*.spec.ts`; suites that need seconds, a server or a browser are `*.slow.spec.ts`. Among these, those
// that hold limits of time or memory, kill processes or drive a browser have the machine to themselves.
const alone = [
  'cli/src/interrupt.slow.spec.ts',
  'libs/platform/src/database/cluster/*.slow.spec.ts',
  'libs/runner/src/{compile,hostile,sandbox}/**/*.slow.spec.ts',
  'studio/**/*.slow.spec.ts',
  'workers/**/*.slow.spec.ts',
].map((path) => `${import.meta.dirname}/${path}`);

const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^@quarry/engine$': '<rootDir>/libs/engine/src/index.ts',
    '^@quarry/engine/(core|host|testing)$': '<rootDir>/libs/engine/src/$1.ts',
    '^@quarry/platform/(queue|database|artifacts|embedded|config)$': '<rootDir>/libs/platform/src/$1/index.ts',
    '^@quarry/(notebook|contracts|runner)$': '<rootDir>/libs/$1/src/index.ts',
    '^@quarry/contracts/display$': '<rootDir>/libs/contracts/src/display.ts',
    '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'],
  },
  modulePathIgnorePatterns: ['/dist/', '/.quarry/', '/.tmp/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};

export default {
  // How long a test takes is no fact about the domain: this only ends one that hangs.
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'fast',
      rootDir: import.meta.dirname,
      testMatch: ['<rootDir>/**/*.spec.ts'],
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '\\.slow\\.spec\\.ts$'],
    },
    {
      ...shared,
      displayName: 'slow',
      rootDir: import.meta.dirname,
      testMatch: ['<rootDir>/**/*.slow.spec.ts', ...alone.map((path) => `!${path}`)],
    },
    {
      ...shared,
      displayName: 'alone',
      rootDir: import.meta.dirname,
      testMatch: alone,
    },
  ],
};
