// `npm start`: everything Quarry needs on this machine, in one command. Written so that an old Node can say what it lacks.
import process from 'node:process';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  console.error(
    `Quarry needs Node 24.15 or newer; this is ${process.versions.node}. Start it with "npm start", which uses the Node that "npm ci" installed, or install a newer one where npm has none for this system.`,
  );
  process.exit(1);
}
const { main } = await import('./main.mjs');
await main(process.argv.slice(2));
