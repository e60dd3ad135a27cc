/**
 * npm run screenshots
 *
 * Takes the pictures of the README, docs/tour.md and docs/fitAndFinish.md, docs/images/*.png, from the real workbench
 * with the sample tenants. `npm run screenshots -- views report` takes those of some scenes only.
 */
import { build } from './build.ts';
import { adding } from './screenshots/adding.ts';
import { auditing } from './screenshots/auditing.ts';
import { beside } from './screenshots/beside.ts';
import { withCamera } from './screenshots/camera.ts';
import { changing } from './screenshots/changing.ts';
import { reporting } from './screenshots/reporting.ts';
import { signingIn } from './screenshots/signingIn.ts';
import { views } from './screenshots/views.ts';

const scenes: Readonly<Record<string, () => Promise<void>>> = {
  views: () => withCamera({}, views),
  adding: () => withCamera({}, adding),
  signingIn,
  changing: () => withCamera({}, changing),
  auditing,
  reporting: () => withCamera({}, reporting),
  beside,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(scenes, name));
if (unknown.length > 0) throw new Error(`There are only these scenes: ${Object.keys(scenes).join(', ')}.`);
await build('extension');
for (const [name, scene] of Object.entries(scenes)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  await scene();
  console.log(name);
}
