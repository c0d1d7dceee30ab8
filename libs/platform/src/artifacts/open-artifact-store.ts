import type { ArtifactStore } from './artifact-store.js';
import { FolderArtifactStore } from './folder-store.js';
import { S3ArtifactStore, type S3Place } from './s3-store.js';

export type ArtifactPlace =
  { readonly kind: 'folder'; readonly directory: string } | ({ readonly kind: 's3' } & S3Place);

export function openArtifactStore(place: ArtifactPlace): ArtifactStore {
  return place.kind === 's3' ? new S3ArtifactStore(place) : new FolderArtifactStore(place.directory);
}
