import type { Decode } from '../core/provider/provider.ts';
import { decode as entra } from './entra/decode.ts';
import { decode as powerbi } from './powerbi/decode.ts';
import { decode as uipath } from './uipath/decode.ts';

/** By provider id. Apart from `index.ts`, because only the worker needs the decoders and the schemas they bring. */
export const decoders: Readonly<Record<string, Decode>> = { entra, powerbi, uipath };
