import { DataSource } from 'typeorm';

/** What whoever runs Quarry does to its database, at the machine: by a connection of the owner, closed afterwards. */
export async function asOwner<T>(ownerUrl: string, work: (owner: DataSource) => Promise<T>): Promise<T> {
  const owner = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    applicationName: 'quarry-owner',
    installExtensions: false,
  });
  await owner.initialize();
  try {
    return await work(owner);
  } finally {
    await owner.destroy();
  }
}
