import type { Cluster } from '@quarry/contracts';

type Labels = Readonly<Record<string, string>>;
type Value = readonly [labels: Labels, value: number];

/** The cluster's numbers in the Prometheus text format, so that KEDA or any autoscaler can follow what ours does. */
export function clusterMetrics({ queues, workers, scaling, paused }: Cluster): string {
  const live = workers.filter(({ state }) => state !== 'lost');
  const taking = live.filter(({ state }) => state === 'taking');
  const lanes = (of: typeof workers): number => of.reduce((sum, worker) => sum + worker.lanes, 0);
  const byKind = (valueOf: (queue: Cluster['queues'][number]) => number): Value[] =>
    queues.map((queue) => [{ kind: queue.kind }, valueOf(queue)]);
  return [
    gauge(
      'quarry_slices_waiting',
      'Slices that wait, handed to the queue or not',
      byKind((queue) => queue.waiting + queue.dispatched),
    ),
    gauge(
      'quarry_slices_running',
      'Slices that lanes are on',
      byKind((queue) => queue.running),
    ),
    gauge(
      'quarry_oldest_wait_seconds',
      'Age of the oldest slice that waits',
      byKind((queue) => queue.oldestSeconds ?? 0),
    ),
    gauge(
      'quarry_wait_seconds',
      'How long slices of the last 15 minutes waited until a lane took them',
      queues.flatMap(({ kind, waitSeconds: waits }): Value[] =>
        waits === null
          ? []
          : [
              [{ kind, quantile: '0.5' }, waits.p50],
              [{ kind, quantile: '0.95' }, waits.p95],
              [{ kind, quantile: '0.99' }, waits.p99],
            ],
      ),
    ),
    gauge('quarry_cluster_workers', 'Workers by state', countByState(workers)),
    gauge('quarry_cluster_lanes', 'Lanes of workers that take slices', [[{}, lanes(taking)]]),
    gauge('quarry_cluster_lanes_busy', 'Lanes that are on a slice', [
      [{}, live.reduce((sum, { busy }) => sum + busy, 0)],
    ]),
    gauge('quarry_workers_wanted', 'Workers that the scaling policy asks for', [[{}, scaling.wanted]]),
    gauge('quarry_queue_paused', '1 while the queue is paused', [[{}, paused ? 1 : 0]]),
  ].join('');
}

function countByState(workers: Cluster['workers']): Value[] {
  return (['taking', 'refusing', 'draining', 'lost'] as const).map((state) => [
    { state },
    workers.filter((worker) => worker.state === state).length,
  ]);
}

function gauge(name: string, help: string, values: readonly Value[]): string {
  const lines = values.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}
