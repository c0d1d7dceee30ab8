export { ArtifactStore, type ByteRange } from './artifact-store.js';
export { type ArtifactPlace, openArtifactStore } from './open-artifact-store.js';
