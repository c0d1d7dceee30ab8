import { CronExpressionParser, type CronFieldCollection } from 'cron-parser';

/** When something is to be done again and again: five cron fields, read in a time zone. */
export interface Times {
  readonly cron: string;
  /** By its IANA name. */
  readonly timeZone: string;
}

/** So many that were missed are counted one by one: whoever was away for years is not to be counted for hours. */
const mostCounted = 1_000;
const longestMonths: Readonly<Record<number, number>> = { 2: 29, 4: 30, 6: 30, 9: 30, 11: 30 };

/** Times this long past are made up for one by one; for older ones the next that is not, or the last, stands. */
const madeUpForMs = 2 * 60 * 60 * 1_000;

/** The first time after a moment. @throws RangeError in a sentence where the fields or the zone are none */
export function tickAfter(times: Times, moment: Date): Date {
  return ticks(times, moment).next().toDate();
}

/** A time that is due. */
export interface Due {
  readonly tick: Date;
  /** The time that comes after it, due already or not. */
  readonly next: Date;
  /** Times before it that it stands for; at least so many, where they are very many. */
  readonly passedOver: number;
}

/** The time to be served now where `waiting` is the earliest that was not; null where it is still to come. */
export function dueTick(times: Times, waiting: Date, now: Date): Due | null {
  if (waiting > now) return null;
  const oldest = new Date(now.getTime() - madeUpForMs);
  let [tick, passedOver] = [waiting, 0];
  const following = ticks(times, waiting);
  let next = following.next().toDate();
  while (tick < oldest && next <= now) {
    if (passedOver === mostCounted) {
      tick = lastOrMadeUp(times, oldest, now);
      return { tick, next: tickAfter(times, tick), passedOver };
    }
    [tick, passedOver] = [next, passedOver + 1];
    next = following.next().toDate();
  }
  return { tick, next, passedOver };
}

/** The first time that is made up for, or the last before now where none is. */
function lastOrMadeUp(times: Times, oldest: Date, now: Date): Date {
  const first = tickAfter(times, new Date(oldest.getTime() - 1));
  return first <= now
    ? first
    : ticks(times, new Date(now.getTime() + 1))
        .prev()
        .toDate();
}

function ticks({ cron, timeZone }: Times, currentDate: Date): ReturnType<typeof CronExpressionParser.parse> {
  assertZone(timeZone);
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) {
    throw new RangeError(
      `"${cron}" has ${fields.length} cron fields. Write five: minute, hour, day of the month, month and day of the week, like 30 6 * * MON-FRI.`,
    );
  }
  try {
    // An H stands for a minute or hour that cron-parser chooses: by the fields, so that it chooses the same each time.
    const times = CronExpressionParser.parse(fields.join(' '), { tz: timeZone, currentDate, hashSeed: cron });
    assertComes(times.fields);
    return times;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RangeError(`"${cron}" is no time that cron knows: ${why}. Write one like 30 6 * * MON-FRI.`);
  }
}

/** The 31st of April would be looked for in vain, and for long. */
function assertComes({ dayOfMonth, month, dayOfWeek }: CronFieldCollection): void {
  const longest = Math.max(...month.values.map((one) => longestMonths[one] ?? 31));
  if (!dayOfWeek.isWildcard || !dayOfMonth.values.every((day) => Number(day) > longest)) return;
  throw new Error('no such day comes');
}

function assertZone(timeZone: string): void {
  try {
    // An offset is a zone to Intl, but to no table of zones.
    if (/^[+-]/.test(timeZone)) throw new RangeError(timeZone);
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new RangeError(`"${timeZone}" is no time zone. Name one as IANA does, like Europe/Berlin or UTC.`);
  }
}
