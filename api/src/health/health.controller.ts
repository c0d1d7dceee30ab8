import { Controller, Get, Res } from '@nestjs/common';
import { Health as HealthReport } from '@quarry/contracts';
import type { Response } from 'express';
import { Describe } from '../http/describe.js';
import { Public } from '../http/member.js';
import { Health } from './health.js';

@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @Describe({ summary: 'The process runs', returns: HealthReport })
  live(): HealthReport {
    return { status: 'ok', parts: {} };
  }

  @Get('ready')
  @Describe({ summary: 'Database, queue and artifact store answer; 503 where one does not', returns: HealthReport })
  async ready(@Res({ passthrough: true }) response: Response): Promise<HealthReport> {
    const health = await this.health.ready();
    response.status(health.status === 'ok' ? 200 : 503);
    return health;
  }
}
