import { join } from 'node:path';
import { runCommand } from '../harness/run-command.ts';
import { projectRoot } from '../harness/tools.ts';

/**
 * Builds the extension for the demo, into a folder of its own, so that a demo never changes what
 * tests run on. Answers the folder.
 *
 * It is the production build; only that it carries client ids, as a company's own build would, so
 * that the first act of a newcomer is to link an account and not to register a client. With `null`
 * it carries what the environment says, or none, and the person enters their own.
 */
export async function buildDemo(
  clients: { readonly gmail: string; readonly outlook: string } | null,
): Promise<string> {
  const { exitCode, output } = await runCommand({
    command: ['wxt', 'build', '--mode', 'demo'],
    limitMs: 180_000,
    env:
      clients === null
        ? {}
        : { WXT_GMAIL_CLIENT_ID: clients.gmail, WXT_OUTLOOK_CLIENT_ID: clients.outlook },
  });
  if (exitCode !== 0) throw new Error(`the extension could not be built:\n${output.trim()}`);
  return join(projectRoot, '.output/chrome-mv3-demo');
}
