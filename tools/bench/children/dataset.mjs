// Makes the workloads' minute bars into a dataset, in a process of its own: its memory is not that of a workload.
import { join } from 'node:path';
import { ingestFile } from '../../../libs/runner/dist/index.js';
import { writeMinutes } from '../write-minutes.mjs';
import { serve } from './ask.mjs';

serve(async ({ folder, length }) => {
  const file = join(folder, 'bench.csv');
  await writeMinutes(file, length);
  return ingestFile(file, { name: 'bench' }, join(folder, 'bench'));
});
