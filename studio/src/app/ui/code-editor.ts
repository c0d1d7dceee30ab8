import { Component, DestroyRef, ElementRef, effect, inject, input, output, signal, viewChild } from '@angular/core';
import type { Diagnostic, SourcePosition } from '@quarry/contracts';
import type { editor } from 'monaco-editor';
import { CodeModels } from './code-editor-models';

/** Words to show behind a line, such as what the strategy logged there. */
export interface LineNote {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly level: 'quiet' | 'warn' | 'error';
}

/** Monaco, loaded when first shown. The one door to it. */
@Component({
  selector: 'q-code-editor',
  template: `
    <div #host class="host"></div>
    @if (!loaded()) {
      <p class="loading" role="status">Loading the editor…</p>
    }
  `,
  styles: `
    :host {
      position: relative;
      display: block;
      min-height: 0;
    }
    .host {
      position: absolute;
      inset: 0;
    }
    .loading {
      padding: 16px 24px;
      color: var(--faint);
    }
  `,
})
export class CodeEditor {
  /** Names the document: another key means other files, with an undo history of their own. */
  readonly document = input.required<string>();
  readonly files = input.required<Readonly<Record<string, string>>>();
  readonly active = input.required<string>();
  readonly readOnly = input(false);
  readonly diagnostics = input<readonly Diagnostic[]>([]);
  readonly notes = input<readonly LineNote[]>([]);
  /** A place to jump to; a new object jumps again. */
  readonly reveal = input<SourcePosition | null>(null);
  readonly edited = output<{ readonly path: string; readonly text: string }>();

  protected readonly loaded = signal(false);
  private readonly host = viewChild.required<ElementRef<HTMLElement>>('host');
  private readonly models = signal<CodeModels | null>(null);
  private readonly destroyed = inject(DestroyRef);

  constructor() {
    void this.load();
    effect(() => this.models()?.show(this.document(), this.files(), this.active()));
    effect(() => this.models()?.editor.updateOptions({ readOnly: this.readOnly() }));
    effect(() => this.models()?.mark(this.document(), this.files(), this.diagnostics()));
    effect(() => this.models()?.annotate(this.document(), this.active(), this.notes()));
    effect(() => {
      const place = this.reveal();
      if (place) this.models()?.reveal(place);
    });
  }

  private async load(): Promise<void> {
    const { monaco, prepareMonaco } = await import('./code-editor-monaco');
    await prepareMonaco();
    if (this.destroyed.destroyed) return;

    const instance = monaco.editor.create(this.host().nativeElement, editorOptions);
    const models = new CodeModels(monaco, instance, (path, text) => this.edited.emit({ path, text }));
    this.destroyed.onDestroy(() => models.dispose());
    this.models.set(models);
    this.loaded.set(true);
  }
}

const editorOptions: editor.IStandaloneEditorConstructionOptions = {
  model: null,
  theme: 'quarry-dark',
  automaticLayout: true,
  ariaLabel: 'Strategy code. Ctrl+M lets Tab leave the editor.',
  fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSize: 13,
  lineHeight: 20,
  fontLigatures: false,
  minimap: { enabled: false },
  overviewRulerBorder: false,
  scrollBeyondLastLine: false,
  renderLineHighlightOnlyWhenFocus: true,
  padding: { top: 12, bottom: 12 },
  lineNumbersMinChars: 4,
  folding: false,
  glyphMargin: false,
  tabSize: 2,
  smoothScrolling: true,
  fixedOverflowWidgets: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  wordBasedSuggestions: 'off',
  stickyScroll: { enabled: false },
  'semanticHighlighting.enabled': true,
};
