import { decoders } from '../providers/decoders.ts';
import { serve } from './serve.ts';

serve(decoders);
