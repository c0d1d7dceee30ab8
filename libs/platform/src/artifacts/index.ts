export { ArtifactStore, type ByteRange } from './artifact-store.js';
