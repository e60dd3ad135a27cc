import { packageExtension } from '../support/packageExtension.ts';
import { browse } from './browse.ts';

browse('from the development folder', async () => ({}));
browse('from the package', async () => ({ vsix: (await packageExtension()).vsix }));
