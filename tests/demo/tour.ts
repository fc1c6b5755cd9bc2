import { relative } from 'node:path';
import { openVirtualDisplay } from '../harness/display.ts';
import { missing, projectRoot } from '../harness/tools.ts';
import { beginAlbum } from './album.ts';
import { openDemoStage } from './demo-stage.ts';
import { takeTour } from './tour-steps.ts';
import { troubleText } from './trouble-text.ts';

/**
 * `npm run tour`, and what `npm start` does on a machine without a screen: the steps of the demo,
 * run by themselves, with a line and a picture for each. Answers the exit code.
 */
export async function runTour(): Promise<0 | 1> {
  console.log('Postern’s tour: everything in it runs on this machine. Building …');
  const noMenu = missing('xvfb', 'xdotool');
  if (noMenu !== null) console.log(`(${noMenu}: the context menu is left out.)`);
  try {
    const display = noMenu === null ? await openVirtualDisplay() : null;
    const stage = await openDemoStage({
      forPeople: true,
      ...(display && { display: display.name }),
    });
    const end = (): void => void stage.close().finally(() => process.exit(130));
    process.once('SIGINT', end).once('SIGTERM', end);
    const album = beginAlbum((line) => console.log(line));
    try {
      await takeTour({ stage, display, album });
    } finally {
      await stage.close();
      await display?.close();
    }
    console.log(`Done. The pictures are in ${relative(projectRoot, album.dir)}/.`);
    return 0;
  } catch (error) {
    console.error(troubleText(error));
    return 1;
  }
}

if (import.meta.main) process.exit(await runTour());
