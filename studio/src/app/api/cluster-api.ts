import { Injectable } from '@angular/core';
import { Cluster, ClusterSlice, DeadLetter } from '@quarry/contracts';
import type { ScalingRange, SetShare } from '@quarry/contracts';
import { get, list, request, send } from './request';

/** Quarry's HTTP interface as far as it is about the cluster. */
@Injectable({ providedIn: 'root' })
export class ClusterApi {
  cluster(): Promise<Cluster> {
    return get('/api/cluster', Cluster);
  }

  slices(): Promise<ClusterSlice[]> {
    return list('/api/cluster/slices?limit=50', ClusterSlice);
  }

  deadLetters(): Promise<DeadLetter[]> {
    return list('/api/cluster/dead-letters', DeadLetter);
  }

  pause(paused: boolean): Promise<Cluster> {
    return send('PUT', '/api/cluster/pause', { paused }, Cluster);
  }

  setBounds(range: ScalingRange): Promise<Cluster> {
    return send('PUT', '/api/cluster/scaling', range, Cluster);
  }

  drain(workerId: string, draining: boolean): Promise<Cluster> {
    return send('PUT', `/api/cluster/workers/${workerId}/draining`, { draining }, Cluster);
  }

  setShare(teamId: string, share: SetShare): Promise<Cluster> {
    return send('PUT', `/api/cluster/shares/${teamId}`, share, Cluster);
  }

  async retry(runId: string): Promise<void> {
    await request('POST', `/api/cluster/dead-letters/${runId}/retry`);
  }
}
