// Brings the engine's rolled-up types (made by the runner's build) into this folder: the Angular builder serves
// only assets from within its own workspace.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';

const rolledUp = new URL('../libs/engine/dist/engine.d.ts', import.meta.url);
const folder = new URL('.engine-types/', import.meta.url);

mkdirSync(folder, { recursive: true });
if (existsSync(rolledUp)) copyFileSync(rolledUp, new URL('engine.d.ts', folder));
else
  console.warn('libs/engine/dist/engine.d.ts is missing: the editor will not know the engine. Build the runner first.');
