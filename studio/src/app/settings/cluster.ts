import { Component, DestroyRef, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { clusterChart, fixed, waitingInWords } from '@quarry/contracts';
import type { ClusterSlice, ClusterWorker, TeamShare } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { ClusterApi } from '../api/cluster-api';
import { Chart } from '../ui/chart';
import { bytes } from '../ui/format';

const everyMs = 2_000;

/** The cluster as it is now: what waits and why, who works on it, whose turn it is; and what steers it. */
@Component({
  selector: 'q-cluster',
  imports: [Chart, MatButton, MatFormField, MatInput],
  templateUrl: './cluster.html',
  styleUrls: ['./section.scss', './cluster.scss'],
})
export class ClusterPage {
  private readonly api = inject(ClusterApi);
  protected readonly cluster = resource({ loader: () => this.api.cluster() });
  protected readonly slices = resource({ loader: () => this.api.slices() });
  protected readonly deadLetters = resource({ loader: () => this.api.deadLetters() });
  protected readonly chart = computed(() => clusterChart(this.cluster.value()?.history ?? []));
  protected readonly change = new Attempt();
  protected readonly bytes = bytes;

  constructor() {
    const timer = setInterval(() => this.reload(), everyMs);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected pause(paused: boolean): Promise<void> {
    return this.try(async () => this.cluster.set(await this.api.pause(paused)));
  }

  protected setBounds(event: Event, min: number, max: number): Promise<void> {
    event.preventDefault();
    return this.try(async () => this.cluster.set(await this.api.setBounds({ min, max })));
  }

  protected drain({ id, state }: ClusterWorker): Promise<void> {
    return this.try(async () => this.cluster.set(await this.api.drain(id, state !== 'draining')));
  }

  protected setWeight({ teamId, concurrentSlices }: TeamShare, weight: number): Promise<void> {
    return this.try(async () => this.cluster.set(await this.api.setShare(teamId, { weight, concurrentSlices })));
  }

  protected retry(runId: string): Promise<void> {
    return this.try(() => this.api.retry(runId));
  }

  protected seconds(value: number | null | undefined): string {
    if (value === null || value === undefined) return '–';
    return value < 100 ? `${fixed(value, 1)} s` : `${fixed(value / 60, 0)} min`;
  }

  protected whereabouts({ worker, waiting }: ClusterSlice): string {
    return waiting === null ? `on ${worker ?? 'a worker'}` : waitingInWords(waiting);
  }

  private async try(action: () => Promise<unknown>): Promise<void> {
    await this.change.at(action);
    this.reload();
  }

  private reload(): void {
    this.cluster.reload();
    this.slices.reload();
    this.deadLetters.reload();
  }
}
