import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { AddSchedule, ChangeSchedule, Schedule } from '@quarry/contracts';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { CurrentMember, type Member } from '../http/member.js';
import { Schedules } from './schedules.js';

const id = { schema: z.uuid() };

@Controller('api/schedules')
export class SchedulesController {
  constructor(private readonly schedules: Schedules) {}

  @Get()
  @Describe({ summary: 'Runs of your team that are made again and again', returns: z.array(Schedule) })
  list(@CurrentMember() member: Member): Promise<Schedule[]> {
    return this.schedules.list(member);
  }

  @Post()
  @Describe({
    summary: 'Have a run made again at times that cron fields name, over what its dataset then is',
    status: 201,
    body: AddSchedule,
    returns: Schedule,
  })
  add(@CurrentMember() member: Member, @Body({ schema: AddSchedule }) schedule: AddSchedule): Promise<Schedule> {
    return this.schedules.add(member, schedule);
  }

  @Patch(':id')
  @Describe({ summary: 'Pause a schedule, or have it go on', body: ChangeSchedule, returns: Schedule })
  change(
    @CurrentMember() member: Member,
    @Param('id', id) scheduleId: string,
    @Body({ schema: ChangeSchedule }) change: ChangeSchedule,
  ): Promise<Schedule> {
    return this.schedules.change(member, scheduleId, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({ summary: 'Remove a schedule; its runs stay', status: 204 })
  remove(@CurrentMember() member: Member, @Param('id', id) scheduleId: string): Promise<void> {
    return this.schedules.remove(member, scheduleId);
  }
}
