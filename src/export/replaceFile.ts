import { randomBytes } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm } from 'node:fs/promises';
import { cancelled } from '../core/errors.ts';
import type { Part } from './formats/format.ts';

/** Bytes; parts are mostly smaller. */
const bufferSize = 256 * 1024;

/** Where a file is to be, and where it is while it is written. */
export interface FilePlace {
  readonly target: string;
  readonly draft: string;
}

/** The draft lies beside the file itself; a link stays a link. */
export async function placeOf(path: string): Promise<FilePlace> {
  const target = await realpath(path).catch(() => path);
  return { target, draft: `${target}.${randomBytes(6).toString('hex')}.part` };
}

/** What is left of a file that was not finished. */
export async function removeDraft({ draft }: FilePlace): Promise<void> {
  await rm(draft, { force: true }).catch(() => undefined);
}

/**
 * Writes a file part by part under another name beside it, and puts it in its place when it is whole: what fails or is
 * cancelled leaves no half file, and a file that was there stays as it was.
 * @throws AppError `cancelled`; Node's error, with its `syscall`, where the file could not be written
 */
export async function replaceFile(
  path: string | FilePlace,
  parts: AsyncIterable<Part>,
  signal: AbortSignal,
): Promise<void> {
  const place = typeof path === 'string' ? await placeOf(path) : path;
  try {
    const file = await open(place.draft, 'wx');
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
    await rename(place.draft, place.target);
  } catch (error) {
    await removeDraft(place);
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
