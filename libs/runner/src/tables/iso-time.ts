const day = 86_400_000_000;
const minute = 60_000_000;

/**
 * Makes a writer of ISO 8601 times from microseconds, UTC; empty where the time is NaN. It keeps the last day's date, since neighbouring
 * bars mostly share it.
 */
export function isoTimes(): (time: number) => string {
  let lastDay = NaN;
  let date = '';
  return (time) => {
    if (!Number.isFinite(time)) return '';
    const dayStart = Math.floor(time / day) * day;
    if (dayStart !== lastDay) {
      lastDay = dayStart;
      date = new Date(dayStart / 1000).toISOString().slice(0, -13);
    }
    const within = time - dayStart;
    const minutes = Math.floor(within / minute);
    const rest = within - minutes * minute;
    return `${date}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${seconds(rest)}Z`;
  };
}

function two(n: number): string {
  return n < 10 ? `0${n}` : `${n}`;
}

function seconds(micros: number): string {
  if (micros === 0) return '00';
  const whole = Math.floor(micros / 1_000_000);
  const fraction = micros - whole * 1_000_000;
  return fraction === 0 ? two(whole) : `${two(whole)}.${String(fraction).padStart(6, '0')}`;
}
