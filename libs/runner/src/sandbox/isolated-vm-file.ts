import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { platform } from 'node:os';
import process from 'node:process';

/** The isolate library prebuilt for this machine. Its own loader would find it too, but not under the permission model. */
export function isolatedVmFile(): string {
  const libc = platform() !== 'linux' ? '' : existsSync('/etc/alpine-release') ? '.musl' : '.glibc';
  const name = `isolated-vm.abi${process.versions.modules}${libc}.node`;
  return createRequire(import.meta.url).resolve(`isolated-vm/prebuilds/${platform()}-${process.arch}/${name}`);
}
