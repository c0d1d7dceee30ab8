import { Injectable, computed, inject, signal } from '@angular/core';
import type { Strategy, StrategySource, StrategyVersion } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import { runEnd } from '../api/run-end';
import { drafts, sameFiles } from './drafts';
import type { Files } from './drafts';
import { SessionStore } from './session-store';

/** The strategy on the desk: its versions, the code being edited, and the old version being looked at, if any. */
@Injectable({ providedIn: 'root' })
export class StrategyDesk {
  private readonly api = inject(QuarryApi);

  readonly strategies = signal<readonly Strategy[] | null>(null);
  readonly strategyId = signal<string | null>(null);
  /** Newest first. */
  readonly versions = signal<readonly StrategyVersion[]>([]);
  /** The code as edited, saved or not. */
  readonly files = signal<Files>({});
  readonly saving = signal(false);
  private readonly latestHash = signal<string | null>(null);
  private readonly viewedHash = signal<string | null>(null);

  readonly strategy = computed(() => this.strategies()?.find(({ id }) => id === this.strategyId()) ?? null);
  /** What edits start from: the version saved last, which may be an old text saved again. */
  readonly latest = computed(() => this.versions().find(({ hash }) => hash === this.latestHash()) ?? null);
  /** An older version, open for reading; null while the code itself is edited. */
  readonly viewed = computed(() => this.versions().find(({ hash }) => hash === this.viewedHash()) ?? null);
  readonly shown = computed(() => this.viewed() ?? this.latest());
  readonly shownFiles = computed(() => this.viewed()?.source.files ?? this.files());
  readonly dirty = computed(() => {
    const latest = this.latest();
    return latest !== null && !sameFiles(this.files(), latest.source.files);
  });

  constructor() {
    inject(SessionStore).whenForgotten(() => this.clear());
  }

  async load(): Promise<void> {
    this.strategies.set(await this.api.strategies());
  }

  async open(strategyId: string): Promise<void> {
    this.strategyId.set(strategyId);
    this.viewedHash.set(null);
    this.versions.set([]);
    const [strategy, versions] = await Promise.all([this.api.strategy(strategyId), this.api.versions(strategyId)]);
    if (this.strategyId() !== strategyId) return;

    this.versions.set(versions.toSorted((a, b) => b.number - a.number));
    this.latestHash.set(strategy.latestVersion);
    this.files.set(drafts.read(strategyId) ?? this.latest()?.source.files ?? {});
    const latest = this.latest();
    if (latest && !latest.check) void this.awaitCheck(latest);
  }

  /** Leaves nothing for the next person at this browser. */
  clear(): void {
    this.strategies.set(null);
    this.strategyId.set(null);
    this.versions.set([]);
    this.files.set({});
    this.latestHash.set(null);
    this.viewedHash.set(null);
  }

  async create(name: string, source: StrategySource): Promise<Strategy> {
    const strategy = await this.api.createStrategy(name, source);
    await this.load();
    return strategy;
  }

  edit(path: string, text: string): void {
    this.files.update((files) => ({ ...files, [path]: text }));
    this.keepDraft();
  }

  revert(): void {
    this.files.set(this.latest()?.source.files ?? {});
    this.keepDraft();
  }

  /** Opens an older version for reading; the newest, or none, leads back to the edited code. */
  view(hash: string | null): void {
    this.viewedHash.set(hash === this.latest()?.hash && !this.dirty() ? null : hash);
  }

  /** Takes the code of the version being looked at into the editor; saving makes it the newest version. */
  restore(): void {
    const viewed = this.viewed();
    if (!viewed) return;
    this.files.set(viewed.source.files);
    this.viewedHash.set(null);
    this.keepDraft();
  }

  /** Saves what is edited as a new version, if anything is; its check run has started but not ended. */
  async save(): Promise<StrategyVersion | null> {
    const latest = this.latest();
    const strategyId = this.strategyId();
    if (!latest || !strategyId || !this.dirty()) return latest;

    this.saving.set(true);
    try {
      const files = this.files();
      const version = await this.api.saveVersion(strategyId, { entry: latest.source.entry, files });
      void this.load();
      if (this.strategyId() === strategyId) this.take(version);
      else drafts.dropSaved(strategyId, files);
      return version;
    } finally {
      this.saving.set(false);
    }
  }

  /** The version once its check run has ended. */
  async awaitCheck(version: StrategyVersion): Promise<StrategyVersion> {
    if (version.check) return version;
    await runEnd(version.checkRunId);
    const checked = await this.api.version(version.strategyId, version.hash);
    if (this.strategyId() === version.strategyId) this.put(checked);
    return checked;
  }

  private take(version: StrategyVersion): void {
    this.put(version);
    this.latestHash.set(version.hash);
    this.keepDraft();
  }

  private put(version: StrategyVersion): void {
    this.versions.update((versions) =>
      [version, ...versions.filter(({ hash }) => hash !== version.hash)].toSorted((a, b) => b.number - a.number),
    );
  }

  private keepDraft(): void {
    const strategyId = this.strategyId();
    if (!strategyId) return;
    if (this.dirty()) drafts.write(strategyId, this.files());
    else drafts.drop(strategyId);
  }
}
