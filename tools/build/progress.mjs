// Steps on the terminal: a line that counts the seconds while a step runs, and says how it ended.
import process from 'node:process';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Colours where the stream is a terminal that wants them, nothing elsewhere. */
export function colours(stream) {
  const isOn = stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const paint = (code) => (text) => (isOn ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), yellow: paint(33), cyan: paint(36) };
}

export function seconds(milliseconds) {
  return milliseconds < 60_000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}

/** Shows `title` while `work` runs. Where the stream is no terminal, one line when it has ended. */
export async function step(title, work, stream = process.stderr) {
  const paint = colours(stream);
  const startedAt = Date.now();
  let frame = 0;
  const draw = () => {
    const elapsed = paint.dim(seconds(Date.now() - startedAt));
    stream.write(`\r\u001b[2K  ${paint.cyan(frames[frame++ % frames.length])} ${title} ${elapsed}`);
  };
  const timer = stream.isTTY ? setInterval(draw, 100) : null;
  const end = (mark) => {
    if (timer) clearInterval(timer);
    const line = `  ${mark} ${title} ${paint.dim(seconds(Date.now() - startedAt))}\n`;
    stream.write(stream.isTTY ? `\r\u001b[2K${line}` : line);
  };
  try {
    const result = await work();
    end(paint.green('✓'));
    return result;
  } catch (error) {
    end(paint.red('✗'));
    throw error;
  }
}
