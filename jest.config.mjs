// Fast suites are `*.spec.ts`; suites that need seconds, a server or a browser are `*.slow.spec.ts`. Those of the engine
// only compute, so that they can run side by side.
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
      displayName: 'laws',
      rootDir: import.meta.dirname,
      testMatch: ['<rootDir>/libs/engine/**/*.slow.spec.ts'],
    },
    {
      ...shared,
      displayName: 'slow',
      rootDir: import.meta.dirname,
      testMatch: ['<rootDir>/**/*.slow.spec.ts'],
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '<rootDir>/libs/engine/'],
    },
  ],
};
