import { Injectable } from '@angular/core';
import { Schedule, type AddSchedule } from '@quarry/contracts';
import { list, request, send } from './request';

/** Quarry's HTTP interface as far as it is about runs that are made again and again. */
@Injectable({ providedIn: 'root' })
export class ScheduleApi {
  schedules(): Promise<Schedule[]> {
    return list('/api/schedules', Schedule);
  }

  add(schedule: AddSchedule): Promise<Schedule> {
    return send('POST', '/api/schedules', schedule, Schedule);
  }

  enable(id: string, enabled: boolean): Promise<Schedule> {
    return send('PATCH', `/api/schedules/${id}`, { enabled }, Schedule);
  }

  async remove(id: string): Promise<void> {
    await request('DELETE', `/api/schedules/${id}`);
  }
}
