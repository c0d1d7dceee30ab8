const size = 64;
const patienceMs = 2_000;

/** Gathers what is told of in events that are kept: so many at once, or after so long. */
export class Chunks<Item> {
  private items: Item[] = [];
  private takenAt = performance.now();

  add(item: Item): void {
    this.items.push(item);
  }

  /** What was gathered, where it is time to tell it or nothing more will come; else nothing. */
  take(isLast: boolean): Item[] {
    const isTime = this.items.length >= size || performance.now() - this.takenAt > patienceMs;
    if (this.items.length === 0 || !(isLast || isTime)) return [];
    const taken = this.items;
    this.items = [];
    this.takenAt = performance.now();
    return taken;
  }
}
