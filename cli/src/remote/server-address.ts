import { UsageError } from '../usage-error.js';

interface ServerAddress {
  /** Without a slash at its end. */
  readonly address: string;
  /** Whether what is sent there can be read on the way. */
  readonly isInTheClear: boolean;
}

/** @throws UsageError where the text is no address of a web server */
export function serverAddress(text: string): ServerAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`"${text}" is no address of a server. Write it like https://quarry.example.org.`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new UsageError(`"${url.origin}" comes with more than an address: leave out user, password, ? and #.`);
  }
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return {
    address: url.origin + url.pathname.replace(/\/+$/, ''),
    isInTheClear: url.protocol === 'http:' && !isHere,
  };
}
