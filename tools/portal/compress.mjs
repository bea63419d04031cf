import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = /\.(js|css|svg)$/;
const BYTES_MIN = 1_024;

const brotlied = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Beside each file that gains by it: name.br and name.gz. */
export async function compressFiles(directory) {
  const names = readdirSync(directory).filter((name) => COMPRESSIBLE.test(name));
  await Promise.all(names.map((name) => compress(join(directory, name))));
}

async function compress(file) {
  const bytes = readFileSync(file);
  if (bytes.length < BYTES_MIN) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  const [br, gz] = await Promise.all([brotlied(bytes, { params }), gzipped(bytes, { level: 9 })]);
  writeFileSync(`${file}.br`, br);
  writeFileSync(`${file}.gz`, gz);
}
