import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own lines, in our log. What it says while starting is of interest only when asked for. */
export function nestLog(log: Logger): LoggerService {
  const text = (message: unknown): string =>
    message instanceof Error ? (message.stack ?? message.message) : String(message);
  return {
    log: (message: unknown) => {
      log.debug(text(message));
    },
    debug: (message: unknown) => {
      log.debug(text(message));
    },
    verbose: (message: unknown) => {
      log.trace(text(message));
    },
    warn: (message: unknown) => {
      log.warn(text(message));
    },
    error: (message: unknown) => {
      log.error(text(message));
    },
    fatal: (message: unknown) => {
      log.fatal(text(message));
    },
  };
}
