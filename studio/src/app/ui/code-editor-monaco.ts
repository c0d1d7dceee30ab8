import * as monaco from 'monaco-editor';
import { quarryDark } from './code-editor-theme';

export { monaco };

let ready: Promise<void> | undefined;

/** Sets Monaco up once: workers from our own origin, the theme, and the engine's types for completion and hover. */
export function prepareMonaco(): Promise<void> {
  ready ??= prepare();
  return ready;
}

async function prepare(): Promise<void> {
  globalThis.MonacoEnvironment = { getWorker: (_id, label) => (label === 'typescript' ? typescript() : plain()) };
  linkStyles();
  monaco.editor.defineTheme('quarry-dark', quarryDark);

  const { typescriptDefaults, ScriptTarget, ModuleKind, ModuleResolutionKind } = monaco.typescript;
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    lib: ['lib.es2023.d.ts'],
    strict: true,
    noUncheckedIndexedAccess: false,
    allowNonTsExtensions: true,
    noEmit: true,
    types: [],
  });
  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.addExtraLib(await engineTypes(), 'file:///node_modules/@quarry/engine/index.d.ts');
}

function plain(): Worker {
  return new Worker(new URL('./code-editor.worker', import.meta.url), { type: 'module' });
}

function typescript(): Worker {
  return new Worker(new URL('./code-editor-ts.worker', import.meta.url), { type: 'module' });
}

/** What a strategy may import, rolled up by the build of the runner. */
async function engineTypes(): Promise<string> {
  const response = await fetch('types/engine.d.ts');
  if (!response.ok) console.warn('The engine’s types are missing: no completion for @quarry/engine.');
  return response.ok ? response.text() : 'export {};';
}

/** Styles of a lazy script are not linked by the build, so the editor's are a style bundle of their own. */
function linkStyles(): void {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = 'monaco.css';
  document.head.append(link);
}
