import { crc32, inflateRawSync } from 'node:zlib';

/** The files of a ZIP archive by path, by its central directory; sizes and checksums must be right. @throws where not */
export function readZip(archive: Uint8Array): ReadonlyMap<string, string> {
  const bytes = Buffer.from(archive);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('This is no ZIP archive.');
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`No entry at ${at}.`);
    const [method, checksum] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16)];
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [number, number, number];
    const [nameLength] = lengths;
    const path = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + packed);
    const plain = method === 8 ? inflateRawSync(content) : content;
    if (plain.length !== size || crc32(plain) !== checksum) throw new Error(`${path} is not what the directory says.`);
    if (files.has(path)) throw new Error(`${path} is there twice.`);
    files.set(path, new TextDecoder('utf-8', { fatal: true }).decode(plain));
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return files;
}
