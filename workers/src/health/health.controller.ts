import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { Health } from '@quarry/contracts';
import { clusterMetrics, clusterPicture } from '@quarry/platform/database';
import { WorkerMetrics } from '../attempt/metrics.js';
import { workerHealth, type WorkerParts } from './worker-health.js';

export const workerParts = Symbol('what the worker stands on');

@Controller()
export class HealthController {
  constructor(
    private readonly metrics: WorkerMetrics,
    @Inject(workerParts) private readonly parts: WorkerParts,
  ) {}

  @Get('health')
  health(): Promise<Health> {
    return workerHealth(this.parts);
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async text(): Promise<string> {
    // The worker's own are told while the database is away.
    const cluster = await this.parts.database.asRelay(clusterPicture).then(clusterMetrics, () => '');
    return `${await this.metrics.registry.metrics()}\n${cluster}`;
  }
}
