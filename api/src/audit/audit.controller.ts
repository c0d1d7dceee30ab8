import { Controller, Get, Query } from '@nestjs/common';
import { AuditEvent, AuditVerdict } from '@quarry/contracts';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, type Member } from '../http/member.js';
import { AuditLog } from './audit-log.js';

const AuditQuery = z.object({
  before: z.coerce.number().int().min(1).max(2_147_483_647).default(2_147_483_647),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
type AuditQuery = z.infer<typeof AuditQuery>;

@Controller('api/audit')
@AllowedFrom('admin')
@PeopleOnly()
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Describe({ summary: 'The team’s audit log, newest first', query: AuditQuery, returns: z.array(AuditEvent) })
  list(@CurrentMember() member: Member, @Query({ schema: AuditQuery }) page: AuditQuery): Promise<AuditEvent[]> {
    return this.log.list(member, page);
  }

  @Get('verdict')
  @Describe({ summary: 'Whether the log’s hash chain holds, from its first event to its last', returns: AuditVerdict })
  verify(@CurrentMember() member: Member): Promise<AuditVerdict> {
    return this.log.verify(member);
  }
}
