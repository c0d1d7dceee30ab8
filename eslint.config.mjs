import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

const purity = [
  { object: 'Math', property: 'random', message: 'Randomness comes from the Rng you were given.' },
  { object: 'Date', property: 'now', message: 'Time comes from the bar.' },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.nx/**',
      '.tmp/**',
      '**/.quarry/**',
      '**/.angular/**',
      'studio/.engine-types/**',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `!` on a typed-array read is how `noUncheckedIndexedAccess` is told that the index is in range.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Nest modules and Angular components are classes that carry only a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      'no-console': 'off',
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/config.ts', '**/config/*.ts', '**/*.spec.ts', '**/testing/*.ts', 'tools/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'process.env is read in config.ts files only.',
        },
        { selector: 'TSEnumDeclaration', message: 'A set of names is a union, not an enum.' },
      ],
    },
  },
  {
    files: ['libs/engine/src/**/*.ts', 'strategies/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-properties': ['error', ...purity],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date']", message: 'Time comes from the bar.' },
        { selector: "Identifier[name='Promise']", message: 'The engine is synchronous.' },
        { selector: ':function[async=true]', message: 'The engine is synchronous.' },
      ],
      // Where there is no promise, none is misused; these three take most of the time of a lint.
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
    },
  },
  {
    files: ['studio/src/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
  },
  {
    files: ['studio/src/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
);
