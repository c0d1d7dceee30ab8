import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What this worker counts, for /metrics. */
export class WorkerMetrics {
  readonly registry = new Registry();
  readonly busyLanes = new Gauge({
    name: 'quarry_lanes_busy',
    help: 'Lanes that are on a slice now',
    registers: [this.registry],
  });
  readonly lanes = new Gauge({ name: 'quarry_lanes', help: 'Lanes of this worker', registers: [this.registry] });
  readonly ended = new Counter({
    name: 'quarry_attempts_ended_total',
    help: 'Attempts by how they ended: succeeded, failed, ended (heard late), lost, handed-back, disk-full, given-up',
    labelNames: ['kind', 'ending'] as const,
    registers: [this.registry],
  });
  readonly refusedWrites = new Counter({
    name: 'quarry_refused_writes_total',
    help: 'Writes that came with a fencing token that held no longer',
    registers: [this.registry],
  });
  readonly idleDispatches = new Counter({
    name: 'quarry_idle_dispatches_total',
    help: 'Dispatches whose slice had been taken or had ended',
    registers: [this.registry],
  });
  readonly seconds = new Histogram({
    name: 'quarry_attempt_seconds',
    help: 'How long attempts took',
    labelNames: ['kind'] as const,
    buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300],
    registers: [this.registry],
  });
}
