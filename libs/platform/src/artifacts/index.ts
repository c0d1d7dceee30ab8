export { ArtifactStore, type ByteRange } from './artifact-store.js';
export { isDiskFull } from './is-disk-full.js';
export { type ArtifactPlace, openArtifactStore } from './open-artifact-store.js';
