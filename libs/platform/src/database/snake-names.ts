import { DefaultNamingStrategy } from 'typeorm';

/** Columns are named as SQL is read: `createdAt` is `created_at`. */
export class SnakeNames extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
