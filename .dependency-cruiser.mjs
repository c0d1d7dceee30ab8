import { doors, parts, platformFolders } from './tools/law/law.mjs';

// Specs, and the helpers of specs.
const spec = '(?:\\.spec\\.ts|/(?:testing|hostile)/[^/]+\\.ts)$';
const npmTypes = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];
const anyOf = (names) => `(?:${names.join('|')})`;
const below = (paths) => `^${anyOf(paths)}(?:/|\\.|-|$)`;
const packages = (names) => `(?:^|/)node_modules/${anyOf(names)}(?:/|$)`;
const nothing = '^$';

const everywhere = Object.values(parts).map((part) => part.path);

function rulesOf([name, part]) {
  const inside = Object.values(parts).filter((other) => other !== part && other.path.startsWith(`${part.path}/`));
  const from = {
    path: below([part.path]),
    pathNot: [...inside.map((other) => below([other.path])), ...(part.withSpecs ? [] : [spec])],
  };
  const allowed = [part.path, ...part.may.map((other) => parts[other].path)];
  const rules = [
    {
      name: `${name}-imports`,
      comment: `${name} may import ${part.may.join(', ') || 'no other part'}`,
      severity: 'error',
      from,
      to: { path: below([...everywhere, 'tools']), pathNot: below(allowed) },
    },
    {
      name: `${name}-npm`,
      comment: `${name} may touch ${part.npm.join(', ') || 'no npm package'}`,
      severity: 'error',
      from,
      to: {
        dependencyTypes: npmTypes,
        pathNot: packages([...part.npm, ...(part.withSpecs ? ['@jest', ...part.specNpm] : [])]),
      },
    },
  ];
  if (!part.builtins) {
    rules.push({
      name: `${name}-builtins`,
      comment: `${name} runs without Node`,
      severity: 'error',
      from: { ...from, pathNot: [...from.pathNot, ...(part.withSpecs ? [spec] : [])] },
      to: { dependencyTypes: ['core'] },
    });
  }
  return rules;
}

export default {
  forbidden: [
    ...Object.entries(parts).flatMap(rulesOf),
    ...doors.map(({ packages: names, door }) => ({
      name: `door-${names[0]}`,
      comment: `${names.join(', ')} only in ${door}`,
      severity: 'error',
      from: { path: below(everywhere), pathNot: [below([door]), spec] },
      to: { path: packages(names) },
    })),
    ...platformFolders.map((folder) => ({
      name: `platform-${folder}-strangers`,
      comment: 'The folders of platform are strangers to each other',
      severity: 'error',
      from: { path: below([`libs/platform/src/${folder}`]), pathNot: [spec] },
      to: { path: '^libs/platform/src/', pathNot: below([`libs/platform/src/${folder}`]) },
    })),
    {
      name: 'tools-are-not-imported',
      comment: 'tools serve developers and set-up; nothing that ships imports them',
      severity: 'error',
      from: { path: below(everywhere), pathNot: [spec] },
      to: { path: '^tools/' },
    },
    {
      name: 'no-circles',
      comment: 'Files that import each other cannot be read one at a time; types alone may',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: { pathNot: nothing }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:libs/[^/]+|api|workers|cli|studio)/(?:dist|\\.angular)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
