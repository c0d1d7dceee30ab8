import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { Health } from '@quarry/contracts';
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
  text(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
