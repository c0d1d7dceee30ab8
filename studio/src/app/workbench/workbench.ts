import { Component, computed, effect, inject, input, resource, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Router, RouterLink } from '@angular/router';
import type { CheckReport, Dataset, Run, SourcePosition, Strategy } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import { RequestRefused, sentence } from '../api/request';
import { Downloads } from '../report/downloads';
import { FailureCard } from '../report/failure-card';
import { LogPanel } from '../report/log-panel';
import { RunReport } from '../report/run-report';
import { ChartFile } from '../store/chart-file';
import { DatasetShelf } from '../store/dataset-shelf';
import { choiceFlaws } from '../store/choice-flaws';
import { freshChoices, keepChoices, onSeries, recallChoices, runOrder } from '../store/run-choices';
import type { RunChoices } from '../store/run-choices';
import { RunDesk } from '../store/run-desk';
import { SessionStore } from '../store/session-store';
import { StrategyDesk } from '../store/strategy-desk';
import { CodeEditor } from '../ui/code-editor';
import { Icon } from '../ui/icon';
import { SplitHandle } from '../ui/split-handle';
import { checkState, refusal } from './check-verdict';
import { LayoutChoice } from './layout-choice';
import type { Layout } from './layout-choice';
import { logNotes } from './log-notes';
import { NewStrategyDialog } from './new-strategy-dialog';
import { RunHistory } from './run-history';
import { RunPanel } from './run-panel';
import { RunStatus } from './run-status';
import { StrategyList } from './strategy-list';
import { UploadDialog } from './upload-dialog';

/** The page: strategies and their runs on the left, code and report in the middle, the next run on the right. */
@Component({
  selector: 'q-workbench',
  imports: [
    CodeEditor,
    Downloads,
    FailureCard,
    Icon,
    LayoutChoice,
    LogPanel,
    MatButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    RouterLink,
    RunHistory,
    RunPanel,
    RunReport,
    RunStatus,
    SplitHandle,
    StrategyList,
  ],
  host: { '(document:keydown)': 'shortcut($event)' },
  templateUrl: './workbench.html',
  styleUrl: './workbench.scss',
})
export class Workbench {
  /** Strategy and run in the address, so that a reload shows the same. */
  readonly id = input<string>();
  readonly run = input<string>();

  protected readonly session = inject(SessionStore);
  protected readonly desk = inject(StrategyDesk);
  protected readonly runs = inject(RunDesk);
  protected readonly shelf = inject(DatasetShelf);
  private readonly api = inject(QuarryApi);
  private readonly router = inject(Router);
  private readonly dialogs = inject(MatDialog);
  private readonly snacks = inject(MatSnackBar);

  protected readonly choices = signal<RunChoices>(freshChoices());
  protected readonly layout = signal<Layout>('split');
  /** Share of the height that the code has while it stands over the report. */
  protected readonly share = signal(0.42);
  protected readonly place = signal<SourcePosition | null>(null);
  protected readonly starting = signal(false);
  protected readonly pickedFile = signal<string | null>(null);

  protected readonly paths = computed(() => Object.keys(this.desk.shownFiles()).toSorted());
  protected readonly file = computed(() => {
    const picked = this.pickedFile();
    return picked && this.paths().includes(picked) ? picked : (this.desk.shown()?.source.entry ?? '');
  });
  protected readonly document = computed(() => `${this.desk.strategyId()}/${this.desk.viewed()?.hash ?? 'edited'}`);
  private opened: string | null = null;
  private readonly asSaved = computed(() => this.desk.viewed() !== null || !this.desk.dirty());
  /** The check run speaks of saved code; squiggles and notes would point astray in edited code. */
  protected readonly diagnostics = computed(() =>
    this.asSaved() ? (this.desk.shown()?.check?.diagnostics ?? []) : [],
  );
  protected readonly notes = computed(() => {
    const ran = this.runs.run()?.strategyVersion;
    return this.asSaved() && ran && ran === this.desk.shown()?.hash ? logNotes(this.runs.log()) : [];
  });
  /** The declaration of the code in view; that of the last version that passed its check while this one does not. */
  protected readonly specs = computed(() => {
    const usable = (check: CheckReport | null | undefined) => check && !refusal(check);
    const version = usable(this.desk.shown()?.check)
      ? this.desk.shown()
      : this.desk.versions().find((one) => usable(one.check));
    return version?.check?.params ?? null;
  });
  protected readonly flaws = computed(() => choiceFlaws(this.choices(), this.specs() ?? {}));
  protected readonly flawed = computed(() => Object.keys(this.flaws()).length > 0);
  protected readonly checkState = computed(() => checkState(this.desk.shown()?.check, this.desk.shown() !== null));
  protected readonly ranVersion = computed(() => {
    const hash = this.runs.run()?.strategyVersion;
    return this.desk.versions().find((version) => version.hash === hash)?.number ?? null;
  });
  protected readonly candles = resource({
    params: () => (this.runs.report()?.bars ? this.runs.run()?.id : undefined),
    loader: async ({ params }) => new ChartFile(params, await this.api.chartIndex(params)),
  });

  constructor() {
    void this.try(() => Promise.all([this.desk.load(), this.shelf.load()]));
    effect(() => {
      const id = this.id() ?? this.desk.strategies()?.[0]?.id;
      if (id) untracked(() => void this.open(id));
    });
    effect(() => {
      const first = proposed(this.shelf.datasets() ?? []);
      const known = this.shelf.datasets()?.some(({ id }) => id === this.choices().datasetId);
      if (first && !known) untracked(() => this.choose({ ...this.choices(), datasetId: first.id }));
    });
  }

  protected choose(choices: RunChoices): void {
    this.choices.set(choices);
    const id = this.desk.strategyId();
    if (id) keepChoices(id, choices);
  }

  protected async save(): Promise<void> {
    await this.try(async () => {
      const version = await this.desk.save();
      if (version) await this.desk.awaitCheck(version);
    });
  }

  /** Saves what is edited, waits for its check, and runs it; a version that does not compile is refused with the reason. */
  protected async start(): Promise<void> {
    const { datasetId } = this.choices();
    const series = this.shelf.datasets()?.find(({ id }) => id === datasetId)?.info?.series ?? [];
    const choices = onSeries(this.choices(), series);
    const strategyId = this.desk.strategyId();
    if (this.starting() || this.runs.live() || !datasetId || !strategyId || this.flawed()) return;
    this.starting.set(true);
    await this.try(async () => {
      const version = this.desk.viewed() ?? (await this.desk.save());
      if (!version) return;
      const { hash, check } = await this.desk.awaitCheck(version);
      const refused = check && refusal(check);
      const order = runOrder(hash, datasetId, check?.params ?? {}, choices);
      if (!refused && order.kind !== 'backtest') {
        const { id } = await this.api.startRun({ ...order, strategyId });
        await this.router.navigate(['/runs', id]);
        return;
      }
      if (!refused) await this.runs.start(strategyId, order);
      else if (this.desk.strategyId() === strategyId) this.runs.refuse(refused);
      this.showRun(strategyId);
    });
    this.starting.set(false);
  }

  protected async again(): Promise<void> {
    const strategyId = this.desk.strategyId();
    if (this.starting() || this.runs.live() || !strategyId) return;
    this.starting.set(true);
    await this.try(() => this.runs.again());
    this.starting.set(false);
    this.showRun(strategyId);
  }

  protected cancel(): void {
    void this.try(() => this.runs.cancel());
  }

  protected async pick(run: Run): Promise<void> {
    const strategyId = this.desk.strategyId();
    await this.try(() => this.runs.show(run.id));
    if (strategyId) this.showRun(strategyId);
  }

  protected openCodeOf(run: Run): void {
    this.desk.view(run.strategyVersion);
    if (this.layout() === 'report') this.layout.set('split');
  }

  protected jump(place: SourcePosition): void {
    const ran = this.runs.run()?.strategyVersion;
    if (!this.runs.refused() && ran) this.desk.view(ran);
    if (this.layout() === 'report') this.layout.set('split');
    this.pickedFile.set(place.file);
    this.place.set({ ...place });
  }

  protected create(): void {
    const dialog = this.dialogs.open<NewStrategyDialog, never, Strategy>(NewStrategyDialog, { width: '420px' });
    dialog.afterClosed().subscribe((strategy) => {
      if (strategy) void this.router.navigate(['/strategies', strategy.id]);
    });
  }

  protected upload(): void {
    const dialog = this.dialogs.open<UploadDialog, never, Dataset>(UploadDialog);
    dialog.afterClosed().subscribe((dataset) => {
      if (!dataset) return;
      this.choose({
        ...this.choices(),
        datasetId: dataset.id,
        symbols: [],
        interval: null,
        from: '',
        to: '',
        prices: null,
      });
    });
  }

  protected async signOut(): Promise<void> {
    await this.try(() => this.session.signOut());
    await this.router.navigateByUrl('/sign-in');
  }

  protected shortcut(event: KeyboardEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.key === 's') void this.save();
    else if (event.key === 'Enter') void this.start();
    else return;
    event.preventDefault();
  }

  private async open(id: string): Promise<void> {
    if (this.opened === id) return;
    this.opened = id;
    this.runs.open(id);
    this.choices.set({ ...recallChoices(id), datasetId: recallChoices(id).datasetId ?? this.choices().datasetId });
    const run = this.run();
    await this.try(() =>
      Promise.all([this.desk.open(id), this.runs.loadHistory(id), run ? this.runs.show(run) : null]),
    );
  }

  /** Brings the run on the desk into view and into the address, unless its strategy has been left meanwhile. */
  private showRun(strategyId: string): void {
    if (this.desk.strategyId() !== strategyId) return;
    if (this.layout() === 'code') this.layout.set('split');
    const queryParams = { run: this.runs.run()?.id };
    void this.router.navigate(['/strategies', strategyId], { queryParams, replaceUrl: true });
  }

  /** The session has ended elsewhere; edits wait in their draft. */
  private askToSignIn(): void {
    this.session.forget();
    void this.router.navigate(['/sign-in'], { queryParams: { next: this.router.url } });
  }

  private async try(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (error instanceof RequestRefused && error.status === 401) return this.askToSignIn();
      this.snacks.open(sentence(error), 'Dismiss', { duration: 10_000 });
    }
  }
}

/** What a newcomer's first run takes: the index that Quarry brings with it, else whatever there is. */
function proposed(datasets: readonly Dataset[]): Dataset | undefined {
  const ready = datasets.filter(({ info }) => info !== null);
  return ready.find(({ name }) => name === 'sp500') ?? ready[0];
}
