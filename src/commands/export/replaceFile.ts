import { randomBytes } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm } from 'node:fs/promises';
import { cancelled } from '../../core/errors.ts';
import type { Part } from './format.ts';

/** Bytes; parts are mostly smaller. */
const bufferSize = 256 * 1024;

/**
 * Writes a file part by part under another name beside it, and puts it in its place when it is whole: what fails or is
 * cancelled leaves no half file, and a file that was there stays as it was. A link stays a link.
 * @throws AppError `cancelled`; Node's error, with its `syscall`, where the file could not be written
 */
export async function replaceFile(path: string, parts: AsyncIterable<Part>, signal: AbortSignal): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const draft = `${target}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(draft, 'wx');
    const buffer = Buffer.allocUnsafeSlow(bufferSize);
    try {
      for await (const part of parts) {
        if (signal.aborted) throw cancelled();
        await write(file, part, buffer);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (signal.aborted) throw cancelled();
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** By way of one buffer: else as many are made as there are parts, and stay until they are collected. */
async function write(file: FileHandle, part: Part, buffer: Buffer): Promise<void> {
  if (typeof part !== 'string') return writeBytes(file, part, part.length);
  // A character takes three bytes at most.
  if (part.length * 3 > buffer.length) return file.appendFile(part);
  return writeBytes(file, buffer, buffer.write(part));
}

async function writeBytes(file: FileHandle, bytes: Uint8Array, length: number): Promise<void> {
  for (let written = 0; written < length; ) {
    written += (await file.write(bytes, written, length - written)).bytesWritten;
  }
}
