import { CronExpressionParser } from 'cron-parser';

/** When something is to be done again and again: five cron fields, read in a time zone. */
export interface Times {
  readonly cron: string;
  /** By its IANA name. */
  readonly timeZone: string;
}

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
  /** Times before it that it stands for. */
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
    [tick, passedOver] = [next, passedOver + 1];
    next = following.next().toDate();
  }
  return { tick, next, passedOver };
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
    return CronExpressionParser.parse(fields.join(' '), { tz: timeZone, currentDate });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RangeError(`"${cron}" is no time that cron knows: ${why}. Write one like 30 6 * * MON-FRI.`);
  }
}

function assertZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new RangeError(`"${timeZone}" is no time zone. Name one as IANA does, like Europe/Berlin or UTC.`);
  }
}
