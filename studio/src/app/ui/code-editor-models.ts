import type { Diagnostic, SourcePosition } from '@quarry/contracts';
import type * as Monaco from 'monaco-editor';
import type { LineNote } from './code-editor';

/** Monaco's models for the files of one document at a time, with their squiggles and line notes. */
export class CodeModels {
  private document = '';
  private readonly notes: Monaco.editor.IEditorDecorationsCollection;
  private readonly forever: Monaco.IDisposable[] = [];
  private readonly listeners: Monaco.IDisposable[] = [];
  private writing = false;
  private found: readonly Diagnostic[] = [];

  constructor(
    private readonly monaco: typeof Monaco,
    readonly editor: Monaco.editor.IStandaloneCodeEditor,
    private readonly onEdit: (path: string, text: string) => void,
  ) {
    this.notes = editor.createDecorationsCollection();
    this.forever.push(
      monaco.editor.onDidChangeMarkers((uris) => {
        for (const uri of uris) this.squiggle(monaco.editor.getModel(uri));
      }),
    );
  }

  /** Brings the models in line with the files, keeping undo history where only text changed, and shows the active one. */
  show(document: string, files: Readonly<Record<string, string>>, active: string): void {
    if (document !== this.document) this.clear();
    this.document = document;
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    const model = this.model(active);
    if (model && this.editor.getModel() !== model) this.editor.setModel(model);
  }

  /** Squiggles for the check run's findings; those that Monaco's own type check already shows are left out. */
  mark(document: string, files: Readonly<Record<string, string>>, diagnostics: readonly Diagnostic[]): void {
    if (document !== this.document) return;
    this.found = diagnostics;
    for (const path of Object.keys(files)) this.squiggle(this.model(path));
  }

  annotate(document: string, active: string, notes: readonly LineNote[]): void {
    if (document !== this.document) return;
    const lines = this.editor.getModel()?.getLineCount() ?? 0;
    const shown = notes.filter(({ file, line }) => file === active && line >= 1 && line <= lines);
    this.notes.set(shown.map((note) => this.decoration(note)));
  }

  reveal({ line, column }: SourcePosition): void {
    const place = { lineNumber: line, column };
    this.editor.revealPositionInCenter(place);
    this.editor.setPosition(place);
    this.editor.focus();
  }

  dispose(): void {
    this.clear();
    for (const listener of this.forever) listener.dispose();
    this.editor.dispose();
  }

  private write(path: string, text: string): void {
    const model = this.model(path);
    if (!model) return this.create(path, text);
    if (model.getValue() === text) return;
    this.writing = true;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    this.writing = false;
  }

  private create(path: string, text: string): void {
    const model = this.monaco.editor.createModel(text, 'typescript', this.uri(path));
    const listener = model.onDidChangeContent(() => {
      if (!this.writing) this.onEdit(path, model.getValue());
    });
    this.listeners.push(listener, model);
  }

  private clear(): void {
    this.editor.setModel(null);
    for (const listener of this.listeners.splice(0)) listener.dispose();
  }

  private model(path: string): Monaco.editor.ITextModel | null {
    return this.monaco.editor.getModel(this.uri(path));
  }

  private uri(path: string): Monaco.Uri {
    return this.monaco.Uri.from({ scheme: 'file', path: `/${this.document}/${path}` });
  }

  private squiggle(model: Monaco.editor.ITextModel | null): void {
    if (!model) return;
    const markers = this.monaco.editor.getModelMarkers({ resource: model.uri });
    const shown = (one: Diagnostic) =>
      markers.some(
        ({ owner, startLineNumber, code }) =>
          owner !== 'quarry' && startLineNumber === one.line && `TS${String(code)}` === one.code,
      );
    const own = this.found.filter((one) => this.uri(one.file).path === model.uri.path && !shown(one));
    // Setting markers is itself a change of markers: only where it changes anything.
    if (own.length !== markers.filter(({ owner }) => owner === 'quarry').length) {
      this.monaco.editor.setModelMarkers(
        model,
        'quarry',
        own.map((one) => this.marker(one)),
      );
    }
  }

  private marker(one: Diagnostic): Monaco.editor.IMarkerData {
    const { Error, Warning } = this.monaco.MarkerSeverity;
    return {
      severity: one.severity === 'error' ? Error : Warning,
      startLineNumber: one.line,
      startColumn: one.column,
      endLineNumber: one.endLine,
      endColumn: one.endColumn,
      message: one.message,
      code: one.code,
      source: 'check run',
    };
  }

  private decoration({ line, text, level }: LineNote): Monaco.editor.IModelDeltaDecoration {
    const column = this.editor.getModel()?.getLineMaxColumn(line) ?? 1;
    return {
      range: new this.monaco.Range(line, column, line, column),
      options: {
        showIfCollapsed: true,
        after: { content: `   ${text}`, inlineClassName: `line-note line-note-${level}` },
      },
    };
  }
}
