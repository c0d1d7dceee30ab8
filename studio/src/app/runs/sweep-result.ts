import { Component, computed, input } from '@angular/core';
import {
  dressed,
  figure,
  heatmapOptions,
  luckInWords,
  paramsText,
  searchInWords,
  trialGrid,
  type SweepReport,
} from '@quarry/contracts';
import { Cautions } from '../report/cautions';
import { WordTable } from '../report/word-table';
import { Chart } from '../ui/chart';

const mostShown = 50;

/** A finished sweep: the surface of its objective, what luck explains of the best, and the best trials. */
@Component({
  selector: 'q-sweep-result',
  imports: [Cautions, Chart, WordTable],
  templateUrl: './sweep-result.html',
  styleUrl: './result.scss',
})
export class SweepResult {
  readonly report = input.required<SweepReport>();

  protected readonly heatmap = computed(() => {
    const { surface, trials, search } = this.report();
    const grid = surface?.heatmaps[0] ?? trialGrid(trials);
    return grid && dressed(heatmapOptions(grid, search.direction));
  });
  protected readonly luck = computed(() => luckInWords(this.report()));
  protected readonly search = computed(() => searchInWords(this.report()));
  private readonly isOfSharpe = computed(() => this.report().objective.id === 'sharpe');
  protected readonly best = computed(() => {
    const { ranking, trials } = this.report();
    const byIndex = new Map(trials.map((trial) => [trial.index, trial]));
    return ranking.slice(0, mostShown).flatMap((index, rank) => {
      const trial = byIndex.get(index);
      if (!trial) return [];
      const { params, value, sharpe, totalReturn, maxDrawdown, trades } = trial;
      const cells = [
        ...(this.isOfSharpe() ? [] : [figure(value, 'ratio')]),
        figure(sharpe, 'ratio'),
        figure(totalReturn, 'fraction'),
        figure(maxDrawdown, 'fraction'),
        figure(trades, 'count'),
      ];
      return [{ rank: rank + 1, params: paramsText(params), cells }];
    });
  });
  protected readonly failed = computed(() =>
    this.report().trials.flatMap(({ index, params, failure }) =>
      failure ? [{ index, params: paramsText(params), words: failure.message }] : [],
    ),
  );
  protected readonly titles = computed(() => [
    ...(this.isOfSharpe() ? [] : [this.report().objective.label]),
    'Sharpe ratio',
    'Total return',
    'Max drawdown',
    'Trades',
  ]);
}
