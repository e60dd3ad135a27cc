import type { ServiceProvider } from '../core/provider/provider.ts';
import { entra } from './entra/index.ts';
import { powerbi } from './powerbi/index.ts';
import { uipath } from './uipath/index.ts';

/** All providers of our own, in the order in which they are offered. A new one is a folder, and a line here and in `decoders.ts`. */
export const providers: readonly ServiceProvider[] = [powerbi, uipath, entra];
