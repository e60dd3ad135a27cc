/**
 * npm start [-- --no-sample]
 *
 * Builds the extension and serves a fresh VS Code with it on this machine until Ctrl+C.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { makeTemporaryFolder, removeFolder } from './folders.ts';
import { installDevelopmentFolder, installOpener } from './installExtension.ts';
import { startVsCode, type VsCodeServer, workbenchUrl } from './vscodeServer.ts';

const { values } = parseArgs({ options: { 'no-sample': { type: 'boolean', default: false } } });

const dataDir = makeTemporaryFolder();
let server: VsCodeServer | undefined;
process.once('exit', () => removeFolder(dataDir));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void end(0));
}

await build('extension');
const extensionsDir = join(dataDir, 'extensions');
installDevelopmentFolder(extensionsDir);
installOpener(extensionsDir, !values['no-sample']);
server = await startVsCode({ dataDir, extensionsDir, connectionToken: randomBytes(16).toString('hex') });
console.log(`\nOpen ${workbenchUrl(server)}\n\nCtrl+C ends it.`);

await server.ended;
console.error(`VS Code's server ended:\n${server.output()}`);
await end(1);

async function end(exitCode: number): Promise<void> {
  await server?.stop();
  process.exit(exitCode);
}
